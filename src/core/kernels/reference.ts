// The kernels in plain TypeScript, written to be read: the loops are the formulas. They define what the SIMD
// twins must compute and are what to step through in a debugger. Sums run in float64 and are rounded once.
import type { KernelFactory } from '../kernels.ts';
import { activations } from './reference/activations.ts';
import { attention } from './reference/attention.ts';
import { convolution } from './reference/convolution.ts';
import { dense } from './reference/dense.ts';
import { distances } from './reference/distances.ts';
import { dropout } from './reference/dropout.ts';
import { elementwise } from './reference/elementwise.ts';
import { embedding } from './reference/embedding.ts';
import { normalization } from './reference/normalization.ts';
import { optimizers } from './reference/optimizers.ts';
import { pooling } from './reference/pooling.ts';
import { recurrent } from './reference/recurrent.ts';
import { sparse } from './reference/sparse.ts';
import { statistics } from './reference/statistics.ts';

export const referenceKernels: KernelFactory = (memory) => {
  const floats = new Float32Array(memory.buffer);
  const from = (ptr: number): Float32Array => floats.subarray(ptr >> 2);
  return {
    ...dense(from),
    ...convolution(from),
    ...pooling(from),
    ...normalization(from),
    ...dropout(from),
    ...recurrent(from),
    ...embedding(from),
    ...attention(from),
    ...activations(from),
    ...elementwise(from),
    ...statistics(from),
    ...sparse(from),
    ...distances(from),
    ...optimizers(from),
  };
};
