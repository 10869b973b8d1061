// The half of a policy gradient that plays: fills a rollout with what the lanes see and do under the policy as it is, then works
// out advantages and returns. What is learned from it is the learner's business.
import type { LearnerContext, LearnerState } from '../learner.ts';
import { type Noise, type Policy, toWorld } from '../policy.ts';
import { savedArray, savedCount, savedNumber } from '../saved.ts';
import { generalizedAdvantages } from './advantages.ts';
import { blankCalibration, type Calibration, calibrate } from './calibration.ts';
import { explainedVariance } from './report.ts';
import { createReturnScale } from './return-scale.ts';
import { createRollout, type Rollout, restoreRollout, rolloutTensors } from './rollout.ts';

export interface PlayKnobs {
  /** Steps that every lane plays. */
  readonly horizon: number;
  readonly discount: number;
  readonly lambda: number;
  readonly scaleReturns: number;
  readonly persistence: number;
}

export interface Collector {
  readonly rollout: Rollout;
  /** Whether all steps are played, and advantages and returns stand. */
  full(): boolean;
  /** Steps of lanes since the beginning. */
  stepsDone(): number;
  /** How well the value head foretold the last full rollout: 1 perfectly, 0 not at all. */
  explained(): number;
  /** Of the last full rollout that this process has seen; its error is kept with a run. */
  readonly calibration: Calibration;
  /** Standard deviation that rewards are divided by, in the world's unit. */
  returnDeviation(): number;
  /** Plays one step of all lanes. */
  step(): void;
  /** What the rollout had to teach is learned: the statistics take in what was seen, and the lanes may play again. */
  release(): void;
  /** What was played is dropped: the lanes went on, or begin anew. */
  drop(): void;
  snapshot(): LearnerState;
  restore(state: LearnerState): void;
}

const valueOnly = ['value'] as const;

/** An empty rollout of the lanes' size. */
export const rolloutFor = ({ lanes }: LearnerContext, horizon: number): Rollout =>
  createRollout(horizon, lanes.count, lanes.observationSize, lanes.actionSize);

/** Whoever rides along while the lanes are played, with heads of its own. */
interface Companion {
  readonly heads: readonly string[];
  /** The lanes have been looked at, and stand at rollout row `row`. */
  looked(row: number): void;
  /** The lanes have been stepped from rollout row `row`. */
  stepped(row: number): void;
  /** All steps are played and the advantages stand; the lanes have been looked at as they are now. */
  finish(): void;
}

/**
 * @param critic whether there is a value head; without one every value is 0.
 * @param rollout to be filled; the caller may have companions for it.
 */
export function createCollector(
  context: LearnerContext,
  policy: Policy,
  knobs: PlayKnobs,
  critic: boolean,
  rollout = rolloutFor(context, knobs.horizon),
  companion?: Companion,
): Collector {
  const { network, normalizer, lanes } = context;
  const count = lanes.count;
  const size = lanes.observationSize;
  const width = lanes.actionSize;
  const extra = companion?.heads ?? [];
  const heads = critic ? ['policy', 'value', ...extra] : ['policy', ...extra];
  const judging = ['value', ...extra];
  const playing = context.stream('actions');
  const scale = createReturnScale(
    knobs.scaleReturns === 1,
    count,
    knobs.discount,
    context.returns.statistics,
    context.returns.frozen,
  );
  const chosen = new Float32Array(count * width);
  const noise: Noise = { last: new Float32Array(count * width), persistence: knobs.persistence };
  const late = new Int32Array(count);
  const ended = (lane: number): boolean => lanes.terminated[lane] === 1 || lanes.truncated[lane] === 1;

  /** Steps of the current rollout already played; `horizon` while it is being learned from. */
  let played = 0;
  let stepsDone = 0;
  let explained = 0;
  const calibration = blankCalibration();

  /** Writes the lanes' observations to the network's input, normalised, and runs the heads. */
  const look = (wanted: readonly string[]): void => {
    network.input.data.set(lanes.observations);
    normalizer.apply(network.input, count);
    network.forward(count, wanted, 'evaluate');
  };

  const playOneStep = (): void => {
    const row = played * count;
    rollout.observations.set(lanes.observations, row * size);
    look(heads);
    policy.draw(count, rollout.actions, rollout.logProbs, row, playing, noise);
    toWorld(lanes.def.action, chosen, rollout.actions, row * width);
    if (critic) {
      const values = network.output('value').data;
      for (let i = 0; i < count; i++) rollout.values[row + i] = values[i]!;
    }
    companion?.looked(row);
    lanes.step(chosen);
    scale.observe(lanes.rewards, ended);
    for (let i = 0; i < count; i++) {
      rollout.rewards[row + i] = scale.scaled(lanes.rewards[i]!);
      rollout.done[row + i] = ended(i) ? 1 : 0;
    }
    if (critic) bootstrapTruncated(row);
    companion?.stepped(row);
    context.onSteps(true);
    stepsDone += count;
    played++;
  };

  /** A clock that ran out is not a failure: what would have followed is worth V(final observation). */
  const bootstrapTruncated = (row: number): void => {
    let n = 0;
    for (let i = 0; i < count; i++) if (lanes.truncated[i] === 1) late[n++] = i;
    if (n === 0) return;
    const input = network.input.data;
    for (let k = 0; k < n; k++) {
      const from = late[k]! * size;
      for (let j = 0; j < size; j++) input[k * size + j] = lanes.finalObservations[from + j]!;
    }
    normalizer.apply(network.input, n);
    network.forward(n, valueOnly, 'evaluate');
    const values = network.output('value').data;
    for (let k = 0; k < n; k++) {
      const i = row + late[k]!;
      rollout.rewards[i] = rollout.rewards[i]! + knobs.discount * values[k]!;
    }
  };

  const finish = (): void => {
    if (critic) {
      look(judging);
      const values = network.output('value').data;
      for (let i = 0; i < count; i++) rollout.lastValues[i] = values[i]!;
    }
    generalizedAdvantages(
      rollout.advantages,
      rollout.returns,
      rollout.rewards,
      rollout.values,
      rollout.lastValues,
      rollout.done,
      knobs.horizon,
      count,
      knobs.discount,
      knobs.lambda,
    );
    explained = explainedVariance(rollout.values, rollout.returns);
    if (critic)
      calibrate(
        calibration,
        rollout.values,
        rollout.rewards,
        rollout.done,
        rollout.lastValues,
        knobs.discount,
      );
    companion?.finish();
  };

  return {
    rollout,
    full: () => played === knobs.horizon,
    stepsDone: () => stepsDone,
    explained: () => explained,
    calibration,
    returnDeviation: scale.deviation,
    step() {
      playOneStep();
      if (played === knobs.horizon) finish();
    },
    release() {
      normalizer.observe(rollout.observations, rollout.rows);
      played = 0;
    },
    drop() {
      played = 0;
      scale.running.fill(0);
    },
    snapshot: () => ({
      data: { played, stepsDone, explained, miscalibration: calibration.error },
      tensors: {
        ...rolloutTensors(rollout),
        'returns.running': { shape: [count], data: scale.running.slice() },
        noise: { shape: [noise.last.length], data: noise.last.slice() },
      },
    }),
    restore({ data, tensors }) {
      restoreRollout(rollout, tensors);
      scale.running.set(savedArray(tensors, 'returns.running', count));
      noise.last.set(savedArray(tensors, 'noise', noise.last.length));
      played = savedCount(data, 'played', knobs.horizon);
      stepsDone = savedCount(data, 'stepsDone');
      explained = savedNumber(data, 'explained');
      calibration.error = savedNumber(data, 'miscalibration');
    },
  };
}
