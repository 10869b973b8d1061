// What the MinAtar games share (Young & Tian 2019, arXiv:1903.03176): six actions of which each game heeds some, actions that
// stick, and a clock that the originals do not have. Rules and pictures are each game's own.
import type { NumberKnob } from '../src/core/knobs.ts';
import { switchKnob } from '../src/core/knobs.ts';
import type { RandomSource } from '../src/core/random.ts';
import type { DiscreteActions } from './environment.ts';

/** MinAtar's numbers of its actions. */
export const minatar = { none: 0, left: 1, up: 2, right: 3, down: 4, fire: 5 } as const;

const allActions: DiscreteActions = {
  kind: 'discrete',
  names: ['stay', 'left', 'up', 'right', 'down', 'fire'],
  keys: [null, 'ArrowLeft', 'ArrowUp', 'ArrowRight', 'ArrowDown', ' '],
};

export type MinAtarParams = Readonly<{
  stickyActionProbability: number;
  allActions: number;
  maxSteps: number;
}>;

export const minatarKnobs: { readonly [K in keyof MinAtarParams]: NumberKnob } = {
  stickyActionProbability: {
    kind: 'number',
    label: 'Sticky actions',
    default: 0.1,
    min: 0,
    max: 0.5,
    step: 0.01,
    unit: '',
    help: 'Chance that a step repeats the last action instead of the one asked for.',
  },
  allActions: switchKnob(
    'All six actions',
    'As in the original: also the buttons that do nothing here can be pressed.',
  ),
  maxSteps: {
    kind: 'number',
    label: 'Time limit',
    default: 1000,
    min: 100,
    max: 100_000,
    step: 1,
    scale: 'log',
    unit: 'steps',
    help: 'A game is cut after so many steps; the original knows no such limit.',
  },
};

/** The actions a game heeds, by MinAtar's numbers, in the order in which the world offers them. */
export const minimalActions = (heeded: readonly number[]): DiscreteActions => ({
  kind: 'discrete',
  names: heeded.map((action) => allActions.names[action]!),
  keys: heeded.map((action) => allActions.keys[action]!),
});

export const configureMinAtar = (minimal: DiscreteActions, p: MinAtarParams) => ({
  action: p.allActions === 0 ? minimal : allActions,
  maxSteps: p.maxSteps,
});

/** MinAtar's number of the world's own action. */
export const minatarAction = (action: number, heeded: readonly number[], p: MinAtarParams): number =>
  p.allActions === 0 ? (heeded[action] ?? minatar.none) : action;

/** The action with left and right exchanged. */
export const swapSides = (action: number): number =>
  action === minatar.left ? minatar.right : action === minatar.right ? minatar.left : action;

/**
 * The action that a step carries out: the one asked for, or with some chance the last one again, which is kept in s[executedAt].
 * Draws once in every step, also when nothing sticks and after the end.
 */
export function stickyAction(
  s: Float64Array,
  executedAt: number,
  asked: number,
  random: RandomSource,
  probability: number,
): number {
  const executed = random.next() < probability ? s[executedAt]! : asked;
  s[executedAt] = executed;
  return executed;
}
