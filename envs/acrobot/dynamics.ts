// Acrobot: two links hang from a bar, with a motor only at the elbow, like a gymnast on the high bar. Gymnasium's
// Acrobot-v1 (Sutton 1996; Sutton & Barto 2018) with every constant a parameter in SI units.
import { type NumberKnob, switchKnob } from '../../src/core/knobs.ts';
import { cos, sinCos } from '../../src/core/math.ts';
import { type DiscreteWorld, rewardKnob } from '../environment.ts';

export type AcrobotParams = Readonly<{
  gravity: number;
  upperMass: number;
  lowerMass: number;
  upperLength: number;
  lowerLength: number;
  inertia: number;
  torque: number;
  secondsPerStep: number;
  targetHeight: number;
  mirrored: number;
  nips: number;
  timeReward: number;
}>;

/**
 * Where each number stands in the row: the upper link's angle from hanging straight down, the lower link's from the
 * upper one's, and their speeds; radians (counter-clockwise) and radians per second.
 */
export const acrobotAt = { theta1: 0, theta2: 1, speed1: 2, speed2: 3 } as const;

// A sine written as Gymnasium writes it: hanging at rest, its rounding is what moves the links at all.
const quarter = Math.PI / 2;
/** Neither link turns faster, rad/s. */
export const fastest = [4 * Math.PI, 9 * Math.PI] as const;
/** Fresh episodes start with every number uniform in [-0.1, 0.1]. */
const startSpread = 0.1;

const metric = (
  label: string,
  unit: string,
  [least, usual, most]: readonly [number, number, number],
  step: number,
  help: string,
): NumberKnob => ({ kind: 'number', label, default: usual, min: least, max: most, step, unit, help });

/** Height of the lower link's end above the bar, m. */
export const tipHeight = (s: Float64Array, p: AcrobotParams): number =>
  -p.upperLength * cos(s[0]!) - p.lowerLength * cos(s[1]! + s[0]!);

function up(s: Float64Array, p: AcrobotParams): boolean {
  // cos x >= 1 - x²/2: with the elbow too low for even a straight lower link, no cosine need be asked.
  const highest = p.upperLength * ((s[0]! * s[0]!) / 2 - 1) + p.lowerLength;
  return highest > p.targetHeight && tipHeight(s, p) > p.targetHeight;
}

/** Torque at the elbow in N m: counter-clockwise for action 2, unless the controls are mirrored. */
export const torqueOf = (action: number, p: AcrobotParams): number =>
  (p.mirrored === 0 ? action - 1 : 1 - action) * p.torque;

// What `accelerate` found.
const found = new Float64Array(2);
const angle = new Float64Array(2);

/** The equations of motion ("book" or, from the 1996 paper, "nips"); centres of mass are half-way along the links. */
function accelerate(
  theta1: number,
  theta2: number,
  speed1: number,
  speed2: number,
  torque: number,
  p: AcrobotParams,
): void {
  const m1 = p.upperMass;
  const m2 = p.lowerMass;
  const l1 = p.upperLength;
  const c1 = 0.5 * l1;
  const c2 = 0.5 * p.lowerLength;
  sinCos(theta2, angle);
  const sine2 = angle[0]!;
  const cosine2 = angle[1]!;
  const own2 = m2 * (c2 * c2) + p.inertia;
  const coupling = m2 * l1 * c2;
  const d1 = m1 * (c1 * c1) + m2 * (l1 * l1 + c2 * c2 + 2 * l1 * c2 * cosine2) + 2 * p.inertia;
  const d2 = own2 + coupling * cosine2;
  sinCos(theta1 + theta2 - quarter, angle);
  const phi2 = m2 * c2 * p.gravity * angle[1]!;
  sinCos(theta1 - quarter, angle);
  const phi1 =
    -coupling * speed2 * speed2 * sine2 -
    2 * coupling * speed2 * speed1 * sine2 +
    (m1 * c1 + m2 * l1) * p.gravity * angle[1]! +
    phi2;
  const swing = p.nips === 0 ? coupling * speed1 * speed1 * sine2 : 0;
  const acceleration2 = (torque + (d2 / d1) * phi1 - swing - phi2) / (own2 - (d2 * d2) / d1);
  found[1] = acceleration2;
  found[0] = -(d2 * acceleration2 + phi1) / d1;
}

const clipped = (x: number, most: number): number => Math.min(Math.max(x, -most), most);

/** Back to within half a turn; by repeated subtraction, as Gymnasium does, unless that would take long. */
function wrapped(angle: number): number {
  const turn = 2 * Math.PI;
  let x = Math.abs(angle) > 100 ? angle % turn : angle;
  while (x > Math.PI) x -= turn;
  while (x < -Math.PI) x += turn;
  return x;
}

/** One Runge-Kutta step of fourth order, then angles wrapped and speeds clipped. */
function move(s: Float64Array, torque: number, p: AcrobotParams): void {
  const theta1 = s[0]!;
  const theta2 = s[1]!;
  const u1 = s[2]!;
  const u2 = s[3]!;
  const dt = p.secondsPerStep;
  const half = dt / 2;
  accelerate(theta1, theta2, u1, u2, torque, p);
  const a1 = found[0]!;
  const a2 = found[1]!;
  const v1 = u1 + half * a1;
  const v2 = u2 + half * a2;
  accelerate(theta1 + half * u1, theta2 + half * u2, v1, v2, torque, p);
  const b1 = found[0]!;
  const b2 = found[1]!;
  const w1 = u1 + half * b1;
  const w2 = u2 + half * b2;
  accelerate(theta1 + half * v1, theta2 + half * v2, w1, w2, torque, p);
  const c1 = found[0]!;
  const c2 = found[1]!;
  const x1 = u1 + dt * c1;
  const x2 = u2 + dt * c2;
  accelerate(theta1 + dt * w1, theta2 + dt * w2, x1, x2, torque, p);
  const sixth = dt / 6;
  s[0] = wrapped(theta1 + sixth * (u1 + 2 * v1 + 2 * w1 + x1));
  s[1] = wrapped(theta2 + sixth * (u2 + 2 * v2 + 2 * w2 + x2));
  s[2] = clipped(u1 + sixth * (a1 + 2 * b1 + 2 * c1 + found[0]!), fastest[0]);
  s[3] = clipped(u2 + sixth * (a2 + 2 * b2 + 2 * c2 + found[1]!), fastest[1]);
}

/** Kinetic and potential energy of both links, J. */
function energyOf(s: Float64Array, p: AcrobotParams): number {
  const c2 = p.lowerLength / 2;
  const coupling = p.lowerMass * p.upperLength * c2 * cos(s[1]!);
  const own1 = (p.upperMass * (p.upperLength * p.upperLength)) / 4 + p.inertia;
  const own2 = p.lowerMass * (c2 * c2) + p.inertia;
  const carried = own1 + own2 + p.lowerMass * (p.upperLength * p.upperLength) + 2 * coupling;
  const u1 = s[2]!;
  const u2 = s[3]!;
  const kinetic = (carried * u1 * u1) / 2 + (own2 + coupling) * u1 * u2 + (own2 * u2 * u2) / 2;
  const upper = (p.upperMass / 2 + p.lowerMass) * p.upperLength * cos(s[0]!);
  return kinetic - p.gravity * (upper + p.lowerMass * c2 * cos(s[0]! + s[1]!));
}

/** Steps that the expert thinks ahead. */
const foresight = 15;
const imagined = new Float64Array(4);

/** How good it is to bend in `direction` (-1, 0, 1) now and against the upper link's swing ever after. */
function promise(s: Float64Array, direction: number, p: AcrobotParams): number {
  for (let i = 0; i < 4; i++) imagined[i] = s[i]!;
  let torque = direction * p.torque;
  for (let t = 0; t < foresight; t++) {
    move(imagined, torque, p);
    // Any arrival beats any energy; of arrivals the earlier one, then the higher one.
    if (up(imagined, p)) return 1e9 * (foresight - t) + tipHeight(imagined, p);
    torque = imagined[2]! < 0 ? p.torque : -p.torque;
  }
  return energyOf(imagined, p);
}

export const acrobot: DiscreteWorld<AcrobotParams> = {
  id: 'acrobot',
  title: 'Acrobot',
  story:
    'A gymnast on the high bar: two links, and a motor only where they meet. The hands hold on but cannot turn, so all the ' +
    'swing must come from bending at the right moment. Every step costs a point until the tip passes the line; six numbers ' +
    'in, three torques out, and a motion that looks chaotic until it is understood.',
  state: ['theta1', 'theta2', 'speed1', 'speed2'],
  observation: {
    shape: [6],
    names: ['upper cosine', 'upper sine', 'lower cosine', 'lower sine', 'upper speed', 'lower speed'],
    normalize: true,
  },
  action: {
    kind: 'discrete',
    names: ['clockwise', 'no torque', 'counter-clockwise'],
    keys: ['ArrowLeft', null, 'ArrowRight'],
  },
  maxSteps: 500,
  solvedAt: -100,
  returnRange: [-500, 0],
  stepsPerSecond: 15,
  params: {
    gravity: metric('Gravity', 'm/s²', [1, 9.8, 25], 0.01, 'How hard both links are pulled down.'),
    upperMass: metric('Upper mass', 'kg', [0.2, 1, 3], 0.01, 'Of the link that hangs from the bar.'),
    lowerMass: metric('Lower mass', 'kg', [0.2, 1, 3], 0.01, 'Of the link that hangs from the elbow.'),
    upperLength: metric(
      'Upper length',
      'm',
      [0.5, 1, 2],
      0.01,
      'From bar to elbow; its centre of mass is half-way.',
    ),
    lowerLength: metric(
      'Lower length',
      'm',
      [0.5, 1, 2],
      0.01,
      'From elbow to tip; its centre of mass is half-way.',
    ),
    inertia: metric('Inertia', 'kg m²', [0.1, 1, 3], 0.01, 'Of each link about its own centre.'),
    torque: metric('Torque', 'N m', [0.2, 1, 5], 0.1, 'How hard the elbow bends.'),
    secondsPerStep: metric('Time step', 's', [0.05, 0.2, 0.3], 0.01, 'Time between two decisions.'),
    targetHeight: metric('Line', 'm', [-0.5, 1, 1.8], 0.1, 'How far above the bar the tip has to get.'),
    mirrored: switchKnob('Mirrored controls', 'The elbow bends the other way round.'),
    nips: switchKnob(
      'Equations of 1996',
      "Those printed in Sutton's first paper, which leave out one term: the upper link's swing throws the lower one no more.",
    ),
    timeReward: rewardKnob('Time', 'Every step but the arriving one costs one point times this.'),
  },
  variants: [
    { id: 'weak', title: 'Weak elbow', params: { torque: 0.8 } },
    { id: 'heavy-legs', title: 'Heavy lower link', params: { lowerMass: 1.3 } },
    { id: 'mirrored', title: 'Mirrored controls', params: { mirrored: 1 } },
  ],
  labelled: false,

  reset(s, random) {
    for (let i = 0; i < 4; i++) s[i] = Math.fround((2 * random.next() - 1) * startSpread);
  },

  step(s, action, _random, p) {
    move(s, torqueOf(action, p), p);
    return up(s, p) ? 0 : -p.timeReward;
  },

  terminated: up,

  observe(s, obs, at) {
    sinCos(s[0]!, angle);
    obs[at] = angle[1]!;
    obs[at + 1] = angle[0]!;
    sinCos(s[1]!, angle);
    obs[at + 2] = angle[1]!;
    obs[at + 3] = angle[0]!;
    obs[at + 4] = s[2]!;
    obs[at + 5] = s[3]!;
  },

  /**
   * A rollout (Tesauro & Galperin 1997): each torque is tried in thought, with bending against the upper link's swing
   * ever after, which alone takes 84 steps on average. The one that gets the tip up first is taken or, while none does
   * within `foresight`, the one that gathers most energy. Takes 70 steps.
   */
  expert(s, p) {
    let best = 1;
    let most = -Infinity;
    for (let action = 0; action < 3; action++) {
      const worth = promise(s, action - 1, p);
      if (worth > most) {
        most = worth;
        best = action;
      }
    }
    return p.mirrored === 0 ? best : 2 - best;
  },
};
