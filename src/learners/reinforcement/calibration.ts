// Is the critic worth believing? What it predicted beside the return that was then observed, rewards to the end of the episode or of
// the rollout and not its own later opinions.

/** Rows shown of a rollout. */
const shownRows = 200;
const bins = 10;

export interface Calibration {
  /** [shownRows], spread over the rollout; in scaled units. */
  readonly predicted: Float32Array;
  readonly observed: Float32Array;
  /** Rows that stand there; 0 before the first. */
  count: number;
  /** Mean distance between what was predicted and what came, over tenths of the rows in the order of the prediction, in deviations
   * of what came; 0 is perfect. */
  error: number;
}

export const blankCalibration = (): Calibration => ({
  predicted: new Float32Array(shownRows),
  observed: new Float32Array(shownRows),
  count: 0,
  error: 0,
});

/** Arrays [steps, lanes] as in a rollout, lastValues [lanes]. */
export function calibrate(
  calibration: Calibration,
  values: Float32Array,
  rewards: Float32Array,
  done: Uint8Array,
  lastValues: Float32Array,
  gamma: number,
): void {
  const rows = values.length;
  const lanes = lastValues.length;
  const shown = Math.min(shownRows, rows);
  const following = Float32Array.from(lastValues);
  // Rows from the last to the first; the next to be shown is the one at `wanted`.
  let k = shown - 1;
  for (let i = rows - 1; i >= 0; i--) {
    const lane = i % lanes;
    following[lane] = rewards[i]! + (done[i] === 1 ? 0 : gamma * following[lane]!);
    while (k >= 0 && Math.floor((k * rows) / shown) === i) {
      calibration.predicted[k] = values[i]!;
      calibration.observed[k] = following[lane]!;
      k--;
    }
  }
  calibration.count = shown;
  calibration.error = binnedError(calibration, shown);
}

function binnedError({ predicted, observed }: Calibration, n: number): number {
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => predicted[a]! - predicted[b]! || a - b);
  const meanOf = (of: Float32Array, from: number, to: number): number => {
    let sum = 0;
    for (let i = from; i < to; i++) sum += of[order[i]!]!;
    return sum / (to - from);
  };
  const mean = meanOf(observed, 0, n);
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (observed[i]! - mean) ** 2;
  const deviation = Math.sqrt(squares / n);
  let error = 0;
  for (let bin = 0; bin < bins; bin++) {
    const [from, to] = [Math.floor((bin * n) / bins), Math.floor(((bin + 1) * n) / bins)];
    if (to === from) continue;
    error += (Math.abs(meanOf(predicted, from, to) - meanOf(observed, from, to)) * (to - from)) / n;
  }
  return error / Math.max(deviation, 0.1);
}
