// Random network distillation (Burda, Edwards, Storkey & Klimov 2019, arXiv:1810.12894): a predictor learns what a fixed random
// network answers. Where it is still wrong it has seldom been, and that error is a reward for going there,
//   i_t = mean_k (predictor_k(s_t+1) - target_k(s_t+1))^2, divided by the running deviation of its discounted return.
// This reward has a value head of its own and never ends: dying is not a way to forget what is new. Both networks see what the
// policy sees, normalised where that is.
import type { LayerSpec } from '../../core/layers/registry.ts';
import type { NamedTensor, TensorMap } from '../../core/safetensors.ts';
import type { LearnerContext, Metrics } from '../learner.ts';
import { savedArray } from '../saved.ts';
import { linearHead } from '../trunk.ts';
import { generalizedAdvantages } from './advantages.ts';
import { createReturnScale, freshReturns } from './return-scale.ts';
import type { Rollout } from './rollout.ts';
import { valueLoss } from './value-loss.ts';

export interface CuriosityKnobs {
  /** Weight of the advantages for novelty beside those for reward. */
  readonly curiosity: number;
  readonly noveltyDiscount: number;
  /** Share of the rows that the predictor learns from. */
  readonly predictorShare: number;
  readonly lambda: number;
  readonly valueCoefficient: number;
}

/** Numbers that the random network answers with. */
const answers = 64;
const init = { scheme: 'orthogonal', gain: Math.SQRT2 } as const;

/** The heads it needs; the predictor is one layer deeper than what it has to predict. */
export const curiosityHeads: Readonly<Record<string, readonly LayerSpec[]>> = {
  novelty: linearHead(1, 1),
  target: linearHead(answers, 1),
  predictor: [
    { kind: 'dense', name: 'deeper', units: 128, init },
    { kind: 'activation', name: 'deeperActive', activation: 'tanh' },
    ...linearHead(answers, 1),
  ],
};

/** Those that look at the world through a trunk of their own. */
export const curiosityApart = ['target', 'predictor'] as const;

export interface Curiosity {
  /** Heads to be run beside the others whenever the lanes are looked at. */
  readonly heads: readonly string[];
  /** Heads to be run beside the others on a minibatch. */
  readonly taught: readonly string[];
  /** The lanes have been looked at, and stand at rollout row `row`. */
  looked(row: number): void;
  /** The lanes have been stepped from rollout row `row`. */
  stepped(row: number): void;
  /** All steps are played: adds the advantages for novelty to those for reward. */
  finish(): void;
  /** The rows that stand in the rollout's order from `next` on are to be learned from. */
  take(next: number): void;
  /** Writes the gradients of its heads and its numbers into the metrics. @returns its part of the loss. */
  loss(metrics: Metrics): number;
  drop(): void;
  tensors(): Record<string, NamedTensor>;
  restore(tensors: TensorMap): void;
}

/** @param n rows of a minibatch. */
export function createCuriosity(
  context: LearnerContext,
  rollout: Rollout,
  n: number,
  knobs: CuriosityKnobs,
): Curiosity {
  const { network, normalizer, lanes } = context;
  const count = lanes.count;
  const size = lanes.observationSize;
  const steps = rollout.rows / count;
  const choosing = context.stream('predictor');
  const statistics = freshReturns();
  const scale = createReturnScale(true, count, knobs.noveltyDiscount, statistics);
  const found = new Float64Array(count);
  const rewards = new Float32Array(rollout.rows);
  const values = new Float32Array(rollout.rows);
  const lastValues = new Float32Array(count);
  const advantages = new Float32Array(rollout.rows);
  const returns = new Float32Array(rollout.rows);
  const never = new Uint8Array(rollout.rows);
  const rowReturns = new Float32Array(n);
  /** 1 for the rows of the minibatch that the predictor learns from. */
  const chosen = new Uint8Array(n);
  const both = ['target', 'predictor'];
  const state: Readonly<Record<string, Float32Array | Float64Array | Uint8Array>> = {
    statistics,
    running: scale.running,
    rewards,
    values,
    lastValues,
    advantages,
    returns,
    rowReturns,
    chosen,
  };

  const squaredError = (row: number): number => {
    const target = network.output('target').data;
    const predicted = network.output('predictor').data;
    let sum = 0;
    for (let k = row * answers; k < (row + 1) * answers; k++) sum += (predicted[k]! - target[k]!) ** 2;
    return sum / answers;
  };

  return {
    heads: ['novelty'],
    taught: ['novelty', ...both],

    looked(row) {
      const now = network.output('novelty').data;
      for (let i = 0; i < count; i++) values[row + i] = now[i]!;
    },

    stepped(row) {
      const input = network.input.data;
      input.set(lanes.observations);
      for (let i = 0; i < count; i++) {
        if (lanes.terminated[i] === 0 && lanes.truncated[i] === 0) continue;
        for (let j = i * size; j < (i + 1) * size; j++) input[j] = lanes.finalObservations[j]!;
      }
      normalizer.apply(network.input, count);
      network.forward(count, both, 'evaluate');
      for (let i = 0; i < count; i++) found[i] = squaredError(i);
      scale.observe(found, () => false);
      for (let i = 0; i < count; i++) rewards[row + i] = scale.scaled(found[i]!);
    },

    finish() {
      const now = network.output('novelty').data;
      for (let i = 0; i < count; i++) lastValues[i] = now[i]!;
      const { noveltyDiscount, lambda, curiosity } = knobs;
      generalizedAdvantages(
        advantages,
        returns,
        rewards,
        values,
        lastValues,
        never,
        steps,
        count,
        noveltyDiscount,
        lambda,
      );
      for (let i = 0; i < rollout.rows; i++) {
        rollout.advantages[i] = rollout.advantages[i]! + curiosity * advantages[i]!;
      }
    },

    take(next) {
      for (let k = 0; k < n; k++) {
        rowReturns[k] = returns[rollout.order[next + k]!]!;
        chosen[k] = choosing.next() < knobs.predictorShare ? 1 : 0;
      }
      chosen[0] = 1;
    },

    loss(metrics) {
      const value = valueLoss(network, rowReturns, n, knobs.valueCoefficient, 'novelty');
      const target = network.output('target').data;
      const predicted = network.output('predictor').data;
      const dPredicted = network.outputGrad('predictor').data;
      let rows = 0;
      for (let k = 0; k < n; k++) rows += chosen[k]!;
      let error = 0;
      for (let k = 0; k < n; k++) {
        if (chosen[k] === 0) continue;
        error += squaredError(k) / rows;
        for (let j = k * answers; j < (k + 1) * answers; j++)
          dPredicted[j] = (2 * (predicted[j]! - target[j]!)) / (answers * rows);
      }
      let sum = 0;
      for (let i = 0; i < rewards.length; i++) sum += rewards[i]!;
      metrics['novelty'] = sum / rewards.length;
      metrics['noveltyValueLoss'] = value;
      metrics['predictorLoss'] = error;
      return knobs.valueCoefficient * value + error;
    },

    drop: () => scale.running.fill(0),
    tensors: () =>
      Object.fromEntries(
        Object.entries(state).map(([name, data]) => [
          `curiosity.${name}`,
          { shape: [data.length], data: data.slice() },
        ]),
      ),
    restore(tensors) {
      for (const [name, data] of Object.entries(state))
        data.set(savedArray(tensors, `curiosity.${name}`, data.length));
    },
  };
}
