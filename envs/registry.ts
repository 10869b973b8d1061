// Every world there is, one line each. Lists, menus, help texts and the contract tests come from here.
import { acrobot } from './acrobot/dynamics.ts';
import { asterix } from './asterix/dynamics.ts';
import { breakout } from './breakout/dynamics.ts';
import { cartpole } from './cartpole/dynamics.ts';
import { clinic } from './clinic/dynamics.ts';
import { digits } from './digits/dynamics.ts';
import { driver } from './driver/dynamics.ts';
import type { EnvironmentDef } from './environment.ts';
import { fewshot } from './fewshot/dynamics.ts';
import { freeway } from './freeway/dynamics.ts';
import { grid } from './grid/dynamics.ts';
import { heights } from './heights/dynamics.ts';
import { invaders } from './invaders/dynamics.ts';
import { lander } from './lander/dynamics.ts';
import { mailroom } from './mailroom/dynamics.ts';
import { mountaincarContinuous } from './mountaincar/continuous.ts';
import { mountaincar } from './mountaincar/dynamics.ts';
import { pendulum } from './pendulum/dynamics.ts';
import { points } from './points/dynamics.ts';
import { pong } from './pong/dynamics.ts';
import { seaquest } from './seaquest/dynamics.ts';
import { shop } from './shop/dynamics.ts';
import { snake } from './snake/dynamics.ts';

export interface Family {
  readonly title: string;
  readonly worlds: readonly EnvironmentDef[];
}

/** The worlds as a menu has them. */
export const families: readonly Family[] = [
  {
    title: 'Balance and swing',
    worlds: [cartpole, mountaincar, mountaincarContinuous, acrobot, pendulum, lander],
  },
  { title: 'Arcade', worlds: [breakout, invaders, freeway, asterix, seaquest, snake, pong] },
  { title: 'Finding the way', worlds: [driver, grid] },
  { title: 'Sorting by what is seen', worlds: [digits, mailroom, clinic, shop, fewshot] },
  { title: 'On the plane', worlds: [points, heights] },
];

export const environments: readonly EnvironmentDef[] = families.flatMap(({ worlds }) => worlds);

/** The world of that name; throws one sentence listing what there is. */
export function environmentById(id: string): EnvironmentDef {
  const found = environments.find((def) => def.id === id);
  if (!found) {
    throw new Error(
      `There is no world "${id}"; choose one of ${environments.map((def) => def.id).join(', ')}.`,
    );
  }
  return found;
}
