// What a person played: the rows they saw and what they did, ready to be imitated.

export interface Recording {
  readonly world: string;
  readonly size: number;
  /** [actions.length, size] */
  readonly observations: Float32Array;
  readonly actions: Int32Array;
}

/** One sentence saying why a recording cannot be used here, or undefined when it can. */
export function recordingProblem(
  recording: Recording,
  world: string,
  size: number,
  actions: number,
): string | undefined {
  if (recording.world !== world) {
    return `this recording was played in "${recording.world}", the run is in "${world}".`;
  }
  const rows = recording.actions.length;
  if (recording.size !== size || recording.observations.length !== rows * size) {
    return `the recording holds ${recording.observations.length} numbers for ${rows} rows; ${size} a row are needed.`;
  }
  const wrong = recording.actions.findIndex((a) => !(a >= 0 && a < actions));
  if (wrong >= 0)
    return `step ${wrong} of the recording took action ${recording.actions[wrong]}; this world has 0 to ${actions - 1}.`;
  if (!recording.observations.every(Number.isFinite))
    return 'the recording holds a number that is not finite.';
  return undefined;
}
