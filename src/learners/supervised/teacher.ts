// Whoever knows what to do: the world's expert, or a brain that was saved. Asked about every lane as it stands.
import type { LearnerContext } from '../learner.ts';

export interface Teacher {
  /** In words: "the expert". */
  readonly name: string;
  /** What the teacher would do in each lane, in the world's unit, to actions[lanes, numbers per action]. */
  ask(actions: Float32Array): void;
}

/** @param kind 'expert' or 'saved agent'. Throws a sentence where there is none. */
export function teacherOf(kind: string, { lanes, teacher }: LearnerContext): Teacher {
  if (kind === 'saved agent') {
    if (!teacher) throw new Error('a saved agent is to be the teacher, and none was given: choose one.');
    return {
      name: 'the saved agent',
      ask: (actions) => teacher.ask(lanes.observations, lanes.count, actions),
    };
  }
  if (!lanes.def.expert) {
    throw new Error(
      `${lanes.def.title} has no expert; play it yourself and choose "recording" as the teacher, or learn from a saved agent.`,
    );
  }
  return {
    name: 'the expert',
    ask(actions) {
      for (let i = 0; i < lanes.count; i++) lanes.expert(i, actions, i * lanes.actionSize);
    },
  };
}
