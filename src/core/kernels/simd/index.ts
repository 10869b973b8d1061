// The Kernels contract (../contract) in AssemblyScript: the module's exports are the kernels, by name.
// Plain f32x4 only, no relaxed SIMD and no fused multiply-add: every engine computes the same bits.
export {
  activate,
  activateBackward,
  logSoftmax,
  logSoftmaxBackward,
  softmax,
  softmaxBackward,
} from './activations';
export { attention, attentionBackward } from './attention';
export { conv2d, conv2dBackward } from './convolution';
export { dense, denseBackward } from './dense';
export { distances, distancesBackward } from './distances';
export { dropoutMask } from './dropout';
export { add, addProduct, clear, copy, fillRows, multiply, scale } from './elementwise';
export { embedding, embeddingBackward } from './embedding';
export {
  batchNorm,
  batchNormBackward,
  columnStatistics,
  layerNorm,
  layerNormBackward,
} from './normalization';
export { adagrad, adam, nesterov, penalize, rmsprop, sgd } from './optimizers';
export { maxPool2d, maxPool2dBackward } from './pooling';
export { addRows, copyRows, gruStep, gruStepBackward } from './recurrent';
export { sparseDense, sparseDenseBackward } from './sparse';
export { normalize, sumOfSquares } from './statistics';
export { addColumnSums } from './sums';
