// Which picture belongs to which world. Apart from registry.ts, which must never import Pixi; a world without
// a line here is shown by its numbers.
import { createBreakoutView } from './breakout/view.ts';
import { createCartPoleView } from './cartpole/view.ts';
import { createDigitsView } from './digits/view.ts';
import { genericViewOf } from './generic-view.ts';
import { createGridView } from './grid/view.ts';
import { environmentById } from './registry.ts';
import { createSnakeView } from './snake/view.ts';
import type { CreateView } from './view.ts';

const views: Readonly<Record<string, CreateView>> = {
  cartpole: createCartPoleView,
  breakout: createBreakoutView,
  digits: createDigitsView,
  grid: createGridView,
  snake: createSnakeView,
};

export const viewOf = (world: string): CreateView =>
  (Object.hasOwn(views, world) ? views[world] : undefined) ?? genericViewOf(environmentById(world));
