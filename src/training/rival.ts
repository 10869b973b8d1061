// A brain on the other side of the world: a copy of the one that learns, or one that was saved. It only plays. It
// draws from the lanes' own streams, so that its weights and the lanes' rows are its whole state.
import type { EnvironmentDef } from '../../envs/environment.ts';
import type { RivalPlayer } from '../../envs/vectorize.ts';
import { mode, sample } from '../core/distributions/categorical.ts';
import type { KernelFactory } from '../core/kernels.ts';
import type { TensorMap } from '../core/safetensors.ts';
import { policyHead } from '../learners/policy.ts';
import { type BrainConfig, networkFor } from '../learners/trunk.ts';
import { createBrain, loadTensors, modelTensors } from './brain.ts';
import { createRecall } from './recall.ts';

/** A brain as data: enough to play with. */
export interface RivalModel {
  readonly brain: BrainConfig;
  readonly tensors: TensorMap;
}

export interface Rival extends RivalPlayer {
  /** Plays as this brain does from here on; returns the names it looked for in vain. Without weights all it does is chance. */
  become(tensors: TensorMap): readonly string[];
  tensors(): TensorMap;
}

/** Rows answered at once; more lanes are answered in several goes, to the same answers. */
const rowsAtOnce = 128;

/** @param draws whether it draws its actions, as a learner does; or does what it thinks best, as in an evaluation. */
export function createRival(
  world: EnvironmentDef,
  config: BrainConfig,
  kernels: KernelFactory,
  draws: boolean,
): Rival {
  const recall = createRecall(world, config, `the saved agent cannot play ${world.title}`);
  const parts = [{ heads: { policy: policyHead(recall.shape) }, apart: [] }];
  const brain = createBrain(networkFor(recall.shape, config, parts), rowsAtOnce, kernels);
  const { network, normalizer } = brain;
  const outputs = network.output('policy');
  const choices = outputs.shape[1]!;
  const logOdds = brain.arena.f32(...outputs.shape);
  const heads = ['policy'];
  /** [lanes, choices] */
  let answers = new Float32Array(0);

  return {
    become(tensors) {
      const copied = new Set(loadTensors(brain, tensors));
      return Object.keys(modelTensors(brain)).filter((name) => !copied.has(name));
    },
    tensors: () => modelTensors(brain),
    look(observations, count) {
      if (answers.length < count * choices) answers = new Float32Array(count * choices);
      for (let from = 0; from < count; from += rowsAtOnce) {
        const n = Math.min(rowsAtOnce, count - from);
        recall.write(observations, from, n, network.input.data);
        normalizer.apply(network.input, n);
        network.forward(n, heads, 'evaluate');
        brain.kernels.logSoftmax(logOdds.ptr, outputs.ptr, n, choices);
        answers.set(logOdds.data.subarray(0, n * choices), from * choices);
      }
    },
    choose: (lane, random) =>
      draws ? sample(answers, lane * choices, choices, random) : mode(answers, lane * choices, choices),
  };
}
