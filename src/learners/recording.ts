// What a person played: the rows they saw and what they did, ready to be imitated.
import { type ActionSpec, actionSize } from '../../envs/environment.ts';

export interface Recording {
  readonly world: string;
  readonly size: number;
  /** [steps, size] */
  readonly observations: Float32Array;
  /** [steps, numbers per action], in the world's unit. */
  readonly actions: Float32Array;
}

/** One sentence saying why a recording cannot be used here, or undefined when it can. */
export function recordingProblem(
  recording: Recording,
  world: string,
  size: number,
  action: ActionSpec,
): string | undefined {
  if (recording.world !== world) {
    return `this recording was played in "${recording.world}", the run is in "${world}".`;
  }
  const rows = recording.actions.length / actionSize(action);
  if (recording.size !== size || recording.observations.length !== rows * size) {
    return `the recording holds ${recording.observations.length} numbers for ${rows} rows; ${size} a row are needed.`;
  }
  const problem = actionProblem(recording.actions, action);
  if (problem) return problem;
  if (!recording.observations.every(Number.isFinite))
    return 'the recording holds a number that is not finite.';
  return undefined;
}

function actionProblem(actions: Float32Array, action: ActionSpec): string | undefined {
  const allowed = (i: number): readonly [number, number] => {
    if (action.kind === 'discrete') return [0, action.names.length - 1];
    const { low, high } = action.axes[i % action.axes.length]!;
    return [low, high];
  };
  const wrong = actions.findIndex((a, i) => {
    const [low, high] = allowed(i);
    return !(a >= low && a <= high) || (action.kind === 'discrete' && !Number.isInteger(a));
  });
  if (wrong < 0) return undefined;
  const [low, high] = allowed(wrong);
  return `step ${Math.floor(wrong / actionSize(action))} of the recording took action ${actions[wrong]}; this world has ${low} to ${high}.`;
}
