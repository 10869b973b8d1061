// One line in words: what a person would say of how a run is going.
import type { EnvironmentDef } from '../../envs/environment.ts';
import type { Words } from '../learners/learner.ts';
import type { Score } from '../models/card.ts';
import type { History } from './history.ts';

const shown = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(1));

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * The learner's own words, set in front of what the evaluations say.
 * @param drifted whether the lanes have left the world that evaluations are held in, which then say nothing of how it is going.
 */
export function describeRun(
  own: Words,
  world: EnvironmentDef,
  evaluation: Score | null,
  stepsToThreshold: number | null,
  history: History,
  drifted: boolean,
): Words {
  const words = drifted ? own : compose(own, world, evaluation, stepsToThreshold, history);
  return { ...words, text: capitalized(words.text) };
}

function compose(
  own: Words,
  world: EnvironmentDef,
  evaluation: Score | null,
  stepsToThreshold: number | null,
  history: History,
): Words {
  if (!evaluation) return own;
  const [bottom, top] = world.returnRange;
  // Where points are lost, too, there is no "so many of so many".
  const share = bottom >= 0 ? `of ${shown(top)}` : `(${shown(world.solvedAt)} is asked for)`;
  const scored = `${shown(evaluation.mean)} ${share} over ${evaluation.episodes} fresh episodes`;
  if (own.mood === 'bad') return { ...own, text: `${own.text} It scores ${scored}.` };
  if (stepsToThreshold !== null && evaluation.mean >= world.solvedAt) {
    return { mood: 'good', lead: 'Solved.', text: `${scored}; ${own.text}` };
  }
  const past = history.points.filter((p) => !Number.isNaN(p.evaluation)).slice(-6);
  const first = past[0]?.evaluation ?? evaluation.mean;
  const span = top - bottom;
  const gain = (evaluation.mean - first) / span;
  if (stepsToThreshold !== null)
    return { mood: 'bad', lead: 'Slipped.', text: `it was solved and now scores ${scored}; ${own.text}` };
  if (gain > 0.05) return { mood: 'neutral', lead: 'Improving.', text: `${scored}; ${own.text}` };
  if (gain < -0.1) return { mood: 'bad', lead: 'Getting worse.', text: `${scored}; ${own.text}` };
  return { ...own, text: `${scored}; ${own.text}` };
}
