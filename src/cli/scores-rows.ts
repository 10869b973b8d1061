// What `npm run scores` measures: a row for each world and setting, with what it aims at and what others reached there.
// References were measured or published for the variant that is named (see the README's table).
import { defaultRecipe, type Recipe } from '../training/recipe.ts';

export interface ScoreRow {
  readonly id: string;
  readonly title: string;
  /** Everything but the seed. */
  readonly recipe: Recipe;
  readonly seeds: number;
  /** Settings that the final evaluation changes: where what was learned is tried. */
  readonly tested?: Recipe['params'];
  /** Mean return over 100 greedy episodes that the row is meant to reach. */
  readonly aim: number;
  /** What others reach, in which variant. */
  readonly reference: string;
}

type Changes = Partial<Pick<Recipe, 'params' | 'knobs'>> & Pick<ScoreRow, 'tested'>;

function row(
  id: string,
  title: string,
  [world, learner]: readonly [string, string],
  seeds: number,
  aim: number,
  reference: string,
  { tested, ...changes }: Changes = {},
): ScoreRow {
  const recipe = { ...defaultRecipe(world, learner), ...changes };
  return { id, title, recipe, seeds, aim, reference, ...(tested ? { tested } : {}) };
}

/** MinAtar as published: six actions, sticky 0.1. The original has no clock; a game that lasts this long is as good as won. */
const original = { params: { allActions: 1, stickyActionProbability: 0.1, maxSteps: 5000 } };
/** As gymnax and purejaxrl have it: nothing sticks, only the actions that matter, cut at 1,000 steps (Freeway: played out, 2,500). */
const gymnax = (world: string) => ({
  params: { allActions: 0, stickyActionProbability: 0, ...(world === 'freeway' ? {} : { maxSteps: 1000 }) },
});

export const scoreRows: readonly ScoreRow[] = [
  row('cartpole', 'CartPole', ['cartpole', 'ppo'], 5, 475, 'SB3 PPO: 500 at 100,000 steps'),
  row('mountaincar', 'MountainCar', ['mountaincar', 'ppo'], 5, -115, 'SB3 PPO: -120, -114 at 1M'),
  row(
    'mountaincar-continuous',
    'MountainCar, continuous',
    ['mountaincar-continuous', 'ppo'],
    5,
    90,
    'SB3 A2C: 91.2 at 100,000; PPO: 88.3 at 20,000',
  ),
  row('acrobot', 'Acrobot', ['acrobot', 'ppo'], 5, -80, 'SB3 PPO: -75, -72 at 1M; CleanRL: -84 at 500,000'),
  row('pendulum', 'Pendulum', ['pendulum', 'ppo'], 5, -180, 'SB3 PPO: -238 to -176 at 100,000'),
  row('lander', 'Lander', ['lander', 'ppo'], 5, 250, 'SB3 PPO: 264 at 1M (Box2D)'),
  row('snake', 'Snake', ['snake', 'ppo'], 5, 19.1, 'greedy-safe rule: 20.1 food, 19.1 with its death'),
  row('pong', 'Pong', ['pong', 'ppo'], 5, 20.5, 'tracking rule: +21'),
  row('driver', 'Driver, tracks never driven', ['driver', 'ppo'], 5, 900, 'CarRacing gate: 900', {
    tested: { unseen: 1 },
  }),
  row('grid', 'Grid', ['grid', 'ppo'], 5, 0.886, 'value iteration: 0.904'),
  row('digits', 'Digits', ['digits', 'classification'], 5, 19.4, 'every one right: 20'),
  row('mailroom', 'Mailroom', ['mailroom', 'classification'], 5, 19.54, 'Bayes rate 98.7 %: 19.74'),
  row('clinic', 'Clinic', ['clinic', 'classification'], 5, 19.56, 'Bayes rate 98.8 %: 19.76'),
  row('shop', 'Shop', ['shop', 'classification'], 5, 19.4, 'Bayes rate 99.1 %: 19.82'),
  row('fewshot', 'Few-shot, glyphs never seen', ['fewshot', 'classification'], 5, 19, 'every one right: 20', {
    tested: { glyphs: 'kept' },
  }),
  row('points', 'Points, two spirals', ['points', 'classification'], 5, 19.4, 'every one right: 20'),
  row('heights', 'Heights', ['heights', 'imitation'], 5, 19, 'no error: 20'),
  ...(
    [
      [
        'breakout',
        'Breakout',
        15,
        'DQN about 10, actor-critic 15 to 17 at 5M',
        38,
        'purejaxrl: 38 (26 to 44) at 2M',
      ],
      [
        'invaders',
        'Space Invaders',
        50,
        'DQN about 44, actor-critic 147 to 185 at 5M',
        95,
        'purejaxrl: 84, 107 at 2M',
      ],
      ['freeway', 'Freeway', 25, 'DQN about 50, actor-critic 47 at 5M', 30, 'purejaxrl: 30 at 2M'],
      ['asterix', 'Asterix', 3, 'DQN about 17, actor-critic 19 to 21 at 5M', 3, 'purejaxrl: 3 at 2M'],
      ['seaquest', 'Seaquest', 2, 'DQN about 20, actor-critic 7 to 16 at 5M', 2, 'none'],
    ] as const
  ).flatMap(([world, title, aim, reference, otherAim, otherReference]) => [
    row(world, `${title}, original`, [world, 'ppo'], 3, aim, reference, original),
    row(`${world}-gymnax`, `${title}, gymnax`, [world, 'ppo'], 3, otherAim, otherReference, gymnax(world)),
  ]),
];
