// The Kernels contract: everything heavy that the network does. One file a family: `kernels/contract/` says what is
// computed, `kernels/reference/` computes it in plain TypeScript, written to be read, and `kernels/simd/` in
// AssemblyScript with f32x4. (AssemblyScript is compiled apart, so twins cannot share a file.)
//
// Arguments are byte offsets into one arena's memory, as `Tensor.ptr`: outputs first, then inputs, then sizes.
// All arrays are float32, row-major and 16-byte aligned where they begin a tensor (parameter slots are aligned too).
// Forward kernels overwrite their output. Backward kernels ACCUMULATE into d-something; a d-something
// of 0 means "not wanted". Every output number is summed in one fixed order that depends neither on n nor on the
// position in the batch, without fused multiply-add: one row alone gives the same bits as in a batch.

import type { ActivationKernels } from './kernels/contract/activations.ts';
import type { AttentionKernels } from './kernels/contract/attention.ts';
import type { ConvolutionKernels } from './kernels/contract/convolution.ts';
import type { DenseKernels } from './kernels/contract/dense.ts';
import type { DistanceKernels } from './kernels/contract/distances.ts';
import type { DropoutKernels } from './kernels/contract/dropout.ts';
import type { ElementwiseKernels } from './kernels/contract/elementwise.ts';
import type { EmbeddingKernels } from './kernels/contract/embedding.ts';
import type { NormalizationKernels } from './kernels/contract/normalization.ts';
import type { OptimizerKernels } from './kernels/contract/optimizers.ts';
import type { PoolingKernels } from './kernels/contract/pooling.ts';
import type { RecurrentKernels } from './kernels/contract/recurrent.ts';
import type { SparseKernels } from './kernels/contract/sparse.ts';
import type { StatisticsKernels } from './kernels/contract/statistics.ts';

export interface Kernels
  extends DenseKernels,
    ConvolutionKernels,
    PoolingKernels,
    NormalizationKernels,
    DropoutKernels,
    RecurrentKernels,
    EmbeddingKernels,
    AttentionKernels,
    ActivationKernels,
    ElementwiseKernels,
    StatisticsKernels,
    SparseKernels,
    DistanceKernels,
    OptimizerKernels {}

export type KernelSetName = 'simd' | 'reference';

/** Binds a kernel set to one arena's memory. */
export type KernelFactory = (memory: WebAssembly.Memory) => Kernels;
