// What a policy gradient's numbers say: how good its critic is, and the line in words.
import type { Metrics, Words } from '../learner.ts';

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

/** `undecided`: from an entropy to 0 (sure of everything) .. 1 (everything as likely). */
export function describePolicy(metrics: Metrics, undecided: (entropy: number) => number): Words {
  const entropy = metrics['entropy'];
  if (entropy === undefined)
    return { mood: 'neutral', lead: 'Ready.', text: 'A blank policy: every action is about as likely.' };
  const share = undecided(entropy);
  if (share < 0.02) {
    return { mood: 'bad', lead: 'Stuck?', text: 'entropy collapsed: it no longer tries anything else.' };
  }
  if (metrics['kl']! > 0.2) {
    return {
      mood: 'bad',
      lead: 'Jumping.',
      text: 'the policy moves far on one rollout: lower the learning rate or the epochs.',
    };
  }
  const critic = metrics['explainedVariance']!;
  const opinion =
    critic > 0.7
      ? 'the value head predicts well'
      : critic > 0.2
        ? 'the value head is getting there'
        : 'the value head still guesses';
  const choice =
    share > 0.9 ? 'still undecided' : share > 0.4 ? 'choosing more firmly' : 'sure of most choices';
  return { mood: 'neutral', lead: 'Learning.', text: `${choice}; ${opinion}.` };
}
