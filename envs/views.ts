// Which picture belongs to which world. Apart from registry.ts, which must never import Pixi; a world without
// a line here is shown by its numbers.
import { createAcrobotView } from './acrobot/view.ts';
import { createAsterixView } from './asterix/view.ts';
import { createBreakoutView } from './breakout/view.ts';
import { createCartPoleView } from './cartpole/view.ts';
import { createClinicView } from './clinic/view.ts';
import { createDigitsView } from './digits/view.ts';
import { createDriverView } from './driver/view.ts';
import { createFewShotView } from './fewshot/view.ts';
import { createFreewayView } from './freeway/view.ts';
import { genericViewOf } from './generic-view.ts';
import { createGridView } from './grid/view.ts';
import { createHeightsView } from './heights/view.ts';
import { createInvadersView } from './invaders/view.ts';
import { createLanderView } from './lander/view.ts';
import { createMailroomView } from './mailroom/view.ts';
import { createContinuousMountainCarView, createMountainCarView } from './mountaincar/view.ts';
import { createPendulumView } from './pendulum/view.ts';
import { createPointsView } from './points/view.ts';
import { createPongView } from './pong/view.ts';
import { environmentById } from './registry.ts';
import { createSeaquestView } from './seaquest/view.ts';
import { createShopView } from './shop/view.ts';
import { createSnakeView } from './snake/view.ts';
import type { CreateView } from './view.ts';

const views: Readonly<Record<string, CreateView>> = {
  cartpole: createCartPoleView,
  mountaincar: createMountainCarView,
  'mountaincar-continuous': createContinuousMountainCarView,
  acrobot: createAcrobotView,
  pendulum: createPendulumView,
  lander: createLanderView,
  breakout: createBreakoutView,
  invaders: createInvadersView,
  freeway: createFreewayView,
  asterix: createAsterixView,
  seaquest: createSeaquestView,
  snake: createSnakeView,
  pong: createPongView,
  driver: createDriverView,
  grid: createGridView,
  digits: createDigitsView,
  mailroom: createMailroomView,
  clinic: createClinicView,
  shop: createShopView,
  fewshot: createFewShotView,
  points: createPointsView,
  heights: createHeightsView,
};

export const viewOf = (world: string): CreateView =>
  (Object.hasOwn(views, world) ? views[world] : undefined) ?? genericViewOf(environmentById(world));
