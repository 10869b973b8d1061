// A saved brain that is asked what it would do, likeliest action each time. It is part of a run's snapshot: the run that learns from it
// can be taken up again without the file it came from.
import type { EnvironmentDef } from '../../envs/environment.ts';
import type { KernelFactory } from '../core/kernels.ts';
import type { SavedTeacher } from '../learners/learner.ts';
import { likeliestAction, policyHead } from '../learners/policy.ts';
import { networkFor } from '../learners/trunk.ts';
import { createBrain, loadTensors, modelTensors } from './brain.ts';
import { createRecall } from './recall.ts';
import type { RivalModel } from './rival.ts';

/** Rows answered at once; more are answered in several goes, to the same answers. */
const rowsAtOnce = 128;

/** Throws one sentence where the saved brain cannot act in this world. */
export function createSavedTeacher(
  world: EnvironmentDef,
  { brain: config, tensors }: RivalModel,
  kernels: KernelFactory,
): SavedTeacher {
  const recall = createRecall(world, config, `the saved agent cannot teach in ${world.title}`);
  const head = Object.keys(tensors).some((name) => name.startsWith('policy.')) ? 'policy' : 'classes';
  const parts = [{ heads: { [head]: policyHead(recall.shape) }, apart: [] }];
  const brain = createBrain(networkFor(recall.shape, config, parts), rowsAtOnce, kernels);
  const copied = new Set(loadTensors(brain, tensors));
  const lacking = Object.keys(modelTensors(brain)).find((name) => !copied.has(name));
  if (lacking !== undefined) {
    throw new Error(
      `the saved agent cannot teach in ${world.title}: it lacks "${lacking}", or has it in another shape.`,
    );
  }
  const { network, normalizer } = brain;
  const outputs = network.output(head).data;
  const heads = [head];
  return {
    ask(observations, count, actions) {
      const width = actions.length / count;
      for (let from = 0; from < count; from += rowsAtOnce) {
        const n = Math.min(rowsAtOnce, count - from);
        recall.write(observations, from, n, network.input.data);
        normalizer.apply(network.input, n);
        network.forward(n, heads, 'evaluate');
        for (let i = 0; i < n; i++) likeliestAction(world.action, outputs, i, actions, (from + i) * width);
      }
    },
  };
}
