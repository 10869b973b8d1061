// Scaled dot-product attention of a sequence with itself: lanes run along the numbers of a head.
import { softmax } from './activations';
import { loadPartial, storePartial, sumLanes } from './lanes';
import { mulAdd } from './tiles';

@inline
function dot(a: usize, b: usize, count: i32): f32 {
  let sum = f32x4.splat(0);
  const end = a + (<usize>(count & ~3) << 2);
  for (; a < end; a += 16, b += 16) sum = mulAdd(sum, v128.load(a), v128.load(b));
  const left = count & 3;
  if (left) sum = mulAdd(sum, loadPartial(a, left), loadPartial(b, left));
  return sumLanes(sum);
}

/** to += factor * from. */
@inline
function addScaled(to: usize, factor: f32, from: usize, count: i32): void {
  const factors = f32x4.splat(factor);
  const end = from + (<usize>(count & ~3) << 2);
  for (; from < end; from += 16, to += 16) v128.store(to, mulAdd(v128.load(to), factors, v128.load(from)));
  const left = count & 3;
  if (left) storePartial(to, mulAdd(loadPartial(to, left), factors, loadPartial(from, left)), left);
}

/** A score that no other stands beside: its share is nothing, and it is finite. */
const absent: f32 = -1e30;

@inline
function isThere(present: usize, stride: i32, s: i32): bool {
  return !present || load<f32>(present + (<usize>(s * stride) << 2)) != 0;
}

/** weights = softmax(q kT / sqrt(each)), context = weights v. */
export function attention(
  context: usize,
  weights: usize,
  qkv: usize,
  n: i32,
  time: i32,
  heads: i32,
  size: i32,
  causal: i32,
  present: usize,
  presentStride: i32,
): void {
  const each = size / heads;
  const eachBytes = <usize>each << 2;
  const sizeBytes = <usize>size << 2;
  const rowBytes = 3 * sizeBytes;
  const timeBytes = <usize>time << 2;
  const root: f32 = sqrt<f32>(<f32>each);
  const presentBytes = present ? <usize>(time * presentStride) << 2 : 0;
  for (; n > 0; n--, qkv += <usize>time * rowBytes, context += <usize>time * sizeBytes, present += presentBytes) {
    for (let head = 0; head < heads; head++) {
      const offset = <usize>head * eachBytes;
      const keys = qkv + sizeBytes + offset;
      const values = keys + sizeBytes;
      for (let t = 0; t < time; t++, weights += timeBytes) {
        const query = qkv + offset + <usize>t * rowBytes;
        const seen = causal ? t + 1 : time;
        for (let s = 0; s < seen; s++) {
          store<f32>(
            weights + (<usize>s << 2),
            isThere(present, presentStride, s) ? dot(query, keys + <usize>s * rowBytes, each) / root : absent,
          );
        }
        softmax(weights, weights, 1, seen);
        if (present) {
          for (let s = 0; s < seen; s++) {
            if (!isThere(present, presentStride, s)) store<f32>(weights + (<usize>s << 2), 0);
          }
        }
        memory.fill(weights + (<usize>seen << 2), 0, <usize>(time - seen) << 2);
        const to = context + offset + <usize>t * sizeBytes;
        memory.fill(to, 0, eachBytes);
        for (let s = 0; s < seen; s++) {
          addScaled(to, load<f32>(weights + (<usize>s << 2)), values + <usize>s * rowBytes, each);
        }
      }
    }
  }
}

/** dqkv += the gradient of `context`. */
export function attentionBackward(
  dqkv: usize,
  dcontext: usize,
  weights: usize,
  qkv: usize,
  scratch: usize,
  n: i32,
  time: i32,
  heads: i32,
  size: i32,
): void {
  const each = size / heads;
  const eachBytes = <usize>each << 2;
  const sizeBytes = <usize>size << 2;
  const rowBytes = 3 * sizeBytes;
  const timeBytes = <usize>time << 2;
  const scale: f32 = <f32>1 / sqrt<f32>(<f32>each);
  for (; n > 0; n--) {
    for (let head = 0; head < heads; head++) {
      const offset = <usize>head * eachBytes;
      for (let t = 0; t < time; t++, weights += timeBytes) {
        const d = dcontext + offset + <usize>t * sizeBytes;
        let sum: f32 = 0;
        for (let s = 0; s < time; s++) {
          const value = offset + 2 * sizeBytes + <usize>s * rowBytes;
          const weight = load<f32>(weights + (<usize>s << 2));
          const slope = dot(d, qkv + value, each);
          store<f32>(scratch + (<usize>s << 2), slope);
          sum += slope * weight;
          addScaled(dqkv + value, weight, d, each);
        }
        const query = offset + <usize>t * rowBytes;
        for (let s = 0; s < time; s++) {
          const key = offset + sizeBytes + <usize>s * rowBytes;
          const weight = load<f32>(weights + (<usize>s << 2));
          const dScore = weight * (load<f32>(scratch + (<usize>s << 2)) - sum) * scale;
          addScaled(dqkv + query, dScore, qkv + key, each);
          addScaled(dqkv + key, dScore, qkv + query, each);
        }
      }
    }
    qkv += <usize>time * rowBytes;
    dqkv += <usize>time * rowBytes;
    dcontext += <usize>time * sizeBytes;
  }
}
