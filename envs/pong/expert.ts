// Good play of Pong, for either side: it plays the ball on in its head, stands where it will come, and of the three
// ways to hit it (moving up, down, or still) takes the one that the other side is furthest from reaching.
import {
  ballSize,
  clampTo,
  directionOf,
  down,
  fieldHeight,
  fieldWidth,
  follow,
  nobody,
  type PongParams,
  playFrame,
  pongAt,
  type Side,
  stateNames,
  stay,
  up,
} from './table.ts';

const at = pongAt;
const actions = [stay, up, down] as const;

// The future being tried, in which the thinking side is always the right one.
const now = new Float64Array(stateNames.length);
const met = new Float64Array(stateNames.length);
const tried = new Float64Array(stateNames.length);

/** Longest flight looked at, in frames: across the field and back, at the slowest ball. */
const longestFlight = 600;

function look(s: Float64Array, side: Side, out: Float64Array): void {
  out.set(s);
  if (side === 1) return;
  out[at.paddle] = s[at.paddle + 1]!;
  out[at.paddle + 1] = s[at.paddle]!;
  out[at.ballX] = fieldWidth - ballSize - s[at.ballX]!;
  out[at.speedX] = -s[at.speedX]!;
}

/** Where a paddle's top has to be for its middle to be at the ball's; in a corner it cannot quite be there. */
const behind = (s: Float64Array, p: PongParams): number => s[at.ballY]! + (ballSize - p.paddleHeight) / 2;

const withinField = (top: number, p: PongParams): number => clampTo(top, 0, fieldHeight - p.paddleHeight);

/** Plays `s` on until the right side returns the ball; returns after how many frames, or 0 if it is never asked to. */
function untilMet(s: Float64Array, p: PongParams): number {
  const before = s[at.hits + 1]!;
  for (let frame = 1; frame <= longestFlight; frame++) {
    s[at.paddle + 1] = withinField(behind(s, p), p);
    if (playFrame(s, stay, follow, p) !== nobody) return 0;
    if (s[at.hits + 1]! > before) return frame;
  }
  return 0;
}

/** How good it is to have hit the ball with that spin: how far the other side is from it when it arrives. */
function worth(from: Float64Array, speedY: number, p: PongParams): number {
  tried.set(from);
  tried[at.speedY] = speedY;
  const before = tried[at.hits]!;
  let gap = 0;
  for (let frame = 0; frame < longestFlight; frame++) {
    const winner = playFrame(tried, stay, follow, p);
    const middle = tried[at.ballY]! + ballSize / 2 - tried[at.paddle]! - p.paddleHeight / 2;
    gap = Math.abs(middle);
    if (winner !== nobody) return 1000 + gap;
    if (tried[at.hits]! > before) break;
  }
  // Not won yet: a fast ball is what wins later.
  return 10 * Math.abs(speedY) + gap;
}

/** A good action for that side. */
export function expertFrom(s: Float64Array, side: Side, p: PongParams): number {
  look(s, side, now);
  met.set(now);
  const frames = untilMet(met, p);
  if (frames === 0) return towards(now[at.paddle + 1]!, (fieldHeight - p.paddleHeight) / 2, p);
  const skip = p.frameSkip;
  const wait = Math.floor((frames - 1) / skip); // whole steps before the one in which it is met
  const moving = frames - wait * skip; // frames of that one until then
  const stands = now[at.paddle + 1]!;
  const ideal = behind(met, p);
  const reach = wait * skip * p.paddleSpeed;
  // Half of both heights: further apart than this, paddle and ball miss each other. A little is kept in hand.
  const slack = (p.paddleHeight + ballSize) / 2 - 4;
  let best = Number.NEGATIVE_INFINITY;
  let choice: number = stay;
  let target = ideal;
  for (const action of actions) {
    const moved = directionOf(action) * p.paddleSpeed * moving;
    const wanted = withinField(ideal - moved, p);
    const from = clampTo(wanted, stands - reach, stands + reach);
    const off = Math.abs(withinField(from + moved, p) - ideal);
    const spun = clampTo(met[at.speedY]! + p.spin * directionOf(action), -p.maxSpin, p.maxSpin);
    const value = off > slack ? -off : worth(met, spun, p);
    if (value > best) {
      best = value;
      choice = action;
      target = wanted;
    }
  }
  return wait === 0 ? choice : towards(stands, target, p);
}

/** The action that brings a paddle's top nearer to `target`, unless a whole step would carry it further away. */
function towards(top: number, target: number, p: PongParams): number {
  const away = target - top;
  if (Math.abs(away) <= (p.paddleSpeed * p.frameSkip) / 2) return stay;
  return away < 0 ? up : down;
}
