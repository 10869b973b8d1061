// Where is the ball? How much of what a world is about a linear map reads off what a brain has made of it: R² on lanes that were never
// learned from (`probe.ts`), beside how well what was seen is rebuilt or foretold.
import type { KnobValues } from '../../core/knobs.ts';
import { defaultRecipe } from '../../training/recipe.ts';
import { createSession, type Session } from '../../training/session.ts';
import { kernels, runToEnd } from '../runs.ts';
import type { Measurement, Numbers } from './measurement.ts';

interface Way {
  readonly name: string;
  readonly world: string;
  readonly learner: string;
  readonly params: KnobValues;
  readonly knobs: KnobValues;
}

const scrambled = { scramble: 1, stickyActionProbability: 0 };
const breakout = { world: 'breakout', params: scrambled };
const cartpole = { world: 'cartpole', params: {} };

const ways: readonly Way[] = [
  { name: 'Breakout, code of 32', ...breakout, learner: 'autoencoder', knobs: { code: 32 } },
  { name: 'Breakout, code of 64', ...breakout, learner: 'autoencoder', knobs: { code: 64 } },
  { name: 'Breakout, prediction', ...breakout, learner: 'prediction', knobs: { budget: 600 } },
  { name: 'CartPole, code of 2', ...cartpole, learner: 'autoencoder', knobs: { code: 2 } },
  { name: 'CartPole, prediction', ...cartpole, learner: 'prediction', knobs: {} },
];

async function trained({ world, learner, params, knobs }: Way, seed: number): Promise<Session> {
  const session = createSession({ ...defaultRecipe(world, learner), params, knobs, seed }, await kernels());
  runToEnd(session, undefined, undefined);
  return session;
}

async function measureProbe(seed: number): Promise<Numbers> {
  const numbers: Record<string, number> = {};
  for (const way of ways) {
    const session = await trained(way, seed);
    const view = session.phase.learner.view();
    if (view.kind !== 'reconstruction' && view.kind !== 'prediction')
      throw new Error(`${way.learner} shows no facts`);
    for (const { name, code, seen } of view.facts) {
      numbers[`${way.name}: ${name}`] = code;
      numbers[`${way.world}, what is seen itself: ${name}`] = seen;
    }
    const { exact } = session.metrics;
    if (exact !== undefined) numbers[`${way.name}: frames exact, share`] = exact;
  }
  return numbers;
}

export const probeTable: Measurement = {
  id: 'probe',
  title:
    'R² of what a linear map reads off a code (off the trunk, where it predicts), on lanes never learned from.',
  seeds: 3,
  aims: {},
  measure: measureProbe,
};
