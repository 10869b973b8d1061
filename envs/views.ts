// Which picture belongs to which world. Apart from registry.ts, which must never import Pixi; a world without
// a line here is shown by its numbers.
import { createAsterixView } from './asterix/view.ts';
import { createBreakoutView } from './breakout/view.ts';
import { createCartPoleView } from './cartpole/view.ts';
import { createDigitsView } from './digits/view.ts';
import { genericViewOf } from './generic-view.ts';
import { environmentById } from './registry.ts';
import { createSeaquestView } from './seaquest/view.ts';
import type { CreateView } from './view.ts';

const views: Readonly<Record<string, CreateView>> = {
  cartpole: createCartPoleView,
  breakout: createBreakoutView,
  digits: createDigitsView,
  asterix: createAsterixView,
  seaquest: createSeaquestView,
};

export const viewOf = (world: string): CreateView =>
  (Object.hasOwn(views, world) ? views[world] : undefined) ?? genericViewOf(environmentById(world));
