// Scaled dot-product attention of a sequence with itself.
import { exp } from '../../math.ts';
import type { AttentionKernels } from '../contract/attention.ts';
import { type From, maximum } from './common.ts';

/** A score that no other stands beside: its share is nothing, and it is finite. */
const absent = -1e30;

export const attention = (from: From): AttentionKernels => ({
  attention(contextPtr, weightsPtr, qkvPtr, n, time, heads, size, causal, presentPtr, stride) {
    const [context, weights, qkv] = [from(contextPtr), from(weightsPtr), from(qkvPtr)];
    const present = from(presentPtr);
    const isThere = (row: number, s: number): boolean =>
      presentPtr === 0 || present[(row * time + s) * stride]! !== 0;
    const each = size / heads;
    for (let row = 0; row < n; row++) {
      for (let head = 0; head < heads; head++) {
        for (let t = 0; t < time; t++) {
          const query = (row * time + t) * 3 * size + head * each;
          const at = ((row * heads + head) * time + t) * time;
          const seen = causal ? t + 1 : time;
          for (let s = 0; s < seen; s++) {
            const key = (row * time + s) * 3 * size + size + head * each;
            let dot = 0;
            for (let i = 0; i < each; i++) dot += qkv[query + i]! * qkv[key + i]!;
            weights[at + s] = isThere(row, s) ? dot / Math.sqrt(each) : absent;
          }
          const top = maximum(weights, at, seen);
          let sum = 0;
          for (let s = 0; s < seen; s++) sum += exp(weights[at + s]! - top);
          for (let s = 0; s < time; s++)
            weights[at + s] = s < seen && isThere(row, s) ? exp(weights[at + s]! - top) / sum : 0;
          const to = (row * time + t) * size + head * each;
          for (let i = 0; i < each; i++) {
            let mixed = 0;
            for (let s = 0; s < seen; s++) {
              mixed += weights[at + s]! * qkv[(row * time + s) * 3 * size + 2 * size + head * each + i]!;
            }
            context[to + i] = mixed;
          }
        }
      }
    }
  },

  attentionBackward(dqkvPtr, dcontextPtr, weightsPtr, qkvPtr, scratchPtr, n, time, heads, size) {
    const [dqkv, dcontext, weights] = [from(dqkvPtr), from(dcontextPtr), from(weightsPtr)];
    const [qkv, dWeights] = [from(qkvPtr), from(scratchPtr)];
    const each = size / heads;
    const scale = 1 / Math.sqrt(each);
    for (let row = 0; row < n; row++) {
      for (let head = 0; head < heads; head++) {
        const place = (s: number, part: number): number =>
          (row * time + s) * 3 * size + part * size + head * each;
        for (let t = 0; t < time; t++) {
          const at = ((row * heads + head) * time + t) * time;
          const d = (row * time + t) * size + head * each;
          let sum = 0;
          for (let s = 0; s < time; s++) {
            let dot = 0;
            for (let i = 0; i < each; i++) {
              dot += dcontext[d + i]! * qkv[place(s, 2) + i]!;
              dqkv[place(s, 2) + i]! += weights[at + s]! * dcontext[d + i]!;
            }
            dWeights[s] = dot;
            sum += dot * weights[at + s]!;
          }
          for (let s = 0; s < time; s++) {
            const dScore = weights[at + s]! * (dWeights[s]! - sum) * scale;
            for (let i = 0; i < each; i++) {
              dqkv[place(t, 0) + i]! += dScore * qkv[place(s, 1) + i]!;
              dqkv[place(s, 1) + i]! += dScore * qkv[place(t, 0) + i]!;
            }
          }
        }
      }
    }
  },
});
