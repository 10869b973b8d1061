// Space Invaders as a world: its story, its settings, and what a network sees of it. The game itself is in rules.ts, the expert
// in expert.ts. Replays recorded MinAtar games exactly, random stream included. No picture is made here.
import { switchKnob } from '../../src/core/knobs.ts';
import type { DiscreteWorld } from '../environment.ts';
import {
  configureMinAtar,
  minatar,
  minatarAction,
  minatarKnobs,
  minimalActions,
  stickyAction,
  swapSides,
} from '../minatar.ts';
import { bestAction } from './expert.ts';
import {
  invadersAt as at,
  bottom,
  fastestMarch,
  fleetColumns,
  fleetRows,
  gridSize,
  type InvadersParams,
  playStep,
  resetGame,
  stateNames,
} from './rules.ts';

/** What this game heeds of MinAtar's actions. */
export const heeded: readonly number[] = [minatar.none, minatar.left, minatar.right, minatar.fire];
const actions = minimalActions(heeded);

const channels = ['cannon', 'alien', 'alien left', 'alien right', 'shot', 'bomb'] as const;

export const invaders: DiscreteWorld<InvadersParams> = {
  id: 'invaders',
  title: 'Space Invaders',
  story:
    'Twenty-four aliens march across the sky and one row lower at each turn, the faster the fewer they are. A cannon with one ' +
    'shot every five steps is all there is against them, and whoever clears a wave meets a quicker one. A bomb always falls ' +
    'from the column nearest to you: hitting and dodging must be learned together.',
  state: stateNames,
  observation: {
    shape: [gridSize, gridSize, channels.length],
    names: channels,
    normalize: false,
    sparse: true,
  },
  action: actions,
  maxSteps: minatarKnobs.maxSteps.default,
  // Two waves, a little more than MinAtar's published DQN reaches. Random play scores 4 (2.8 with all six actions), the expert 190.
  solvedAt: 50,
  returnRange: [0, 200],
  stepsPerSecond: 12,
  params: {
    ...minatarKnobs,
    ramping: {
      ...switchKnob('Quicker waves', 'As in the original: each new wave marches a little more often.'),
      default: 1,
    },
    marchInterval: {
      kind: 'number',
      label: 'March interval',
      default: 12,
      min: fastestMarch,
      max: 24,
      step: 1,
      unit: 'steps',
      help: 'Steps between two marches of the first wave; a few last aliens always march more often.',
    },
    shotInterval: {
      kind: 'number',
      label: 'Bomb interval',
      default: 10,
      min: 5,
      max: 40,
      step: 1,
      unit: 'steps',
      help: 'Steps between two bombs of the aliens.',
    },
    mirrored: switchKnob('Mirrored controls', 'Left moves right and right moves left.'),
  },
  variants: [
    { id: 'mirrored', title: 'Mirrored controls', params: { mirrored: 1 } },
    { id: 'hail', title: 'Hail of bombs', params: { shotInterval: 6 } },
  ],
  labelled: false,

  configure: (p) => configureMinAtar(actions, p),

  reset: (s, _random, p) => resetGame(s, p),

  step(s, action, random, p) {
    const asked = minatarAction(action, heeded, p);
    const wanted = p.mirrored === 0 ? asked : swapSides(asked);
    const executed = stickyAction(s, at.executed, wanted, random, p.stickyActionProbability);
    return s[at.over] === 0 ? playStep(s, executed, p) : 0;
  },

  terminated: (s) => s[at.over] !== 0,

  observe(s, obs, start) {
    const planes = channels.length;
    obs.fill(0, start, start + gridSize * gridSize * planes);
    obs[start + (bottom * gridSize + s[at.cannon]!) * planes] = 1;
    const aliens = s[at.aliens]!;
    const marching = s[at.direction]! < 0 ? 2 : 3;
    for (let row = 0; row < fleetRows; row++) {
      // Below the board is its top again, which only the last frame of a lost game shows.
      const y = (s[at.top]! + row) % gridSize;
      const rowStart = start + (y * gridSize + s[at.left]!) * planes;
      for (let column = 0; column < fleetColumns; column++) {
        if (((aliens >> (row * fleetColumns + column)) & 1) === 0) continue;
        obs[rowStart + column * planes + 1] = 1;
        obs[rowStart + column * planes + marching] = 1;
      }
    }
    for (let k = at.shots; k < at.over; k += 2) {
      if (s[k + 1]! < 0) continue;
      obs[start + (s[k + 1]! * gridSize + s[k]!) * planes + (k < at.bombs ? 4 : 5)] = 1;
    }
  },

  /**
   * Averages 190 aliens with sticky actions (100 games, 3 of them lost before the clock ended them) and 194 without; the cannon can
   * fire 200 times.
   */
  expert(s, p) {
    const best = bestAction(s, p);
    const wanted = p.mirrored === 0 ? best : swapSides(best);
    return p.allActions === 0 ? heeded.indexOf(wanted) : wanted;
  },
};
