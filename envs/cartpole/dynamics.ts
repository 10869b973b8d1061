// CartPole: a pole hinged on a cart, balanced by pushing the cart left or right. Gymnasium's CartPole-v1 to the
// last digit (Barto, Sutton & Anderson 1983; Florian 2007 corrected the friction-free equations), with every
// constant a parameter in SI units. Rules only: nothing here draws or keeps time.
import { type NumberKnob, switchKnob } from '../../src/core/knobs.ts';
import { cos, sin } from '../../src/core/math.ts';
import { type DiscreteWorld, type ObservationSpec, velocitiesKnob } from '../environment.ts';

export type CartPoleParams = Readonly<{
  gravity: number;
  cartMass: number;
  poleMass: number;
  poleHalfLength: number;
  motorForce: number;
  secondsPerStep: number;
  trackHalfWidth: number;
  maxAngleDegrees: number;
  mirrored: number;
  semiImplicit: number;
  penaltyReward: number;
  /** 'seen' or 'hidden'. */
  velocities: string;
}>;

/** Where each number stands in the row: metres, metres per second, radians from upright, radians per second. */
export const cartPoleAt = { x: 0, xDot: 1, theta: 2, thetaDot: 3 } as const;

/** Fresh episodes start with every number uniform in [-0.05, 0.05]. */
const startSpread = 0.05;

/** With the velocities hidden. */
const placesAlone: ObservationSpec = {
  shape: [2],
  names: ['cart position', 'pole angle'],
  normalize: true,
};

const metric = (
  label: string,
  unit: string,
  [least, usual, most]: readonly [number, number, number],
  step: number,
  help: string,
): NumberKnob => ({ kind: 'number', label, default: usual, min: least, max: most, step, unit, help });

/** The angle, in radians, beyond which the pole counts as fallen; in Gymnasium's order of operations. */
export const maxAngle = (p: CartPoleParams): number => (p.maxAngleDegrees * 2 * Math.PI) / 360;

/** Force on the cart in newtons: to the right for action 1, unless the controls are mirrored. */
export const pushOf = (action: number, p: CartPoleParams): number =>
  (action === 1) === (p.mirrored === 0) ? p.motorForce : -p.motorForce;

const fallen = (s: Float64Array, p: CartPoleParams): boolean =>
  Math.abs(s[0]!) > p.trackHalfWidth || Math.abs(s[2]!) > maxAngle(p);

/** One Euler step of the equations of motion; s = [x, xDot, theta, thetaDot]. */
function move(s: Float64Array, force: number, p: CartPoleParams): void {
  const x = s[0]!;
  const xDot = s[1]!;
  const theta = s[2]!;
  const thetaDot = s[3]!;
  const sine = sin(theta);
  const cosine = cos(theta);
  const totalMass = p.cartMass + p.poleMass;
  const poleMoment = p.poleMass * p.poleHalfLength;
  const pull = (force + poleMoment * (thetaDot * thetaDot) * sine) / totalMass;
  const thetaAcceleration =
    (p.gravity * sine - cosine * pull) /
    (p.poleHalfLength * (4 / 3 - (p.poleMass * (cosine * cosine)) / totalMass));
  const xAcceleration = pull - (poleMoment * thetaAcceleration * cosine) / totalMass;
  const dt = p.secondsPerStep;
  s[1] = xDot + dt * xAcceleration;
  s[3] = thetaDot + dt * thetaAcceleration;
  // Explicit Euler moves on with the old speeds, the semi-implicit kind with the new ones.
  s[0] = x + dt * (p.semiImplicit === 0 ? xDot : s[1]);
  s[2] = theta + dt * (p.semiImplicit === 0 ? thetaDot : s[3]);
}

/**
 * How fast the expert wants the cart home, in 1/s. At this rate it scores 500 with any one knob at either end, but
 * for the shortest track (378), which leaves it too little room.
 */
const expertRate = 1;

export const cartpole: DiscreteWorld<CartPoleParams> = {
  id: 'cartpole',
  title: 'CartPole',
  story:
    'A pole stands on a cart, and gravity wants it down. You can only push left or right, fifty times a second; every ' +
    'step upright is one point, and 500 is a perfect game. Four numbers in, two buttons out: the smallest world in ' +
    'which learning is a real achievement.',
  state: ['x', 'xDot', 'theta', 'thetaDot'],
  observation: {
    shape: [4],
    names: ['cart position', 'cart speed', 'pole angle', 'pole speed'],
    normalize: true,
  },
  // A cart is always pushed one way or the other: when no key is held, the last one still counts.
  action: { kind: 'discrete', names: ['left', 'right'], keys: ['ArrowLeft', 'ArrowRight'] },
  maxSteps: 500,
  solvedAt: 475,
  returnRange: [0, 500],
  stepsPerSecond: 50,
  params: {
    gravity: metric(
      'Gravity',
      'm/s²',
      [1, 9.8, 25],
      0.01,
      'How hard the pole is pulled down; the Moon has 1.62.',
    ),
    cartMass: metric('Cart mass', 'kg', [0.1, 1, 5], 0.01, 'A heavy cart answers slowly.'),
    poleMass: metric('Pole mass', 'kg', [0.01, 0.1, 2], 0.01, 'A heavy pole drags the cart along.'),
    poleHalfLength: metric(
      'Half the pole length',
      'm',
      [0.1, 0.5, 2.5],
      0.01,
      'From hinge to centre of mass; long poles fall slowly but need wide swings.',
    ),
    motorForce: metric('Motor force', 'N', [1, 10, 40], 0.1, 'The push of one action.'),
    secondsPerStep: metric('Time step', 's', [0.005, 0.02, 0.05], 0.001, 'Time between two decisions.'),
    trackHalfWidth: metric(
      'Half the track',
      'm',
      [0.5, 2.4, 10],
      0.1,
      'How far the cart may roll from the middle.',
    ),
    maxAngleDegrees: metric('Fall angle', '°', [3, 12, 60], 1, 'Leaning further than this counts as fallen.'),
    mirrored: switchKnob('Mirrored controls', 'Left pushes right and right pushes left.'),
    semiImplicit: switchKnob(
      'Semi-implicit Euler',
      'Move with the new speeds instead of the old ones: truer to energy.',
    ),
    velocities: velocitiesKnob('cart and pole'),
    penaltyReward: switchKnob(
      'Penalty only',
      'The reward of 1983: 0 for every step and -1 for falling. Returns then lie between -1 and 0, far from the threshold.',
    ),
  },
  variants: [
    { id: 'long-pole', title: 'Long pole', params: { poleHalfLength: 1 } },
    { id: 'heavy-pole', title: 'Heavy pole', params: { poleMass: 0.5 } },
    { id: 'mirrored', title: 'Mirrored controls', params: { mirrored: 1 } },
    { id: 'hidden-velocities', title: 'Velocities hidden', params: { velocities: 'hidden' } },
  ],
  labelled: false,
  facts: [
    { name: 'position', of: (s) => s[cartPoleAt.x]! },
    { name: 'speed', of: (s) => s[cartPoleAt.xDot]! },
    { name: 'angle', of: (s) => s[cartPoleAt.theta]! },
    { name: 'turning', of: (s) => s[cartPoleAt.thetaDot]! },
  ],

  configure: (p) => (p.velocities === 'hidden' ? { observation: placesAlone } : {}),

  reset(s, random) {
    for (let i = 0; i < 4; i++) s[i] = (2 * random.next() - 1) * startSpread;
  },

  /** Reward 1 for every step, the falling one included; a pole that already lay there earns nothing more. */
  step(s, action, _random, p) {
    const lay = fallen(s, p);
    move(s, pushOf(action, p), p);
    const falls = fallen(s, p);
    if (p.penaltyReward !== 0) return falls ? -1 : 0;
    return falls && lay ? 0 : 1;
  },

  terminated: fallen,

  observe(s, obs, at, p) {
    if (p.velocities === 'hidden') {
      obs[at] = s[0]!;
      obs[at + 1] = s[2]!;
    } else for (let i = 0; i < 4; i++) obs[at + i] = s[i]!;
  },

  /**
   * Sliding-mode control in closed form. Near upright, y = x + (4/3) l theta obeys y'' = g theta, whatever the
   * masses: a chain of integrators y, y', g theta, g thetaDot that the force drives at its end. Pushing towards the
   * surface y''' + 3a y'' + 3a² y' + a³ y = 0 and staying on it brings pole and cart home at the rate a.
   */
  expert(s, p) {
    const a = expertRate;
    const reach = (4 / 3) * p.poleHalfLength;
    const surface =
      p.gravity * s[3]! +
      3 * a * p.gravity * s[2]! +
      3 * a * a * (s[1]! + reach * s[3]!) +
      a * a * a * (s[0]! + reach * s[2]!);
    return surface > 0 === (p.mirrored === 0) ? 1 : 0;
  },
};
