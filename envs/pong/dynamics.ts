// Pong: two paddles and a ball, to 21 points, with the constants of PufferLib's Pong (500 x 640 pixels, eight frames a
// step, an opponent that follows the ball). The right paddle learns. table.ts has the rules, for both sides alike,
// so that the left one may just as well be another brain, or a person.
import type { NumberKnob } from '../../src/core/knobs.ts';
import { switchKnob } from '../../src/core/knobs.ts';
import type { DiscreteWorld } from '../environment.ts';
import { expertFrom } from './expert.ts';
import {
  down,
  follow,
  isOver,
  mostFrames,
  observationNames,
  observeFrom,
  type PongParams,
  serve,
  stateNames,
  stay,
  stepBoth,
  up,
} from './table.ts';

const pixels = (
  label: string,
  unit: string,
  [least, usual, most]: readonly [number, number, number],
  help: string,
): NumberKnob => ({ kind: 'number', label, default: usual, min: least, max: most, step: 1, unit, help });

/** What the scripted opponent does in this state. */
const opponentAction = (s: Float64Array, p: PongParams): number =>
  p.opponent === 'aimer' ? expertFrom(s, 0, p) : p.opponent === 'wall' ? stay : follow;

/** The other of the two ways to move. */
const turned = (action: number): number => (action === up ? down : action === down ? up : action);

export const pong: DiscreteWorld<PongParams> = {
  id: 'pong',
  title: 'Pong',
  story:
    'Your paddle is the right one; who lets the ball through loses a point, and 21 points win. A paddle that moves as ' +
    'it hits gives the ball spin, and only a ball faster than the other paddle gets past it. Points are rare at ' +
    'first, and the stroke that wins one lies long before it. Against itself, the opponent grows with the learner.',
  state: stateNames,
  observation: { shape: [observationNames.length], names: observationNames, normalize: false },
  action: { kind: 'discrete', names: ['stay', 'up', 'down'], keys: [null, 'ArrowUp', 'ArrowDown'] },
  // A game of good play takes some 1000 steps; without a clock, two that never miss would play for ever.
  maxSteps: 3000,
  solvedAt: 18,
  returnRange: [-21, 21],
  stepsPerSecond: 7.5,
  params: {
    opponent: {
      kind: 'choice',
      label: 'Opponent',
      default: 'tracker',
      options: ['tracker', 'weak tracker', 'wall', 'aimer', 'itself', 'saved agent'],
      help: 'The tracker follows the ball, the weak one at half the speed; a wall returns all; the aimer plays well. Itself: a copy of the brain that learns. A saved agent is one of the library.',
    },
    renewal: {
      kind: 'number',
      label: 'Copy renewed every',
      default: 50_000,
      min: 1000,
      max: 1_000_000,
      step: 1,
      scale: 'log',
      unit: 'steps',
      help: 'Against itself: how long the copy it plays stays as it is. It is tested against the tracker.',
    },
    serve: {
      kind: 'choice',
      label: 'Serve',
      default: 'to the right',
      options: ['to the right', 'either way'],
      help: 'Where a new ball flies first; to the right in the original.',
    },
    paddleSpeed: pixels('Paddle speed', 'px per frame', [2, 8, 16], 'How fast both paddles are.'),
    paddleHeight: pixels('Paddle height', 'px', [20, 70, 200], 'Of a field 640 high; the ball is 32.'),
    ballSpeed: pixels('Ball speed', 'px per frame', [4, 10, 20], 'Across the field, which is 500 wide.'),
    spin: pixels('Spin', 'px per frame', [0, 3, 8], 'What a moving paddle adds to the ball up or down.'),
    maxSpin: pixels(
      'Most spin',
      'px per frame',
      [1, 13, 20],
      'The ball never rises or falls faster than this.',
    ),
    frameSkip: pixels('Frames per step', '', [1, mostFrames, mostFrames], 'How long each action is held.'),
    pointsToWin: pixels('Points to win', '', [1, 21, 21], 'The game ends when either side has as many.'),
    mirrored: switchKnob('Mirrored controls', 'Up moves down and down moves up.'),
    hitReward: {
      kind: 'number',
      label: 'Bonus for a return',
      default: 0,
      min: 0,
      max: 1,
      step: 0.05,
      unit: '',
      part: 'reward',
      help: 'Earned for every ball returned; the original pays 0.1 while training. 0 leaves points won minus lost.',
    },
  },
  variants: [
    { id: 'mirrored', title: 'Mirrored controls', params: { mirrored: 1 } },
    { id: 'fast', title: 'Faster ball', params: { ballSpeed: 14 } },
    { id: 'small', title: 'Small paddles', params: { paddleHeight: 48 } },
    { id: 'self-play', title: 'Against itself', params: { opponent: 'itself', serve: 'either way' } },
  ],
  labelled: false,

  reset(s, random, p) {
    s.fill(0);
    serve(s, random, p);
  },

  step(s, action, random, p) {
    if (isOver(s, p)) return 0;
    return stepBoth(s, p.mirrored === 0 ? action : turned(action), opponentAction(s, p), random, p);
  },

  terminated: isOver,

  observe: (s, obs, start, p) => observeFrom(s, 1, obs, start, p),

  rival: {
    title: 'left paddle',
    keys: [null, 'w', 's'],
    yardstick: { opponent: 'tracker' },
    seat: ({ opponent, renewal }) =>
      opponent === 'itself'
        ? { by: 'itself', every: renewal }
        : { by: opponent === 'saved agent' ? 'saved' : 'rules' },
    observe: (s, obs, start, p) => observeFrom(s, 0, obs, start, p),
    step(s, action, theirs, random, p) {
      if (isOver(s, p)) return 0;
      const turn = p.mirrored === 0 ? (one: number) => one : turned;
      return stepBoth(s, turn(action), turn(theirs), random, p);
    },
  },

  /** Wins 21 to 0 against the tracker, with a faster ball and with small paddles too; no point is won between two of them. */
  expert(s, p) {
    const action = expertFrom(s, 1, p);
    return p.mirrored === 0 ? action : turned(action);
  },
};
