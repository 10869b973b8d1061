// How fast the worlds step, observation included, without a network: steps of single lanes a second on one core.
import { environments } from '../../envs/registry.ts';
import { createLanes, worldParams } from '../../envs/vectorize.ts';
import { createRandom } from '../../src/core/random.ts';
import { anyAction } from '../../src/learners/policy.ts';
import { percent, table, title } from './print.ts';
import { measure } from './timing.mjs';

const lanes = 64;
/** Rounds of drawn actions, gone through again and again: drawing them is not on the clock. */
const rounds = 256;

const million = 1_000_000;
/** What a world is to reach; half a million where none is named. */
const aims: Readonly<Record<string, number>> = {
  cartpole: 10 * million,
  mountaincar: 10 * million,
  'mountaincar-continuous': 2 * million,
  acrobot: 2 * million,
  pendulum: 2 * million,
  breakout: million,
  freeway: million,
  asterix: million,
};

export function worldRates() {
  const results = environments.map((def) => {
    const played = createLanes(def, worldParams(def, {}), lanes);
    played.resetAll(createRandom('bench'));
    const random = createRandom('actions');
    const actions = Array.from({ length: rounds }, () => {
      const chosen = new Float32Array(lanes * played.actionSize);
      for (let i = 0; i < lanes; i++) anyAction(def.action, chosen, i * played.actionSize, random);
      return chosen;
    });
    const run = (): void => {
      for (const chosen of actions) played.step(chosen);
    };
    const timing = measure(run);
    const rate = (milliseconds: number): number => (lanes * rounds * 1000) / milliseconds;
    return {
      world: def.id,
      best: rate(timing.min),
      median: rate(timing.median),
      spread: timing.spread,
      aim: aims[def.id] ?? million / 2,
    };
  });
  const shown = (value: number): string => Math.round(value).toLocaleString('en');
  title('Worlds: steps of single lanes a second on one core, observation included, random play, no network');
  table(
    ['', 'best', 'median', 'spread', 'aim'],
    results.map((one) => [
      one.world,
      `${shown(one.best)}${one.best >= one.aim ? '' : '*'}`,
      shown(one.median),
      percent(one.spread),
      shown(one.aim),
    ]),
  );
  return results;
}
