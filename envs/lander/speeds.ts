// One step of the velocities. The three bodies hang together at one point, the hinge of both legs, so their speeds are
// five numbers: those of that point and three turning rates. Hinges therefore hold exactly. Each leg is in one of a few
// modes (held at a rate, or yielding to more than its motor can do); for given modes only contact and friction are left
// to be found, by sequential impulses until nothing changes any more (projected Gauss-Seidel, Catto 2005).
import { heading, pose, velocity } from './bodies.ts';
import * as touch from './contacts.ts';
import {
  friction,
  hingeHigh,
  hingeLow,
  hingeX,
  hingeY,
  hullCentre,
  hullInertia,
  hullMass,
  legInertia,
  legMass,
  motorImpulse,
  motorRate,
} from './craft.ts';

const mass = [hullMass, legMass, legMass] as const;
const inertia = [hullInertia, legInertia, legInertia] as const;
const totalMass = hullMass + 2 * legMass;
const hullAtHinge = hullInertia + hullMass * hullCentre * hullCentre;
const legAtHinge = legInertia + legMass * (hingeX[0] * hingeX[0] + hingeY * hingeY);

/** From the hinge to each body's centre of mass. */
const armX = new Float64Array(3);
const armY = new Float64Array(3);
/** Mass times the velocity that turning at 1 gives each centre of mass. */
const pullX = new Float64Array(3);
const pullY = new Float64Array(3);
/** Angular momentum of each body about the hinge, and momentum of all, as the step begins. */
const spin = new Float64Array(3);
const momentum = new Float64Array(2);

function gather(): void {
  armX[0] = -heading[1]! * hullCentre;
  armY[0] = heading[0]! * hullCentre;
  for (let leg = 0; leg < 2; leg++) {
    const c = heading[2 * leg + 2]!;
    const s = heading[2 * leg + 3]!;
    armX[leg + 1] = s * hingeY - c * hingeX[leg]!;
    armY[leg + 1] = -s * hingeX[leg]! - c * hingeY;
  }
  let px = 0;
  let py = 0;
  for (let i = 0; i < 3; i++) {
    const m = mass[i]!;
    const vx = velocity[3 * i]!;
    const vy = velocity[3 * i + 1]!;
    pullX[i] = -m * armY[i]!;
    pullY[i] = m * armX[i]!;
    spin[i] = inertia[i]! * velocity[3 * i + 2]! + pullX[i]! * vx + pullY[i]! * vy;
    px += m * vx;
    py += m * vy;
  }
  momentum[0] = px;
  momentum[1] = py;
}

/** -1, 0, 1: the leg stood at its lower stop, at neither, at its upper one when the step began. */
export const stop = new Int8Array(2);
/** What each motor gave in the last step, N m s; kept in the row from step to step. */
export const motor = new Float64Array(2);

// What a hinge does. Held: it turns at a given rate, whatever that takes. Loaded: a foot on the ground feels a motor
// that changes its mind slowly. Yielding and braking: the motor gives all it can, for or against its own direction.
const held = 0;
const loaded = 1;
const yielding = 2;
const braking = 3;
const atFarStop = 4;
const mode = new Int8Array(2);
const motorSign = [Math.sign(motorRate[0]), Math.sign(motorRate[1])] as const;
const rated = Math.abs(motorRate[0]);
/** 1 where a foot is on the ground. */
const onGround = new Uint8Array(2);
const isHeld = (leg: number): boolean => mode[leg] === held || mode[leg] === atFarStop;

/**
 * How much a loaded motor's impulse changes for each radian a second that it is off its rate. Box2D solves its motor by
 * 180 small corrections of 0.0018 each: with a leg in the air that is as good as exact, with the hull's weight on it the
 * motor lags behind by several steps, and landings bounce accordingly.
 */
const grip = 180 / (1 / hullInertia + 1 / legInertia);

/** The rate at which a held hinge turns: none where the motor only presses it against its stop. */
const heldRate = (leg: number): number =>
  mode[leg] === atFarStop || stop[leg] === motorSign[leg] ? 0 : motorRate[leg]!;

/** What a loaded motor gives, in its own direction, when it turns at `rate` in that direction. */
const loadedGives = (leg: number, rate: number): number =>
  motor[leg]! * motorSign[leg]! + grip * (rated - rate);

/** The most a motor gives while a stop keeps it from turning. */
const pressing = (leg: number): number =>
  onGround[leg] === 1 ? Math.min(motorImpulse, loadedGives(leg, 0)) : motorImpulse;

/** Speed of the hinge's point, then the three turning rates. */
const speed = new Float64Array(5);
// The equations for the modes as they are, legs that are held counted as part of the hull.
const turning = new Float64Array(3);
const dragX = new Float64Array(3);
const dragY = new Float64Array(3);
/** How strongly a leg's turning and the hull's are tied by a loaded motor. */
const tie = new Float64Array(3);
/** Inverse of the mass that the hinge's point feels: xx, xy, yy. */
const ease = new Float64Array(3);

/** Writes to out[at...] the speeds that a push (x, y) at the hinge and turns of the three bodies cause. */
function solve(
  out: Float64Array,
  at: number,
  x: number,
  y: number,
  s0: number,
  s1: number,
  s2: number,
): void {
  const t1 = s1 / turning[1]!;
  const t2 = s2 / turning[2]!;
  const t0 = (s0 + tie[1]! * t1 + tie[2]! * t2) / turning[0]!;
  const px = x - dragX[0]! * t0 - dragX[1]! * t1 - dragX[2]! * t2;
  const py = y - dragY[0]! * t0 - dragY[1]! * t1 - dragY[2]! * t2;
  const vx = ease[0]! * px + ease[1]! * py;
  const vy = ease[1]! * px + ease[2]! * py;
  const w0 = t0 - (dragX[0]! * vx + dragY[0]! * vy) / turning[0]!;
  out[at] = vx;
  out[at + 1] = vy;
  out[at + 2] = w0;
  out[at + 3] = isHeld(0) ? w0 : t1 + (tie[1]! * w0 - dragX[1]! * vx - dragY[1]! * vy) / turning[1]!;
  out[at + 4] = isHeld(1) ? w0 : t2 + (tie[2]! * w0 - dragX[2]! * vx - dragY[2]! * vy) / turning[2]!;
}

/** What the motor gives however fast it turns, before `grip` times what it does turn is taken away. */
function motorBase(leg: number): number {
  const sign = motorSign[leg]!;
  if (mode[leg] === loaded) return motor[leg]! + grip * motorRate[leg]!;
  return mode[leg] === yielding ? sign * motorImpulse : -sign * motorImpulse;
}

const turned = new Float64Array(3);

/** Masses and speeds without contact, for the modes as they are. */
function assemble(): void {
  let px = momentum[0]!;
  let py = momentum[1]!;
  turning[0] = hullAtHinge;
  dragX[0] = pullX[0]!;
  dragY[0] = pullY[0]!;
  let xx = totalMass;
  let xy = 0;
  let yy = totalMass;
  turned[0] = spin[0]!;
  turned[1] = 0;
  turned[2] = 0;
  for (let leg = 0; leg < 2; leg++) {
    const i = leg + 1;
    const x = pullX[i]!;
    const y = pullY[i]!;
    tie[i] = 0;
    if (isHeld(leg)) {
      const rate = heldRate(leg);
      turning[0] = turning[0]! + legAtHinge;
      dragX[0] = dragX[0]! + x;
      dragY[0] = dragY[0]! + y;
      px -= x * rate;
      py -= y * rate;
      turned[0] = turned[0]! + spin[i]! - legAtHinge * rate;
      dragX[i] = 0;
      dragY[i] = 0;
      turning[i] = 1;
    } else {
      const base = motorBase(leg);
      const k = mode[leg] === loaded ? grip : 0;
      const all = legAtHinge + k;
      tie[i] = k;
      turning[0] = turning[0]! + (k * legAtHinge) / all;
      dragX[0] = dragX[0]! + (x * k) / all;
      dragY[0] = dragY[0]! + (y * k) / all;
      turned[0] = turned[0]! - base;
      turned[i] = spin[i]! + base;
      dragX[i] = x;
      dragY[i] = y;
      turning[i] = all;
      xx -= (x * x) / all;
      xy -= (x * y) / all;
      yy -= (y * y) / all;
    }
  }
  const d = 1 / turning[0]!;
  xx -= dragX[0]! * dragX[0]! * d;
  xy -= dragX[0]! * dragY[0]! * d;
  yy -= dragY[0]! * dragY[0]! * d;
  const det = 1 / (xx * yy - xy * xy);
  ease[0] = yy * det;
  ease[1] = -xy * det;
  ease[2] = xx * det;
  solve(speed, 0, px, py, turned[0]!, turned[1]!, turned[2]!);
  for (let leg = 0; leg < 2; leg++) if (isHeld(leg)) speed[3 + leg] = speed[3 + leg]! + heldRate(leg);
}

// Two rows for each point of contact: along its normal, and along the ground.
const mostRows = 2 * touch.mostPoints;
/** What a unit of the row's impulse does to the five speeds. */
const effect = new Float64Array(5 * mostRows);
/** 1 / (change of the row's own speed by a unit of impulse). */
const weight = new Float64Array(mostRows);
const impulse = new Float64Array(mostRows);
/** The row's own speed is along (alongX, alongY) at the hinge, and `lever` times a leg's turning rate. */
const alongX = new Float64Array(mostRows);
const alongY = new Float64Array(mostRows);
const lever = new Float64Array(mostRows);

function preparePoint(k: number): void {
  const body = touch.pointBody[k]!;
  const x = touch.pointX[k]! - pose[3 * body]! + armX[body]!;
  const y = touch.pointY[k]! - pose[3 * body + 1]! + armY[body]!;
  const nx = touch.awayX[k]!;
  const ny = touch.awayY[k]!;
  const row = 2 * k;
  alongX[row] = nx;
  alongY[row] = ny;
  lever[row] = x * ny - y * nx;
  alongX[row + 1] = ny;
  alongY[row + 1] = -nx;
  lever[row + 1] = -x * nx - y * ny;
  impulse[row] = 0;
  impulse[row + 1] = 0;
}

/** Finds what a row does to the speeds in the modes as they are, and lets the impulse found so far act again. */
function respond(row: number, body: number): void {
  const x = alongX[row]!;
  const y = alongY[row]!;
  const arm = lever[row]!;
  const at = 5 * row;
  if (isHeld(body - 1)) solve(effect, at, x, y, arm, 0, 0);
  else solve(effect, at, x, y, 0, body === 1 ? arm : 0, body === 2 ? arm : 0);
  weight[row] = 1 / (x * effect[at]! + y * effect[at + 1]! + arm * effect[at + 2 + body]!);
  const so = impulse[row]!;
  if (so !== 0) push(row, so);
}

function push(row: number, by: number): void {
  const at = 5 * row;
  for (let k = 0; k < 5; k++) speed[k] = speed[k]! + effect[at + k]! * by;
}

/** Changes a row's impulse so that it stops its own speed, within bounds; returns by how much. */
function solveRow(row: number, body: number, low: number, high: number): number {
  const along = alongX[row]! * speed[0]! + alongY[row]! * speed[1]! + lever[row]! * speed[2 + body]!;
  const before = impulse[row]!;
  const wanted = before - weight[row]! * along;
  const after = wanted < low ? low : wanted > high ? high : wanted;
  const by = after - before;
  if (by === 0) return 0;
  impulse[row] = after;
  push(row, by);
  return Math.abs(by);
}

const mostRounds = 100;
/** N s; a leg's weight acts with 0.014 in a step. */
const settled = 1e-7;
const unbounded = 1e9;

function solveContacts(): void {
  const { points } = touch;
  for (let k = 0; k < points; k++) {
    respond(2 * k, touch.pointBody[k]!);
    respond(2 * k + 1, touch.pointBody[k]!);
  }
  for (let round = 0; round < mostRounds; round++) {
    let change = 0;
    for (let k = 0; k < points; k++) {
      const body = touch.pointBody[k]!;
      const most = friction * impulse[2 * k]!;
      // Friction up to its share of the push so far, then the push itself, which never pulls.
      change = Math.max(change, solveRow(2 * k + 1, body, -most, most));
      change = Math.max(change, solveRow(2 * k, body, 0, unbounded));
    }
    if (change < settled) break;
  }
}

/** What a held hinge had to give. */
function hingeImpulse(leg: number): number {
  const i = leg + 1;
  let given = pullX[i]! * speed[0]! + pullY[i]! * speed[1]! + legAtHinge * speed[2 + i]! - spin[i]!;
  for (let k = 0; k < touch.points; k++) {
    if (touch.pointBody[k] !== i) continue;
    given -= lever[2 * k]! * impulse[2 * k]! + lever[2 * k + 1]! * impulse[2 * k + 1]!;
  }
  return given;
}

const hair = 1e-9;

/** The mode that fits what came out when `mode` was assumed; all in the motor's own direction. */
function fittingMode(leg: number): number {
  const sign = motorSign[leg]!;
  const pressed = stop[leg] === sign;
  const before = mode[leg]!;
  const free = onGround[leg] === 1 ? loaded : yielding;
  if (before === held) {
    const given = hingeImpulse(leg) * sign;
    if (pressed) return given > pressing(leg) + hair ? free : held;
    return given > motorImpulse + hair ? yielding : given < -motorImpulse - hair ? braking : held;
  }
  if (before === atFarStop) return hingeImpulse(leg) * sign < pressing(leg) - hair ? free : before;
  const rate = (speed[3 + leg]! - speed[2]!) * sign;
  if (pressed && rate > hair) return held;
  if (stop[leg] === -sign && rate < -hair) return atFarStop;
  if (onGround[leg] === 0) {
    const wrong = before === yielding ? rate > rated + hair : rate < rated - hair;
    return wrong && !pressed ? held : before;
  }
  const gives = loadedGives(leg, rate);
  if (gives > motorImpulse + hair) return yielding;
  return gives < -motorImpulse - hair ? braking : loaded;
}

/** What the motor itself gave, to begin the next step with. */
function noteMotor(leg: number): void {
  const sign = motorSign[leg]!;
  const now = mode[leg]!;
  if (now === atFarStop || (now === held && stop[leg] === sign)) {
    motor[leg] = sign * Math.min(motorImpulse, loadedGives(leg, 0));
  } else if (now === held) motor[leg] = hingeImpulse(leg);
  else if (now === loaded) motor[leg] = motorBase(leg) - grip * (speed[3 + leg]! - speed[2]!);
  else motor[leg] = motorBase(leg);
}

const mostChanges = 8;

export function moveSpeeds(): void {
  gather();
  onGround.fill(0);
  for (let k = 0; k < touch.points; k++) {
    onGround[touch.pointBody[k]! - 1] = 1;
    preparePoint(k);
  }
  for (let leg = 0; leg < 2; leg++) {
    const bend = pose[3 * leg + 5]! - pose[2]!;
    stop[leg] = bend <= hingeLow[leg]! ? -1 : bend >= hingeHigh[leg]! ? 1 : 0;
    mode[leg] = onGround[leg] === 0 || stop[leg] === motorSign[leg] ? held : loaded;
  }
  for (let change = 0; change < mostChanges; change++) {
    assemble();
    if (touch.points > 0) solveContacts();
    const right = fittingMode(0);
    const left = fittingMode(1);
    if (right === mode[0] && left === mode[1]) break;
    mode[0] = right;
    mode[1] = left;
  }
  noteMotor(0);
  noteMotor(1);
  for (let i = 0; i < 3; i++) {
    const rate = speed[2 + i]!;
    velocity[3 * i] = speed[0]! - rate * armY[i]!;
    velocity[3 * i + 1] = speed[1]! + rate * armX[i]!;
    velocity[3 * i + 2] = rate;
  }
}
