// How wrong a head's answers are beside labels: cross-entropy where the answer is one of a few classes, the squared error of
// the mean where it is a number for each axis (the spread of a Gaussian policy stays as it is).
import type { ActionSpec } from '../../../envs/environment.ts';
import { actionSize } from '../../../envs/environment.ts';
import { mode } from '../../core/distributions/categorical.ts';
import { crossEntropy } from '../../core/losses/cross-entropy.ts';
import { meanSquaredError } from '../../core/losses/mean-squared-error.ts';
import { exp } from '../../core/math.ts';
import type { LearnerContext } from '../learner.ts';

export interface Answers {
  /** Numbers per label. */
  readonly labelSize: number;
  /**
   * Of n rows: reads the outputs, writes their gradients. `hits` counts right answers, NaN where there is only near and far.
   * @param weights how much a row of each class counts, where there are classes; left out: all the same.
   */
  loss(labels: Float32Array, n: number, weights?: ArrayLike<number>): { loss: number; hits: number };
  /** After `loss`: the probability that the answer given in row i had. */
  confidence(row: number): number;
  /** After `loss`: the class answered in row i. */
  answer(row: number): number;
}

export function createAnswers(
  { network, kernels, arena }: LearnerContext,
  head: string,
  action: ActionSpec,
): Answers {
  const outputs = network.output(head);
  const gradients = network.outputGrad(head).data;
  if (action.kind === 'discrete') {
    const classes = action.names.length;
    const logProbs = arena.f32(network.maxBatch, classes);
    return {
      labelSize: 1,
      loss(labels, n, weights) {
        kernels.logSoftmax(logProbs.ptr, outputs.ptr, n, classes);
        const plain = crossEntropy(gradients, logProbs.data, labels, n, classes);
        if (!weights) return plain;
        // L = -1/n sum_i w[label_i] log p(label_i): each row's gradient times its weight.
        let loss = 0;
        for (let i = 0; i < n; i++) {
          const weight = weights[labels[i]!]!;
          loss -= weight * logProbs.data[i * classes + labels[i]!]!;
          for (let j = i * classes; j < (i + 1) * classes; j++) gradients[j] = gradients[j]! * weight;
        }
        return { loss: loss / n, hits: plain.hits };
      },
      confidence: (row) => exp(logProbs.data[row * classes + mode(logProbs.data, row * classes, classes)]!),
      answer: (row) => mode(logProbs.data, row * classes, classes),
    };
  }
  const size = actionSize(action);
  const means = new Float32Array(network.maxBatch * size);
  const dMeans = new Float32Array(network.maxBatch * size);
  return {
    labelSize: size,
    loss(labels, n) {
      for (let i = 0; i < n; i++)
        for (let d = 0; d < size; d++) means[i * size + d] = outputs.data[2 * i * size + d]!;
      const loss = meanSquaredError(dMeans, means, labels, n * size);
      for (let i = 0; i < n; i++) {
        for (let d = 0; d < size; d++) {
          gradients[2 * i * size + d] = dMeans[i * size + d]!;
          gradients[(2 * i + 1) * size + d] = 0;
        }
      }
      return { loss, hits: Number.NaN };
    },
    answer: () => Number.NaN,
    confidence: () => Number.NaN,
  };
}
