// Driver: a car on a closed track that feels the road's edges by rays. The kinematic bicycle of HighwayEnv (Leurent 2018) in
// a car of 1.9 m by 4.5 m, with tyres that can do only so much at once (Kamm's circle); rewards as in CarRacing: a
// thousand for a lap, a tenth less every step, a hundred less for leaving the road.
import { type NumberKnob, switchKnob } from '../../src/core/knobs.ts';
import { cos, sin } from '../../src/core/math.ts';
import { type ContinuousWorld, rewardKnob } from '../environment.ts';
import { firstTestTrack, mostTracks } from './circuits.ts';
import { drawingProblem } from './drawn.ts';
import { drive, type Handling } from './expert.ts';
import { alongOf, cellOf, offRoad, type Road, rayTo, roadOf } from './road.ts';

export type DriverParams = Readonly<{
  tracks: number;
  unseen: number;
  track: string;
  roadWidth: number;
  grip: number;
  startSpeed: number;
  topSpeed: number;
  acceleration: number;
  braking: number;
  fullLockDegrees: number;
  steeringSpeedDegrees: number;
  rayRange: number;
  mirrored: number;
  progressReward: number;
  timeReward: number;
  offRoadReward: number;
}>;

/**
 * Where each number stands in the row. Metres, metres per second, radians; the direction is a unit vector. `progress` is how
 * far along the centre line the car has come; `slide` how much more the tyres were asked for than they have, 0 if less.
 */
export const driverAt = {
  track: 0,
  x: 1,
  y: 2,
  dirX: 3,
  dirY: 4,
  speed: 5,
  steering: 6,
  progress: 7,
  slide: 8,
  off: 9,
} as const;
const at = driverAt;

export const car = { length: 4.5, width: 1.9 } as const; // m
export const secondsPerStep = 0.05;
const gravity = 9.81; // m/s²
const lapReward = 1000;
const stepReward = -0.1;
const offReward = -100;
/** The car starts on the line, this far beside the middle at most, as a share of half the road. */
const startSpread = 0.25;
/** Share of the grip that gas or brakes may take: anti-lock brakes and traction control leave some to steer with. */
const forPedals = 0.9;

/** Angles of the rays from straight ahead, positive to the right. */
export const rayAngles: readonly number[] = Array.from({ length: 13 }, (_, i) => ((i - 6) * Math.PI) / 12);
const rayCos = Float64Array.from(rayAngles, cos);
const raySin = Float64Array.from(rayAngles, sin);

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** The cell of its road that a car is in: near where its progress says. */
function cellAt(s: Float64Array, road: Road): number {
  const whole = Math.floor(s[at.progress]! / road.spacing) % road.count;
  return cellOf(road, s[at.x]!, s[at.y]!, whole < 0 ? whole + road.count : whole);
}

/** Metres per second squared that the tyres can do. */
const gripOf = (p: DriverParams): number => p.grip * gravity;

/** Where the front wheels are asked to turn, in radians to the right. */
export const wheelsAsked = (steering: number, p: DriverParams): number =>
  (p.mirrored === 0 ? steering : -steering) * radians(p.fullLockDegrees);

/** Sine of the angle between where the car points and where it goes when nothing slides; tan beta = tan(wheels) / 2. */
function sineOfBeta(wheels: number): number {
  const half = (0.5 * sin(wheels)) / cos(wheels);
  return half / Math.sqrt(1 + half * half);
}

/** Curvature in 1/m, to the right, of the way that the car takes with wheels like that, neither gas nor brakes. */
export const bendOf = (wheels: number, speed: number, p: DriverParams): number => {
  const most = gripOf(p) / (speed * speed + 1e-9);
  return clamp(sineOfBeta(wheels) / (car.length / 2), -most, most);
};

const metric = (
  label: string,
  unit: string,
  [least, usual, most]: readonly [number, number, number],
  step: number,
  help: string,
): NumberKnob => ({ kind: 'number', label, default: usual, min: least, max: most, step, unit, help });

export const driver: ContinuousWorld<DriverParams> = {
  id: 'driver',
  title: 'Driver',
  story:
    'A car feels the edges of the road with thirteen rays and knows its speed, nothing more. Each metre forward is paid, each ' +
    'tenth of a second costs, and leaving the road ends it: too slow runs out of time, too fast runs out of road. Let it ' +
    'learn on one track and then show it another, and you see whether it has learned to drive or learned a track by heart.',
  state: ['track', 'x', 'y', 'dirX', 'dirY', 'speed', 'steering', 'progress', 'slide', 'off'],
  observation: {
    shape: [15],
    names: [
      ...rayAngles.map((_, i) =>
        i === 6 ? 'ahead' : `${Math.abs(i - 6) * 15}° ${i < 6 ? 'left' : 'right'}`,
      ),
      'speed',
      'wheels',
    ],
    normalize: true,
  },
  action: {
    kind: 'continuous',
    axes: [
      {
        name: 'steering',
        unit: '',
        low: -1,
        high: 1,
        keys: ['ArrowLeft', 'ArrowRight'],
        does: ['left', 'right'],
      },
      { name: 'pedals', unit: '', low: -1, high: 1, keys: ['ArrowDown', 'ArrowUp'], does: ['brake', 'gas'] },
    ],
  },
  maxSteps: 1000,
  solvedAt: 900,
  returnRange: [-250, 1000],
  stepsPerSecond: 1 / secondsPerStep,
  params: {
    tracks: {
      ...metric(
        'Training tracks',
        '',
        [1, 100, mostTracks],
        1,
        'How many tracks a run draws from. A brain that knew only a few is lost on any other.',
      ),
      scale: 'log',
    },
    unseen: switchKnob(
      'Unseen tracks',
      'Draw from test tracks instead, which no number of training tracks contains. Only a brain that has learned to drive is at home there.',
    ),
    track: {
      kind: 'drawing',
      label: 'Your track',
      default: '',
      problem: drawingProblem,
      help: 'A closed track drawn on the picture; it replaces all others. Empty: tracks come by number.',
    },
    roadWidth: metric('Road width', 'm', [4, 8, 12], 0.5, 'From edge to edge; the car is 1.9 m wide.'),
    grip: metric(
      'Grip',
      'g',
      [0.3, 1, 2],
      0.05,
      'How hard the tyres can push the car, in times its weight: about 1 on dry asphalt, 0.5 in rain, 0.3 on snow.',
    ),
    startSpeed: metric(
      'Starting speed',
      'm/s',
      [0, 10, 20],
      1,
      'How fast the car crosses the line at the start; from a stand there is nothing to steer yet.',
    ),
    topSpeed: metric('Top speed', 'm/s', [8, 25, 40], 1, '25 m/s are 90 km/h.'),
    acceleration: metric('Acceleration', 'm/s²', [1, 5, 10], 0.5, 'Of full gas, as far as the tyres hold.'),
    braking: metric('Braking', 'm/s²', [2, 8, 12], 0.5, 'Of full brakes, as far as the tyres hold.'),
    fullLockDegrees: metric('Full lock', '°', [20, 30, 45], 1, 'How far the front wheels turn.'),
    steeringSpeedDegrees: metric(
      'Steering speed',
      '°/s',
      [40, 120, 400],
      10,
      'How fast the front wheels turn; slow ones must be turned ahead of the bend.',
    ),
    rayRange: metric(
      'Sight',
      'm',
      [10, 60, 100],
      5,
      'How far the rays reach: short sight asks for slow driving.',
    ),
    mirrored: switchKnob('Mirrored steering', 'Left steers right and right steers left.'),
    progressReward: rewardKnob('Progress', '1000 for a whole lap, paid by the metre.'),
    timeReward: rewardKnob('Time', '-0.1 for every step.'),
    offRoadReward: rewardKnob('Off the road', '-100 for leaving the road, which ends the episode.'),
  },
  variants: [
    { id: 'unseen', title: 'Unseen tracks', params: { unseen: 1 } },
    { id: 'narrow', title: 'Narrow road', params: { roadWidth: 5 } },
    { id: 'slippery', title: 'Slippery', params: { grip: 0.5 } },
    { id: 'mirrored', title: 'Mirrored steering', params: { mirrored: 1 } },
  ],
  labelled: false,

  reset(s, random, p) {
    s.fill(0);
    const drawn = random.integer(p.unseen === 0 ? p.tracks : mostTracks);
    s[at.track] = p.track !== '' ? 0 : p.unseen === 0 ? drawn : firstTestTrack + drawn;
    const { sections } = roadOf(s[at.track]!, p);
    const beside = ((2 * random.next() - 1) * startSpread * p.roadWidth) / 2;
    s[at.x] = sections[0]! - sections[3]! * beside;
    s[at.y] = sections[1]! + sections[2]! * beside;
    s[at.dirX] = sections[2]!;
    s[at.dirY] = sections[3]!;
    s[at.speed] = Math.min(p.startSpeed, p.topSpeed);
  },

  /**
   * One Euler step. beta is the angle between where the car points and where it goes; the car turns by v sin(beta) / (L / 2).
   * Where that asks more sideways than the tyres have left beside gas or brakes, the front slides: the car turns as if the
   * wheels were turned less.
   */
  step(s, action, _random, p) {
    const road = roadOf(s[at.track]!, p);
    const before = s[at.progress]!;
    const grip = gripOf(p);

    const turn = radians(p.steeringSpeedDegrees) * secondsPerStep;
    const wheels = s[at.steering]! + clamp(wheelsAsked(action[0]!, p) - s[at.steering]!, -turn, turn);
    s[at.steering] = wheels;

    const v = s[at.speed]!;
    const pedals = action[1]!;
    const push = clamp(
      pedals * (pedals > 0 ? p.acceleration : p.braking),
      -forPedals * grip,
      forPedals * grip,
    );
    const after = clamp(v + push * secondsPerStep, 0, p.topSpeed);
    const real = (after - v) / secondsPerStep;

    const sine = sineOfBeta(wheels);
    // Sideways acceleration is v² sin(beta) / (L / 2).
    const most = (Math.sqrt(grip * grip - real * real) * (car.length / 2)) / (v * v + 1e-9);
    const beta = clamp(sine, -most, most);
    s[at.slide] = Math.abs(sine) > most ? Math.min(Math.abs(sine) / most - 1, 3) : 0;
    const straight = Math.sqrt(1 - beta * beta);

    const dx = s[at.dirX]!;
    const dy = s[at.dirY]!;
    const way = v * secondsPerStep;
    const x = s[at.x]! + way * (dx * straight - dy * beta);
    const y = s[at.y]! + way * (dy * straight + dx * beta);
    const angle = (way * beta) / (car.length / 2);
    const c = cos(angle);
    const n = sin(angle);
    const newX = dx * c - dy * n;
    const newY = dy * c + dx * n;
    // A turn keeps the length of a vector but for rounding, which would add up.
    const size = Math.sqrt(newX * newX + newY * newY);
    s[at.x] = x;
    s[at.y] = y;
    s[at.dirX] = newX / size;
    s[at.dirY] = newY / size;
    s[at.speed] = after;

    const { length } = road;
    const cell = cellAt(s, road);
    let gained = (alongOf(road, x, y, cell) - before) % length;
    // The shorter way round.
    if (gained > length / 2) gained -= length;
    else if (gained < -length / 2) gained += length;
    // The last step of a lap pays to the line, not beyond: a lap is a thousand.
    gained = Math.min(gained, length - before);
    s[at.progress] = before + gained;
    s[at.off] = offRoad(road, x, y, cell) ? 1 : 0;
    return (
      (p.progressReward * lapReward * gained) / length +
      p.timeReward * stepReward +
      (s[at.off] === 1 ? p.offRoadReward * offReward : 0)
    );
  },

  terminated: (s, p) => s[at.off] === 1 || s[at.progress]! >= roadOf(s[at.track]!, p).length,

  observe(s, obs, to, p) {
    const road = roadOf(s[at.track]!, p);
    const cell = cellAt(s, road);
    const x = s[at.x]!;
    const y = s[at.y]!;
    const dx = s[at.dirX]!;
    const dy = s[at.dirY]!;
    const rays = rayCos.length;
    for (let i = 0; i < rays; i++) {
      const c = rayCos[i]!;
      const n = raySin[i]!;
      obs[to + i] = Math.min(rayTo(road, x, y, dx * c - dy * n, dy * c + dx * n, cell), p.rayRange);
    }
    obs[to + rays] = s[at.speed]!;
    obs[to + rays + 1] = s[at.steering]!;
  },

  /** Mean return of 1000 laps of unseen tracks: 948, none of them lost; on the narrow road 948, on the slippery one 927. */
  expert(s, answer, p) {
    const road = roadOf(s[at.track]!, p);
    const n = sineOfBeta(s[at.steering]!);
    const c = Math.sqrt(1 - n * n);
    const dx = s[at.dirX]!;
    const dy = s[at.dirY]!;
    drive(
      road,
      cellAt(s, road),
      s[at.x]!,
      s[at.y]!,
      dx * c - dy * n,
      dy * c + dx * n,
      s[at.speed]!,
      handling(p),
      answer,
    );
    if (p.mirrored !== 0) answer[0] = -answer[0]!;
  },
};

const handling = (p: DriverParams): Handling => ({
  grip: gripOf(p),
  acceleration: Math.min(p.acceleration, forPedals * gripOf(p)),
  braking: Math.min(p.braking, forPedals * gripOf(p)),
  topSpeed: p.topSpeed,
  fullLock: radians(p.fullLockDegrees),
  halfLength: car.length / 2,
  secondsPerStep,
});
