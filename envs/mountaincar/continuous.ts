// MountainCar with a throttle: Gymnasium's MountainCarContinuous-v0 to the last digit, its rounding of the state to
// float32 after every step included. Arriving earns 100, and every step costs a tenth of the throttle squared.
import { type ContinuousWorld, rewardKnob } from '../environment.ts';
import { atFlag, roll, startInValley, type ValleyParams, valleyKnobs } from './valley.ts';

export type ContinuousCarParams = ValleyParams & Readonly<{ goalReward: number; fuelReward: number }>;

/** Behind position and velocity: 1 once the flag was reached, which is known before the state is rounded. */
const arrivedAt = 2;

export const mountaincarContinuous: ContinuousWorld<ContinuousCarParams> = {
  id: 'mountaincar-continuous',
  title: 'MountainCar, continuous',
  story:
    'The same valley with a throttle instead of three buttons. The flag earns 100 points, and fuel costs the square of the ' +
    'throttle. Whoever has not yet found the flag learns only that standing still is cheapest: a trap that careful ' +
    'learners fall into.',
  state: ['position', 'velocity', 'arrived'],
  observation: { shape: [2], names: ['position', 'speed'], normalize: true },
  action: {
    kind: 'continuous',
    axes: [
      {
        name: 'throttle',
        unit: '',
        low: -1,
        high: 1,
        keys: ['ArrowLeft', 'ArrowRight'],
        does: ['left', 'right'],
      },
    ],
  },
  maxSteps: 999,
  solvedAt: 90,
  returnRange: [-100, 100],
  stepsPerSecond: 30,
  params: {
    ...valleyKnobs(0.0015, 0.45),
    goalReward: rewardKnob('Goal', 'Reaching the flag earns 100 points times this.'),
    fuelReward: rewardKnob('Fuel', 'Every step costs 0.1 times the square of the throttle, times this.'),
  },
  variants: [
    { id: 'weak-engine', title: 'Weak engine', params: { engineForce: 0.001 } },
    { id: 'strong-gravity', title: 'Strong gravity', params: { gravity: 0.0035 } },
    { id: 'mirrored', title: 'Mirrored controls', params: { mirrored: 1 } },
  ],
  labelled: false,

  reset(s, random) {
    startInValley(s, random.next);
    s[arrivedAt] = 0;
  },

  step(s, action, _random, p) {
    const asked = action[0]!;
    const throttle = Math.min(Math.max(asked, -1), 1);
    roll(s, (p.mirrored === 0 ? throttle : -throttle) * p.engineForce, p);
    const arrived = atFlag(s, p);
    s[0] = Math.fround(s[0]!);
    s[1] = Math.fround(s[1]!);
    s[arrivedAt] = arrived ? 1 : 0;
    // Fuel is paid for what was asked, even where the engine cannot give it.
    return (arrived ? 100 * p.goalReward : 0) - asked * asked * 0.1 * p.fuelReward;
  },

  terminated: (s) => s[arrivedAt] === 1,

  observe(s, obs, at) {
    obs[at] = s[0]!;
    obs[at + 1] = s[1]!;
  },

  /**
   * Pushes along the motion, harder the faster it goes: a push adds energy in proportion to the speed and costs its own
   * square, so this is where fuel is well spent. Scores 97.9, full throttle all the way 89.
   */
  expert(s, action, p) {
    const along = 8 * s[1]! + (s[1]! < 0 ? -0.1 : 0.1);
    action[0] = Math.min(Math.max(along, -1), 1) * (p.mirrored === 0 ? 1 : -1);
  },
};
