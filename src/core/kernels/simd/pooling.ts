// Max pooling, four channels at a time.
import { loadPartial, storePartial } from './lanes';

/** y = the largest of each window; winners = where in its image it stood. */
export function maxPool2d(
  y: usize,
  winners: usize,
  x: usize,
  n: i32,
  height: i32,
  width: i32,
  channels: i32,
  size: i32,
  stride: i32,
): void {
  const outHeight = (height - size) / stride + 1;
  const outWidth = (width - size) / stride + 1;
  const lanes = i32x4(0, 1, 2, 3);
  for (let row = 0; row < n; row++, x += <usize>(height * width * channels) << 2) {
    for (let oy = 0; oy < outHeight; oy++) {
      for (let ox = 0; ox < outWidth; ox++) {
        const corner = (oy * stride * width + ox * stride) * channels;
        for (let channel = 0; channel < channels; channel += 4) {
          const count = min(4, channels - channel);
          const first = corner + channel;
          let best = count == 4 ? v128.load(x + (<usize>first << 2)) : loadPartial(x + (<usize>first << 2), count);
          let winner = i32x4.add(i32x4.splat(first), lanes);
          for (let ky = 0; ky < size; ky++) {
            for (let kx = 0; kx < size; kx++) {
              const at = first + (ky * width + kx) * channels;
              const from = x + (<usize>at << 2);
              const value = count == 4 ? v128.load(from) : loadPartial(from, count);
              const wins = v128.or(f32x4.gt(value, best), f32x4.ne(value, value));
              best = v128.bitselect(value, best, wins);
              winner = v128.bitselect(i32x4.add(i32x4.splat(at), lanes), winner, wins);
            }
          }
          if (count == 4) {
            v128.store(y, best);
            v128.store(winners, winner);
          } else {
            storePartial(y, best, count);
            storePartial(winners, winner, count);
          }
          y += <usize>count << 2;
          winners += <usize>count << 2;
        }
      }
    }
  }
}

/** dx += dy where the winners stood. */
export function maxPool2dBackward(dx: usize, dy: usize, winners: usize, n: i32, image: i32, pooled: i32): void {
  for (let row = 0; row < n; row++, dx += <usize>image << 2) {
    for (let i = 0; i < pooled; i++, dy += 4, winners += 4) {
      const to = dx + (<usize>load<u32>(winners) << 2);
      store<f32>(to, load<f32>(to) + load<f32>(dy));
    }
  }
}
