// Batch norm over the last axis (the features of a row, the channels of an image): h = (x - mean) / sqrt(variance +
// epsilon), y = gain h + bias (Ioffe & Szegedy 2015, arXiv:1502.03167, Alg. 1). In training mean and variance are the
// batch's own, and running ones follow them: running += momentum (batch - running), the variance unbiased, as PyTorch
// keeps it. In evaluation the running ones are used, and a row's output does not depend on the others.
// Training, with means over the batch: dx += gain (dy - mean dy - h mean(dy h)) / sqrt(variance + epsilon).
// A batch of one number a feature has no spread: h is then 0 and the running variance stays as it is.
import { sizeOf } from '../arena.ts';
import { type LayerDef, misfit } from './layer.ts';
import { gainAndBias } from './layer-norm.ts';

export interface BatchNormSpec {
  readonly kind: 'batchNorm';
  readonly name: string;
  /** Share of the batch's statistics in the new running ones, 0 to 1; 0.1 is usual. */
  readonly momentum: number;
  readonly epsilon: number;
}

export const batchNorm: LayerDef<BatchNormSpec> = {
  outputShape({ name, epsilon, momentum }, input) {
    if (!(epsilon > 0)) throw misfit(name, input, input, `epsilon is ${epsilon}; it must be above 0`);
    if (!(momentum >= 0 && momentum <= 1)) {
      throw misfit(name, input, input, `momentum is ${momentum}; it must be from 0 to 1`);
    }
    return input;
  },
  parameters: (_spec, input) => gainAndBias(input.at(-1)!),
  buffers: (_spec, input) => [
    { name: 'runningMean', shape: [input.at(-1)!], initial: 0 },
    { name: 'runningVariance', shape: [input.at(-1)!], initial: 1 },
  ],
  build({ momentum, epsilon }, input, { arena, kernels, x, dx, y, dy, parameters, buffers }) {
    const size = input.at(-1)!;
    const places = sizeOf(input) / size;
    const [gain, bias] = [parameters['gain']!, parameters['bias']!];
    const [runningMean, runningVariance] = [buffers['runningMean']!, buffers['runningVariance']!];
    const [mean, variance, scale] = [arena.f32(size), arena.f32(size), arena.f32(size)];
    const scratch = arena.f32(2, size).ptr;
    /** Whether the last forward pass took its statistics as given. */
    let constant = 0;

    const follow = (rows: number): void => {
      for (let i = 0; i < size; i++) {
        const m = runningMean.data[i]!;
        runningMean.data[i] = m + momentum * (mean.data[i]! - m);
        if (rows === 1) continue;
        const v = runningVariance.data[i]!;
        runningVariance.data[i] = v + momentum * ((variance.data[i]! * rows) / (rows - 1) - v);
      }
    };

    return {
      forward(n, mode) {
        const rows = n * places;
        constant = mode === 'evaluate' ? 1 : 0;
        if (mode === 'train' && rows > 0) {
          kernels.columnStatistics(mean.ptr, variance.ptr, x.ptr, rows, size);
          follow(rows);
        } else {
          kernels.copy(mean.ptr, runningMean.ptr, size);
          kernels.copy(variance.ptr, runningVariance.ptr, size);
        }
        for (let i = 0; i < size; i++) scale.data[i] = 1 / Math.sqrt(variance.data[i]! + epsilon);
        kernels.batchNorm(y.ptr, x.ptr, mean.ptr, scale.ptr, gain.value.ptr, bias.value.ptr, rows, size);
      },
      backward: (n) =>
        kernels.batchNormBackward(
          dx?.ptr ?? 0,
          gain.grad.ptr,
          bias.grad.ptr,
          dy.ptr,
          x.ptr,
          mean.ptr,
          scale.ptr,
          gain.value.ptr,
          scratch,
          constant,
          n * places,
          size,
        ),
    };
  },
};
