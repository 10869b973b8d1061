// What Gymnasium calls CartPole's constants and variants.
import { type CartPoleParams, cartpole, maxAngle } from '../../../envs/cartpole/dynamics.ts';
import { worldParams } from '../../../envs/vectorize.ts';
import type { ClassicControl } from './classic-control.ts';
import { type Fields, number } from './reading.ts';

const names: Readonly<Record<string, Constant>> = {
  gravity: 'gravity',
  masscart: 'cartMass',
  masspole: 'poleMass',
  half_length: 'poleHalfLength',
  length: 'poleHalfLength',
  force_mag: 'motorForce',
  tau: 'secondsPerStep',
  x_threshold: 'trackHalfWidth',
};

const usual = worldParams(cartpole, {}) as CartPoleParams;

type Constant = Exclude<keyof CartPoleParams, 'velocities'>;

function nameOf(recorded: string): Constant {
  const name = Object.hasOwn(names, recorded) ? names[recorded] : undefined;
  if (name === undefined)
    throw new Error(`The recording's constant "${recorded}" has no counterpart in CartPole.`);
  return name;
}

/** Changed constants, the other integrator, or the reward of 1983. */
function variant(name: string, changes: Fields): CartPoleParams {
  if (name === 'default') return usual;
  if (name === 'sutton_barto_reward') return { ...usual, penaltyReward: 1 };
  if (Object.keys(changes).length === 0)
    throw new Error(`Not a usable recording: variant "${name}" is not an object.`);
  const params: { -readonly [K in Constant]?: number } = {};
  for (const [key, value] of Object.entries(changes)) {
    if (key === 'kinematics_integrator') params.semiImplicit = value === 'euler' ? 0 : 1;
    else params[nameOf(key)] = number(changes, key, `variant "${name}"`);
  }
  return { ...usual, ...params };
}

export const cartPoleRecording: ClassicControl<CartPoleParams> = {
  def: cartpole,
  constant: (name) => (name === 'theta_threshold' ? maxAngle(usual) : usual[nameOf(name)]),
  variant,
};
