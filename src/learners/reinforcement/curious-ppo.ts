// PPO that is also rewarded for what is new to it (see `curiosity.ts`): for worlds that pay so seldom that nobody who only follows
// rewards ever finds one.
import type { LearnerDef } from '../learner.ts';
import { createCuriosity, curiosityApart, curiosityHeads } from './curiosity.ts';
import { createPpo, type PpoKnobs, ppo } from './ppo.ts';

type CuriousKnobs = PpoKnobs &
  Readonly<{ curiosity: number; noveltyDiscount: number; predictorShare: number }>;

export const curiousPpo: LearnerDef<CuriousKnobs> = {
  ...ppo,
  id: 'curious',
  title: 'PPO, curious',
  summary: 'Plays like PPO, and likes to go where it has seldom been: for worlds that hardly ever pay.',
  paper: 'Burda et al. 2019',
  knobs: {
    ...ppo.knobs,
    curiosity: {
      kind: 'number',
      label: 'Curiosity',
      default: 0.5,
      min: 0,
      max: 10,
      unit: '',
      help: 'Weight of what is new beside what is paid for; 0: plain PPO.',
    },
    noveltyDiscount: {
      kind: 'number',
      label: 'Novelty discount',
      default: 0.99,
      min: 0,
      max: 1,
      unit: '',
      help: 'How much something new one step later still counts; it goes on past the end of an episode.',
    },
    predictorShare: {
      kind: 'number',
      label: 'Predictor share',
      default: 0.25,
      min: 0,
      max: 1,
      unit: 'of the rows',
      help: 'Share of the rows from which the predictor learns: the more, the sooner a place is no longer new.',
    },
  },
  charted: { ...ppo.charted, novelty: 'novelty found' },
  heads: (world, knobs) => ({ ...ppo.heads(world, knobs), ...curiosityHeads }),
  apart: (knobs) => [...(ppo.apart?.(knobs) ?? []), ...curiosityApart],
  still: ['target'],
  create: (context, knobs) =>
    createPpo(context, knobs, (rollout, n) => createCuriosity(context, rollout, n, knobs)),
};
