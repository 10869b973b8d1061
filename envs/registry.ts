// Every world there is, one line each. Lists, menus, help texts and the contract tests come from here.
import { breakout } from './breakout/dynamics.ts';
import { cartpole } from './cartpole/dynamics.ts';
import { digits } from './digits/dynamics.ts';
import type { EnvironmentDef } from './environment.ts';
import { lander } from './lander/dynamics.ts';

export const environments: readonly EnvironmentDef[] = [cartpole, breakout, digits, lander];

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
