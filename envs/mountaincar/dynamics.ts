// MountainCar: an engine too weak for the hill, so the car has to swing up. Gymnasium's MountainCar-v0 to the last
// digit (Moore 1990), with every constant a parameter. Lengths are metres on the map, time is counted in steps.
import type { NumberKnob } from '../../src/core/knobs.ts';
import { type DiscreteWorld, rewardKnob, velocitiesKnob } from '../environment.ts';
import {
  atFlag,
  climbed,
  roll,
  startInValley,
  stepsToFlag,
  type ValleyParams,
  valleyKnobs,
} from './valley.ts';

export type MountainCarParams = ValleyParams &
  Readonly<{
    timeReward: number;
    climbReward: number;
    /** 'seen' or 'hidden'. */
    velocities: string;
  }>;

/** What the whole climb from the valley's floor to the flag is worth at a climb reward of 1. */
const climbWorth = 100;

/** -1, 0 or 1: where the engine pushes. */
export const directionOf = (action: number, p: ValleyParams): number =>
  p.mirrored === 0 ? action - 1 : 1 - action;

const climbKnob: NumberKnob = {
  ...rewardKnob(
    'Climb',
    'Pays for energy gained, 100 points from the floor to the flag: a hint on the way to a goal that chance never finds. 0: as in the original.',
  ),
  default: 0,
};

export const mountaincar: DiscreteWorld<MountainCarParams> = {
  id: 'mountaincar',
  title: 'MountainCar',
  story:
    'The flag is up on the hill, and the engine is too weak to drive there. Only by first going the wrong way can the car ' +
    'swing itself up. Every step costs a point until it arrives, and chance never does: a lesson in exploring, and in why ' +
    'doing the obvious is not enough.',
  state: ['position', 'velocity'],
  observation: { shape: [2], names: ['position', 'speed'], normalize: true },
  action: {
    kind: 'discrete',
    names: ['left', 'coast', 'right'],
    keys: ['ArrowLeft', null, 'ArrowRight'],
  },
  maxSteps: 200,
  solvedAt: -110,
  returnRange: [-200, -80],
  stepsPerSecond: 30,
  params: {
    ...valleyKnobs(0.001, 0.5),
    velocities: velocitiesKnob('the car'),
    timeReward: rewardKnob('Time', 'Every step costs one point times this, the arriving one too.'),
    climbReward: climbKnob,
  },
  variants: [
    { id: 'weak-engine', title: 'Weak engine', params: { engineForce: 0.0008 } },
    { id: 'strong-gravity', title: 'Strong gravity', params: { gravity: 0.003 } },
    { id: 'mirrored', title: 'Mirrored controls', params: { mirrored: 1 } },
    { id: 'hidden-velocity', title: 'Velocity hidden', params: { velocities: 'hidden' } },
  ],
  labelled: false,

  configure: (p) =>
    p.velocities === 'hidden' ? { observation: { shape: [1], names: ['position'], normalize: true } } : {},

  reset(s, random) {
    startInValley(s, random.next);
  },

  step(s, action, _random, p) {
    const before = p.climbReward === 0 ? 0 : climbed(s, p);
    roll(s, directionOf(action, p) * p.engineForce, p);
    const hint = p.climbReward === 0 ? 0 : p.climbReward * climbWorth * (climbed(s, p) - before);
    return hint - p.timeReward;
  },

  terminated: atFlag,

  observe(s, obs, at, p) {
    obs[at] = s[0]!;
    if (p.velocities === 'seen') obs[at + 1] = s[1]!;
  },

  /**
   * A rollout (Tesauro & Galperin 1997): each push is tried in thought, with pushing along the motion ever after, which
   * alone takes 119 steps on average; the one that arrives first is taken. This takes 103. Where the engine makes no
   * difference, the car coasts.
   */
  expert(s, p) {
    const coasting = stepsToFlag(s, 0, 200, p);
    const right = stepsToFlag(s, p.engineForce, 200, p);
    const left = stepsToFlag(s, -p.engineForce, 200, p);
    const direction = coasting <= right && coasting <= left ? 0 : right <= left ? 1 : -1;
    return p.mirrored === 0 ? direction + 1 : 1 - direction;
  },
};
