// Lunar lander: set a craft with three engines down between two flags. The rules, numbers and quirks of Gymnasium's
// LunarLander-v3 (O. Klimov 2016), with equations of motion of our own in place of Box2D.
import { type NumberKnob, switchKnob } from '../../src/core/knobs.ts';
import { sin, tanh } from '../../src/core/math.ts';
import { type DiscreteWorld, rewardKnob } from '../environment.ts';
import { heading, unpack, velocity } from './bodies.ts';
import {
  hullCentre,
  hullInertia,
  hullMass,
  legDown,
  legSide,
  legTilt,
  padHeight,
  secondsPerStep,
  worldHeight,
  worldWidth,
} from './craft.ts';
import { fly } from './flight.ts';
import { shapeGround } from './ground.ts';
import { landerAt as at, bodySize, landerState } from './row.ts';

export type LanderParams = Readonly<{
  gravity: number;
  mainPower: number;
  sidePower: number;
  wind: number;
  windPower: number;
  turbulence: number;
  mirrored: number;
  distanceReward: number;
  speedReward: number;
  angleReward: number;
  legReward: number;
  mainFuelReward: number;
  sideFuelReward: number;
  crashReward: number;
  landingReward: number;
}>;

/** Newtons: how hard the craft is pushed at the start, at most, along each axis, for one step. */
const startForce = 1000;

/** Engine nozzles, from the hull's origin: the main one below, the side ones beside. The last two differ in the original. */
const mainBelow = 4 / 30;
const sideBeside = 12 / 30;
const sideShift = 17 / 30;
const sideAbove = 14 / 30;

/** The action as its engine, whatever the controls. */
export const engineOf = (action: number, p: LanderParams): number =>
  p.mirrored === 0 || (action & 1) === 0 ? action : 4 - action;

/** An impulse (px, py) on the hull, at (x, y) from its origin. */
function pushHull(px: number, py: number, x: number, y: number): void {
  velocity[0] = velocity[0]! + px / hullMass;
  velocity[1] = velocity[1]! + py / hullMass;
  const ax = x + hullCentre * heading[1]!;
  const ay = y - hullCentre * heading[0]!;
  velocity[2] = velocity[2]! + (ax * py - ay * px) / hullInertia;
}

/** An engine's push, shaken by the two draws that every step takes. */
function fire(engine: number, d0: number, d1: number, p: LanderParams): void {
  const c = heading[0]!;
  const s = heading[1]!;
  if (engine === 2) {
    const x = s * (mainBelow + 2 * d0) - c * d1;
    const y = -c * (mainBelow + 2 * d0) - s * d1;
    pushHull(-x * p.mainPower, -y * p.mainPower, x, y);
  } else {
    const beside = 3 * d1 + (engine - 2) * sideBeside;
    const x = s * d0 - c * beside;
    const y = -c * d0 - s * beside;
    pushHull(-x * p.sidePower, -y * p.sidePower, x - s * sideShift, y + c * sideAbove);
  }
}

const gust = (k: number): number => tanh(sin(0.02 * k) + sin(Math.PI * 0.01 * k));

/** What the wind does to the hull right now, as a part of its full power: push to the right, turn. */
export const windAt = (s: Float64Array): number => gust(s[at.wind]!);

function move(s: Float64Array, engine: number, d0: number, d1: number, p: LanderParams): void {
  unpack(s);
  if (p.wind !== 0 && s[at.down[0]] === 0 && s[at.down[1]] === 0) {
    velocity[0] = velocity[0]! + (gust(s[at.wind]!) * p.windPower * secondsPerStep) / hullMass;
    velocity[2] = velocity[2]! + (gust(s[at.turbulence]!) * p.turbulence * secondsPerStep) / hullInertia;
    s[at.wind] = s[at.wind]! + 1;
    s[at.turbulence] = s[at.turbulence]! + 1;
  }
  s[at.engine] = engine;
  if (engine !== 0) {
    fire(engine, d0, d1, p);
    const burnt = engine === 2 ? at.burntMain : at.burntSide;
    s[burnt] = s[burnt]! + 1;
  }
  const fall = p.gravity * secondsPerStep;
  velocity[1] = velocity[1]! - fall;
  velocity[4] = velocity[4]! - fall;
  velocity[7] = velocity[7]! - fall;
  fly(s);
}

const halfWidth = worldWidth / 2;
const halfHeight = worldHeight / 2;
/** Where the observation has its zero: a craft standing on the pad. */
const standing = padHeight + legDown;
const secondsToX = secondsPerStep * halfWidth;
const secondsToY = secondsPerStep * halfHeight;

const seenX = (s: Float64Array): number => (s[0]! - halfWidth) / halfWidth;
const seenY = (s: Float64Array): number => (s[1]! - standing) / halfHeight;

/** What the reward rewards an increase of. */
function shapingOf(s: Float64Array, p: LanderParams): number {
  const x = seenX(s);
  const y = seenY(s);
  const vx = s[3]! * secondsToX;
  const vy = s[4]! * secondsToY;
  return (
    -100 * p.distanceReward * Math.sqrt(x * x + y * y) -
    100 * p.speedReward * Math.sqrt(vx * vx + vy * vy) -
    100 * p.angleReward * Math.abs(s[2]!) +
    10 * p.legReward * (s[at.down[0]]! + s[at.down[1]]!)
  );
}

const outside = (s: Float64Array): boolean => Math.abs(seenX(s)) >= 1;
const shaken = (uniform: number): number => (2 * uniform - 1) / 30;

const knob = (
  label: string,
  unit: string,
  [least, usual, most]: readonly [number, number, number],
  step: number,
  help: string,
): NumberKnob => ({ kind: 'number', label, default: usual, min: least, max: most, step, unit, help });

export const lander: DiscreteWorld<LanderParams> = {
  id: 'lander',
  title: 'Lander',
  story:
    'A craft tumbles towards the Moon with one engine below and two small ones at its sides. Set it down on its legs ' +
    'between the flags, and burn little fuel. Falling is easy, hovering is dear, and the points for a landing come ' +
    'only once all is still: the first world here in which patience has to be learned.',
  state: landerState,
  observation: {
    shape: [8],
    names: ['x', 'height', 'speed x', 'speed y', 'angle', 'turning', 'right leg', 'left leg'],
    normalize: true,
  },
  action: {
    kind: 'discrete',
    names: ['coast', 'left', 'up', 'right'],
    keys: [null, 'ArrowLeft', 'ArrowUp', 'ArrowRight'],
  },
  maxSteps: 1000,
  solvedAt: 200,
  returnRange: [-800, 320],
  stepsPerSecond: 50,
  params: {
    gravity: knob('Gravity', 'm/s²', [1, 10, 12], 0.1, 'How hard the Moon pulls.'),
    mainPower: knob(
      'Main engine',
      'N s',
      [8, 13, 20],
      0.5,
      'Impulse of one step of the engine below, per metre of its arm.',
    ),
    sidePower: knob(
      'Side engines',
      'N s',
      [0.3, 0.6, 1.2],
      0.05,
      'Impulse of one step of an engine at the side, per metre of its arm.',
    ),
    wind: switchKnob('Wind', 'Gusts push and turn the craft while no leg stands on the ground.'),
    windPower: knob(
      'Wind power',
      'N',
      [0, 15, 20],
      0.5,
      'The strongest push to either side, when there is wind.',
    ),
    turbulence: knob('Turbulence', 'N m', [0, 1.5, 2], 0.1, 'The strongest twist, when there is wind.'),
    mirrored: switchKnob('Mirrored side engines', 'Left pushes right and right pushes left.'),
    distanceReward: rewardKnob(
      'Distance',
      'Points for coming nearer to the pad, 100 for half the width of the world.',
    ),
    speedReward: rewardKnob('Speed', 'Points for slowing down.'),
    angleReward: rewardKnob('Angle', 'Points for turning upright, 100 a radian.'),
    legReward: rewardKnob('Legs', 'Ten points for each leg that comes down, lost again when it lifts.'),
    mainFuelReward: rewardKnob('Main fuel', 'What a step of the main engine costs: 0.3 points.'),
    sideFuelReward: rewardKnob('Side fuel', 'What a step of a side engine costs: 0.03 points.'),
    crashReward: rewardKnob('Crash', 'What a crash or leaving the world costs: 100 points.'),
    landingReward: rewardKnob('Landing', 'What coming to rest is worth: 100 points.'),
  },
  variants: [
    { id: 'wind', title: 'Wind', params: { wind: 1 } },
    { id: 'low-gravity', title: 'Low gravity', params: { gravity: 6 } },
    { id: 'mirrored', title: 'Mirrored side engines', params: { mirrored: 1 } },
  ],
  labelled: false,

  /** Ends with a step of no engine, as in the original: legs snap to their hinges, and the first push acts. */
  reset(s, random, p) {
    s.fill(0);
    shapeGround(s, random);
    const pushX = startForce * (2 * random.next() - 1);
    const pushY = startForce * (2 * random.next() - 1);
    for (let body = 0; body < 3; body++) {
      const leg = body - 1;
      s[bodySize * body] = halfWidth - (leg < 0 ? 0 : (legSide[leg]! * 20) / 30);
      s[bodySize * body + 1] = worldHeight;
      s[bodySize * body + 2] = leg < 0 ? 0 : legTilt[leg]!;
    }
    s[3] = (pushX * secondsPerStep) / hullMass;
    s[4] = (pushY * secondsPerStep) / hullMass;
    if (p.wind !== 0) {
      s[at.wind] = random.integer(2 * 9999) - 9999;
      s[at.turbulence] = random.integer(2 * 9999) - 9999;
    }
    move(s, 0, shaken(random.next()), shaken(random.next()), p);
    s[at.shaping] = shapingOf(s, p);
  },

  step(s, action, random, p) {
    const engine = engineOf(action, p);
    const d0 = shaken(random.next());
    const d1 = shaken(random.next());
    move(s, engine, d0, d1, p);
    const shaping = shapingOf(s, p);
    const gained = shaping - s[at.shaping]!;
    s[at.shaping] = shaping;
    if (s[at.asleep] !== 0) return 100 * p.landingReward;
    if (s[at.crashed] !== 0 || outside(s)) return -100 * p.crashReward;
    if (engine === 0) return gained;
    return gained - (engine === 2 ? 0.3 * p.mainFuelReward : 0.03 * p.sideFuelReward);
  },

  terminated: (s) => s[at.crashed] !== 0 || s[at.asleep] !== 0 || outside(s),

  observe(s, obs, start) {
    obs[start] = seenX(s);
    obs[start + 1] = seenY(s);
    obs[start + 2] = s[3]! * secondsToX;
    obs[start + 3] = s[4]! * secondsToY;
    obs[start + 4] = s[2]!;
    obs[start + 5] = (20 * s[5]!) / 50;
    obs[start + 6] = s[at.down[0]]!;
    obs[start + 7] = s[at.down[1]]!;
  },

  /**
   * The original's own control law: two proportional-derivative controllers, one for the tilt and one for the height, of
   * which whichever is further off acts. Averages 241 points over 1000 flights (240 in Gymnasium), 93 % landed (92.5 %),
   * and 93 in wind (98).
   */
  expert(s, p) {
    const x = seenX(s);
    const vx = s[3]! * secondsToX;
    const vy = s[4]! * secondsToY;
    let tilt: number;
    let climb: number;
    if (s[at.down[0]] !== 0 || s[at.down[1]] !== 0) {
      tilt = 0;
      climb = -0.5 * vy;
    } else {
      const wanted = Math.min(0.4, Math.max(-0.4, 0.5 * x + vx));
      tilt = 0.5 * (wanted - s[2]!) - 0.4 * s[5]!;
      climb = 0.5 * (0.55 * Math.abs(x) - seenY(s)) - 0.5 * vy;
    }
    if (climb > Math.abs(tilt) && climb > 0.05) return 2;
    if (tilt < -0.05) return p.mirrored === 0 ? 3 : 1;
    if (tilt > 0.05) return p.mirrored === 0 ? 1 : 3;
    return 0;
  },
};
