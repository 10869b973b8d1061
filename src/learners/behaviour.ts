// Who plays the lanes while a learner that needs no reward looks on: the brain's own policy where it has one,
// else chance.
import type { LearnerContext } from './learner.ts';
import { anyAction, createPolicy, toWorld } from './policy.ts';

/**
 * Plays one step of all lanes, with actions drawn from `head`, or at random when the network has none.
 * What it returns does so and hands on what was done: [lanes, numbers per action] in the world's unit, valid until the next step.
 */
export function createActing(context: LearnerContext, head: string): () => Float32Array {
  const { network, normalizer, lanes, kernels, arena, onSteps } = context;
  const playing = context.stream('actions');
  const knows = Object.hasOwn(network.spec.heads, head);
  const policy = knows ? createPolicy(lanes.def.action, network, kernels, arena, head) : undefined;
  const drawn = new Float32Array(lanes.count * lanes.actionSize);
  const logProbs = new Float32Array(lanes.count);
  const actions = new Float32Array(drawn.length);
  const heads = [head];
  return () => {
    if (policy) {
      network.input.data.set(lanes.observations);
      normalizer.apply(network.input, lanes.count);
      network.forward(lanes.count, heads, 'evaluate');
      policy.draw(lanes.count, drawn, logProbs, 0, playing);
      toWorld(lanes.def.action, actions, drawn, 0);
    } else {
      for (let i = 0; i < lanes.count; i++)
        anyAction(lanes.def.action, actions, i * lanes.actionSize, playing);
    }
    lanes.step(actions);
    onSteps(knows);
    return actions;
  };
}
