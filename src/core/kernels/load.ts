// Picks a kernel set by name.
import type { KernelFactory, KernelSetName } from '../kernels.ts';
import { referenceKernels } from './reference.ts';
import { loadSimdKernels } from './simd.ts';

export const loadKernels = (name: KernelSetName): Promise<KernelFactory> =>
  name === 'simd' ? loadSimdKernels() : Promise.resolve(referenceKernels);
