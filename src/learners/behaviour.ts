// Who plays the lanes while a learner that needs no reward looks on: the brain's own policy where it has one,
// else chance.
import { sample } from '../core/distributions/categorical.ts';
import type { LearnerContext } from './learner.ts';

/** Plays one step of all lanes, with actions drawn from `head`, or at random when the network has none. */
export function createActing(context: LearnerContext, head: string): () => void {
  const { network, normalizer, lanes, kernels, onSteps } = context;
  const playing = context.stream('actions');
  const actions = lanes.def.action.names.length;
  const chosen = new Int32Array(lanes.count);
  const knows = Object.hasOwn(network.spec.heads, head);
  const logProbs = context.arena.f32(network.maxBatch, actions);
  const heads = [head];
  return () => {
    if (knows) {
      network.input.data.set(lanes.observations);
      normalizer.apply(network.input, lanes.count);
      network.forward(lanes.count, heads, 'evaluate');
      kernels.logSoftmax(logProbs.ptr, network.output(head).ptr, lanes.count, actions);
      for (let i = 0; i < lanes.count; i++) chosen[i] = sample(logProbs.data, i * actions, actions, playing);
    } else {
      for (let i = 0; i < lanes.count; i++) chosen[i] = playing.integer(actions);
    }
    lanes.step(chosen);
    onSteps(knows);
  };
}
