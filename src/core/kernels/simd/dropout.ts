// Dropout's mask: a hash of a counter, four numbers at a time.
import { storePartial } from './lanes';

/** MurmurHash3's finaliser. */
@inline
function mixed(h: v128): v128 {
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 16)), i32x4.splat(0x85ebca6b));
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 13)), i32x4.splat(0xc2b2ae35));
  return v128.xor(h, i32x4.shr_u(h, 16));
}

/** mask = 0 with probability `rate`, else 1 / (1 - rate). */
export function dropoutMask(mask: usize, seed: i32, rate: f32, count: i32): void {
  const kept = f32x4.splat(<f32>1 / (<f32>1 - rate));
  const least = f32x4.splat(rate);
  let counter = i32x4.add(i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(0x9e3779b9)), i32x4.splat(seed));
  const step = i32x4.splat(0x9e3779b9 * 4);
  for (let left = count; left > 0; left -= 4, mask += 16) {
    const word = i32x4.shr_u(mixed(counter), 8);
    const u = f32x4.mul(f32x4.convert_i32x4_s(word), f32x4.splat(<f32>1 / 16777216));
    const value = v128.and(kept, f32x4.ge(u, least));
    if (left >= 4) v128.store(mask, value);
    else storePartial(mask, value, left);
    counter = i32x4.add(counter, step);
  }
}
