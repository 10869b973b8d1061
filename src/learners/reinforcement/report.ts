// What a policy gradient's numbers say: how good its critic is, and the line in words.
import type { LearnerView, Metrics, Words } from '../learner.ts';
import type { Calibration } from './calibration.ts';

/** Returns that differ by less than this variance (in scaled units) are as good as equal. */
const leastVariance = 0.01;

/** 1 - Var(returns - values) / Var(returns): 1 is a perfect critic, 0 one that knows only the mean. */
export function explainedVariance(values: Float32Array, returns: Float32Array): number {
  const n = values.length;
  let [sumError, sumReturn] = [0, 0];
  for (let i = 0; i < n; i++) {
    sumError += returns[i]! - values[i]!;
    sumReturn += returns[i]!;
  }
  let [error, total] = [0, 0];
  for (let i = 0; i < n; i++) {
    error += (returns[i]! - values[i]! - sumError / n) ** 2;
    total += (returns[i]! - sumReturn / n) ** 2;
  }
  return 1 - error / Math.max(total, n * leastVariance);
}

/** Below this share of all indecision nothing new is tried. */
const collapsed = 0.02;
/** Nats that a policy may move on one rollout; reference runs stay below a tenth of it. */
const farthest = 0.2;
/** Nats below which an update might as well not have been made. */
const nearest = 1e-8;

/**
 * The line in words: the illness first, where there is one.
 * @param undecided from an entropy to 0 (sure of everything) .. 1 (everything as likely).
 */
export function describePolicy(metrics: Metrics, undecided: (entropy: number) => number): Words {
  const entropy = metrics['entropy'];
  if (entropy === undefined)
    return { mood: 'neutral', lead: 'Ready.', text: 'A blank policy: every action is about as likely.' };
  const share = undecided(entropy);
  if (share < collapsed) {
    return { mood: 'bad', lead: 'Stuck?', text: 'entropy collapsed: it no longer tries anything else.' };
  }
  const { kl, explainedVariance: explained, clipFraction = 0 } = metrics;
  if (kl !== undefined && kl > farthest) {
    return {
      mood: 'bad',
      lead: 'Jumping.',
      text: `KL ${kl.toFixed(2)}: the policy moves far on one rollout; steps too big, lower the learning rate or the epochs.`,
    };
  }
  if (clipFraction > 0.75) {
    return {
      mood: 'bad',
      lead: 'Clipped.',
      text: `${Math.round(100 * clipFraction)} % of the rows are beyond the clip: most of what was played teaches nothing more; fewer epochs would do.`,
    };
  }
  if (kl !== undefined && kl < nearest && metrics['ratioError']! > 0) {
    return {
      mood: 'bad',
      lead: 'Standing still.',
      text: 'an update hardly moves the policy: learning rate too small?',
    };
  }
  if (explained !== undefined && explained < -0.5) {
    return {
      mood: 'bad',
      lead: 'Misjudging.',
      text: `the value head is worse than a guess: explained variance ${explained.toFixed(1)}; lower the learning rate.`,
    };
  }
  const choice =
    share > 0.9 ? 'still undecided' : share > 0.4 ? 'choosing more firmly' : 'sure of most choices';
  return { mood: 'neutral', lead: 'Learning.', text: `${choice}${opinionOf(explained)}.` };
}

/** What to think of the critic; nothing where there is none. */
function opinionOf(explained: number | undefined): string {
  if (explained === undefined) return '';
  if (explained > 0.7) return '; the value head predicts well';
  if (explained > 0.2) return '; the value head is getting there';
  return `; the value head knows nothing yet: explained variance ${explained.toFixed(2)}`;
}

/** What an update and its critic have to show. */
export function viewOf(calibration: Calibration, unit: number, metrics: Metrics): LearnerView {
  if (calibration.count === 0) return { kind: 'none' };
  const { count } = calibration;
  const inWorldUnit = (values: Float32Array): Float32Array =>
    values.slice(0, count).map((value) => value * unit);
  const named = [
    ['entropy, nats', metrics['entropy']],
    ['KL, nats', metrics['kl']],
    ['clipped', metrics['clipFraction']],
    ['explained', metrics['explainedVariance']],
    ['off by, σ', metrics['miscalibration']],
  ] as const;
  return {
    kind: 'calibration',
    predicted: inWorldUnit(calibration.predicted),
    observed: inWorldUnit(calibration.observed),
    count,
    numbers: Object.fromEntries(
      named.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
  };
}
