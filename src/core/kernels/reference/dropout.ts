// Dropout's mask.
import type { DropoutKernels } from '../contract/dropout.ts';
import type { From } from './common.ts';

/** MurmurHash3's finaliser: every bit of the input moves every bit of the output. */
function mixed(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

export const dropout = (from: From): DropoutKernels => ({
  dropoutMask(maskPtr, seed, rate, count) {
    const mask = from(maskPtr);
    const least = Math.fround(rate);
    const kept = Math.fround(1 / Math.fround(1 - least));
    for (let i = 0; i < count; i++) {
      const word = mixed((Math.imul(i, 0x9e3779b9) + seed) | 0);
      // 24 bits fit a float32 exactly.
      mask[i] = (word >>> 8) / 16777216 >= least ? kept : 0;
    }
  },
});
