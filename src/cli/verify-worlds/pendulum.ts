// What Gymnasium calls Pendulum's constants and variants.
import { type PendulumParams, pendulum } from '../../../envs/pendulum/dynamics.ts';
import { worldParams } from '../../../envs/vectorize.ts';
import type { ClassicControl } from './classic-control.ts';

const usual = worldParams(pendulum, {}) as PendulumParams;

const names: Readonly<Record<string, Exclude<keyof PendulumParams, 'velocities'>>> = {
  max_speed: 'maxSpeed',
  max_torque: 'maxTorque',
  dt: 'secondsPerStep',
  g: 'gravity',
  m: 'mass',
  l: 'length',
};

export const pendulumRecording: ClassicControl<PendulumParams> = {
  def: pendulum,
  constant(name) {
    const ours = Object.hasOwn(names, name) ? names[name] : undefined;
    return ours && usual[ours];
  },
  variant: (name) => (name === 'g9.81' ? { ...usual, gravity: 9.81 } : usual),
  // Its rewards are sums of squares of rounded angles.
  rewardTolerance: 1e-9,
};
