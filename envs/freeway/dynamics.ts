// Freeway as a world: its story, its settings, and what a network sees of it. The game itself is in rules.ts, the expert in
// expert.ts. Replays recorded MinAtar games exactly, random stream included. No picture is made here.
import { switchKnob } from '../../src/core/knobs.ts';
import type { DiscreteWorld } from '../environment.ts';
import {
  configureMinAtar,
  minatar,
  minatarAction,
  minatarKnobs,
  minimalActions,
  stickyAction,
} from '../minatar.ts';
import { bestAction } from './expert.ts';
import {
  freewayAt as at,
  crossing,
  type FreewayParams,
  frames,
  gridSize,
  laneCount,
  playStep,
  resetGame,
  slowest,
  stateNames,
} from './rules.ts';

/** What this game heeds of MinAtar's actions. */
export const heeded: readonly number[] = [minatar.none, minatar.up, minatar.down];
const actions = minimalActions(heeded);

const channels = ['chicken', 'car', 'speed 1', 'speed 2', 'speed 3', 'speed 4', 'speed 5'] as const;

const swapUpDown = (action: number): number =>
  action === minatar.up ? minatar.down : action === minatar.down ? minatar.up : action;

export const freeway: DiscreteWorld<FreewayParams> = {
  id: 'freeway',
  title: 'Freeway',
  story:
    'A chicken wants to cross eight lanes, one hop every third step. A car sends it back to the kerb; only the other side ' +
    'counts, and each crossing brings other cars. Chance almost never gets across, so the first point is the hard one: this ' +
    'world teaches what a rare reward is.',
  state: stateNames,
  observation: {
    shape: [gridSize, gridSize, channels.length],
    names: channels,
    normalize: false,
    sparse: true,
  },
  action: actions,
  // One step later the game ends by its own rules.
  maxSteps: frames + 1,
  // Half of what MinAtar's published learners reach. Random play scores 0.4 (0.15 with all six actions), the expert 72.
  solvedAt: 25,
  returnRange: [0, 80],
  stepsPerSecond: 15,
  params: {
    ...minatarKnobs,
    maxSteps: {
      ...minatarKnobs.maxSteps,
      default: frames + 1,
      help: `A game is cut after so many steps; after ${frames + 1} it is over in any case.`,
    },
    slowestCar: {
      kind: 'number',
      label: 'Slowest car',
      default: slowest,
      min: 1,
      max: slowest,
      step: 1,
      unit: '',
      help: 'Cars are drawn from speed 1 (a cell every 2 steps) to this one (5: a cell every 6 steps).',
    },
    hopInterval: {
      kind: 'number',
      label: 'Hop interval',
      default: 3,
      min: 1,
      max: 6,
      step: 1,
      unit: 'steps',
      help: 'Steps between two hops of the chicken.',
    },
    mirrored: switchKnob('Mirrored controls', 'Up hops down and down hops up.'),
  },
  variants: [
    { id: 'mirrored', title: 'Mirrored controls', params: { mirrored: 1 } },
    { id: 'rush', title: 'Rush hour: fast cars only', params: { slowestCar: 2 } },
  ],
  labelled: false,

  configure: (p) => configureMinAtar(actions, p),

  reset: resetGame,

  step(s, action, random, p) {
    const asked = minatarAction(action, heeded, p);
    const wanted = p.mirrored === 0 ? asked : swapUpDown(asked);
    const executed = stickyAction(s, at.executed, wanted, random, p.stickyActionProbability);
    return s[at.over] === 0 ? playStep(s, executed, random, p) : 0;
  },

  terminated: (s) => s[at.over] !== 0,

  /** A car's speed is marked on the cell behind it, in the plane of that speed. */
  observe(s, obs, start) {
    const planes = channels.length;
    obs.fill(0, start, start + gridSize * gridSize * planes);
    obs[start + (s[at.chicken]! * gridSize + crossing) * planes] = 1;
    for (let i = 0; i < laneCount; i++) {
      const x = s[at.cars + i]!;
      const speed = s[at.speeds + i]!;
      const behind = speed > 0 ? (x === 0 ? gridSize - 1 : x - 1) : x === gridSize - 1 ? 0 : x + 1;
      const lane = start + (i + 1) * gridSize * planes;
      obs[lane + x * planes + 1] = 1;
      obs[lane + behind * planes + 1 + Math.abs(speed)] = 1;
    }
  },

  /**
   * Averages 72 crossings with sticky actions and 73 without (40 games each); a road without cars would allow 92. Where all cars
   * are fast, some roads (2 in 4000) cannot be crossed at all: all lanes are shut at the same time, again and again.
   */
  expert(s, p) {
    const best = bestAction(s, p);
    const wanted = p.mirrored === 0 ? best : swapUpDown(best);
    return p.allActions === 0 ? heeded.indexOf(wanted) : wanted;
  },
};
