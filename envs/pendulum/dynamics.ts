// Pendulum: a rod on a motor too weak to lift it, to be swung up and held. Gymnasium's Pendulum-v1 to the last digit,
// with every constant a parameter in SI units. The angle is measured from upright and never wrapped.
import { type NumberKnob, switchKnob } from '../../src/core/knobs.ts';
import { cos, sin } from '../../src/core/math.ts';
import {
  type ContinuousActions,
  type ContinuousWorld,
  type ObservationSpec,
  rewardKnob,
  velocitiesKnob,
} from '../environment.ts';

export type PendulumParams = Readonly<{
  gravity: number;
  mass: number;
  length: number;
  maxTorque: number;
  maxSpeed: number;
  secondsPerStep: number;
  mirrored: number;
  angleReward: number;
  speedReward: number;
  torqueReward: number;
  /** 'seen' or 'hidden'. */
  velocities: string;
}>;

/** Where each number stands in the row: radians from upright (counter-clockwise), radians per second. */
export const pendulumAt = { theta: 0, thetaDot: 1 } as const;

const metric = (
  label: string,
  unit: string,
  [least, usual, most]: readonly [number, number, number],
  step: number,
  help: string,
): NumberKnob => ({ kind: 'number', label, default: usual, min: least, max: most, step, unit, help });

/** With the velocity hidden. */
const placeAlone: ObservationSpec = { shape: [2], names: ['height', 'side'], normalize: true };

const turn = 2 * Math.PI;

/** The same angle within half a turn of upright, in Gymnasium's order of operations. */
export function fromUpright(theta: number): number {
  const rest = (theta + Math.PI) % turn;
  return (rest < 0 ? rest + turn : rest) - Math.PI;
}

const motor = (maxTorque: number): ContinuousActions => ({
  kind: 'continuous',
  axes: [
    {
      name: 'torque',
      unit: 'N m',
      low: -maxTorque,
      high: maxTorque,
      // Positive torque turns counter-clockwise: at the top, to the left.
      keys: ['ArrowRight', 'ArrowLeft'],
      does: ['clockwise', 'counter-clockwise'],
    },
  ],
});

/** How fast the expert brings the rod home once it can catch it, 1/s. */
const expertRate = 5;

export const pendulum: ContinuousWorld<PendulumParams> = {
  id: 'pendulum',
  title: 'Pendulum',
  story:
    'A rod hangs on a motor that is too weak to lift it. Swung to and fro it gathers energy, and just before the top the ' +
    'motor has to brake and then hold it there. There is no goal to reach, only a cost that is smallest upright and at ' +
    'rest: control as engineers know it, by one number instead of buttons.',
  state: ['theta', 'thetaDot'],
  observation: { shape: [3], names: ['height', 'side', 'speed'], normalize: true },
  action: motor(2),
  maxSteps: 200,
  solvedAt: -180,
  returnRange: [-2000, 0],
  stepsPerSecond: 20,
  params: {
    gravity: metric('Gravity', 'm/s²', [0, 10, 25], 0.01, 'How hard the rod is pulled down.'),
    mass: metric('Mass', 'kg', [0.2, 1, 3], 0.01, 'Of the whole rod, spread evenly along it.'),
    length: metric('Length', 'm', [0.3, 1, 2], 0.01, 'A long rod is slow, and harder to lift.'),
    maxTorque: metric(
      'Strongest torque',
      'N m',
      [0.2, 2, 10],
      0.1,
      'To lift the usual rod outright takes 5 N m.',
    ),
    maxSpeed: metric('Top speed', 'rad/s', [2, 8, 20], 0.1, 'The rod turns no faster than this.'),
    secondsPerStep: metric('Time step', 's', [0.01, 0.05, 0.1], 0.005, 'Time between two decisions.'),
    mirrored: switchKnob('Mirrored controls', 'The motor turns the other way round.'),
    velocities: velocitiesKnob('the rod'),
    angleReward: rewardKnob('Angle', 'Costs the square of the angle from upright (rad²), times this.'),
    speedReward: rewardKnob('Speed', 'Costs a tenth of the squared speed, times this.'),
    torqueReward: rewardKnob('Torque', 'Costs a thousandth of the squared torque, times this.'),
  },
  variants: [
    { id: 'heavy', title: 'Heavy rod', params: { mass: 1.5 } },
    { id: 'long', title: 'Long rod', params: { length: 1.25 } },
    { id: 'mirrored', title: 'Mirrored controls', params: { mirrored: 1 } },
    { id: 'hidden-velocity', title: 'Velocity hidden', params: { velocities: 'hidden' } },
  ],
  labelled: false,

  configure: (p) => ({
    action: motor(p.maxTorque),
    ...(p.velocities === 'hidden' ? { observation: placeAlone } : {}),
  }),

  reset(s, random) {
    s[0] = (2 * random.next() - 1) * Math.PI;
    s[1] = 2 * random.next() - 1;
  },

  /** The cost is that of the state before the step, with the torque as the motor gives it. */
  step(s, action, _random, p) {
    const theta = s[0]!;
    const speed = s[1]!;
    const torque = Math.min(Math.max(action[0]!, -p.maxTorque), p.maxTorque);
    const off = fromUpright(theta);
    const cost =
      p.angleReward * (off * off) +
      p.speedReward * (0.1 * (speed * speed)) +
      p.torqueReward * (0.001 * (torque * torque));
    const pull = ((3 * p.gravity) / (2 * p.length)) * sin(theta);
    const push = (3 / (p.mass * (p.length * p.length))) * (p.mirrored === 0 ? torque : -torque);
    const next = speed + (pull + push) * p.secondsPerStep;
    s[1] = Math.min(Math.max(next, -p.maxSpeed), p.maxSpeed);
    s[0] = theta + s[1] * p.secondsPerStep;
    return -cost;
  },

  terminated: () => false,

  observe(s, obs, at, p) {
    obs[at] = cos(s[0]!);
    obs[at + 1] = sin(s[0]!);
    if (p.velocities === 'seen') obs[at + 2] = s[1]!;
  },

  /**
   * Far from the top the motor pumps energy in, or takes it out, until it is that of standing upright (Astrom & Furuta
   * 2000). Where the torque suffices to catch the rod, it is led to the top like a critically damped spring at
   * `expertRate`. Scores -150; the best there is scores about -139.
   */
  expert(s, action, p) {
    const off = fromUpright(s[0]!);
    const speed = s[1]!;
    const inertia = (p.mass * (p.length * p.length)) / 3;
    const lift = (p.mass * p.gravity * p.length) / 2;
    let torque: number;
    if (Math.abs(off + speed / expertRate) * lift < p.maxTorque) {
      torque = -(lift + inertia * expertRate * expertRate) * off - 2 * inertia * expertRate * speed;
    } else {
      const energy = (inertia * speed * speed) / 2 + lift * (cos(off) - 1);
      torque = -4 * energy * (speed < 0 ? -1 : 1);
    }
    action[0] = Math.min(Math.max(p.mirrored === 0 ? torque : -torque, -p.maxTorque), p.maxTorque);
  },
};
