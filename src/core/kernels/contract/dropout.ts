// Dropout's mask.
// What holds for all kernels stands at the head of `../../kernels.ts`.

export interface DropoutKernels {
  /**
   * mask[i] = 0 with probability `rate`, else 1 / (1 - rate): number i of a stream that one 32-bit `seed` decides.
   * Whole-number arithmetic (MurmurHash3's finaliser over a counter, A. Appleby): the same bits from every kernel set.
   */
  dropoutMask(mask: number, seed: number, rate: number, count: number): void;
}
