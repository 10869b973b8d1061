// The Kernels contract (../contract) in AssemblyScript: the module's exports are the kernels, by name.
// Plain f32x4 only, no relaxed SIMD and no fused multiply-add: every engine computes the same bits.
export { activate, activateBackward, logSoftmax, softmax } from './activations';
export { conv2d, conv2dBackward } from './convolution';
export { dense, denseBackward } from './dense';
export { distances, distancesBackward } from './distances';
export { add, addProduct, clear, copy, multiply, scale } from './elementwise';
export { adam, sgd } from './optimizers';
export { sparseDense, sparseDenseBackward } from './sparse';
export { normalize, sumOfSquares } from './statistics';
