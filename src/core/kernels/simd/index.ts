// The Kernels contract (../../kernels.ts) in AssemblyScript: the module's exports are the kernels, by name.
// Plain f32x4 only, no relaxed SIMD and no fused multiply-add: every engine computes the same bits.
export { activate, activateBackward, logSoftmax, softmax } from './activations';
export { conv2d, conv2dBackward } from './conv';
export { dense, denseBackward } from './dense';
export { adam, scale, sgd } from './optimizers';
export { distances, distancesBackward, normalize, sumOfSquares } from './reductions';
