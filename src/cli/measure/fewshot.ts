// Few-shot: a brain with one block of attention learns to look an answer up in what it was just shown. Asked afterwards with glyphs
// that no training showed: how often it is right, and how much of its attention is on the example that holds the answer.
import { fewShotAt, fewshot, taskAt } from '../../../envs/fewshot/dynamics.ts';
import { createLanes, worldParams } from '../../../envs/vectorize.ts';
import { createRandom } from '../../core/random.ts';
import { likeliestAction } from '../../learners/policy.ts';
import { attentionOf } from '../../training/attention.ts';
import { defaultRecipe } from '../../training/recipe.ts';
import { createSession, type Session } from '../../training/session.ts';
import { kernels } from '../runs.ts';
import type { Measurement } from './measurement.ts';

const tasks = 2000;

/** Shares over fresh tasks: right answers, attention on the right example, tasks where it gets more than any other thing. */
function ask(session: Session, seed: number, changed: Readonly<Record<string, number | string>>) {
  const count = 100;
  const lanes = createLanes(fewshot, worldParams(fewshot, { ...session.recipe.params, ...changed }), count);
  const { network, normalizer } = session.brain;
  lanes.resetAll(createRandom(`few-shot tasks ${seed}`));
  const chosen = new Float32Array(count);
  let [right, share, most] = [0, 0, 0];
  for (let asked = 0; asked < tasks; asked += count) {
    network.input.data.set(lanes.observations);
    normalizer.apply(network.input, count);
    network.forward(count, ['classes'], 'evaluate');
    for (let i = 0; i < count; i++) {
      const attention = attentionOf(network, i);
      const where = 1 + lanes.rows[i * lanes.stride + fewShotAt.item + taskAt.asked]!;
      share += attention[where]!;
      if (attention.indexOf(Math.max(...attention)) === where) most++;
      likeliestAction(lanes.def.action, network.output('classes').data, i, chosen, i);
    }
    lanes.step(chosen);
    for (let i = 0; i < count; i++) right += lanes.rewards[i]!;
  }
  return { right: right / tasks, share: share / tasks, most: most / tasks };
}

export const fewshotTable: Measurement = {
  id: 'fewshot',
  title: `Few-shot, eight examples with four labels: over ${tasks} fresh tasks, after its 3,000 updates.`,
  seeds: 5,
  aims: {
    'right, glyphs never seen in training': '>= 0.95',
    'attention on the right example, glyphs never seen': 'more than on all others together (> 0.5)',
    'seconds of one core, evaluations included': '< 60',
  },
  async measure(seed) {
    const session = createSession({ ...defaultRecipe('fewshot', 'classification'), seed }, await kernels());
    const begun = process.cpuUsage();
    while (!session.budgetSpent()) session.tick();
    const { user, system } = process.cpuUsage(begun);
    const [taught, kept] = [ask(session, seed, {}), ask(session, seed, { glyphs: 'kept' })];
    const blots = ask(session, seed, { glyphs: 'kept', flips: 2 });
    return {
      'right, glyphs of training': taught.right,
      'right, glyphs never seen in training': kept.right,
      'right, glyphs never seen, two pixels turned over': blots.right,
      'attention on the right example, glyphs never seen': kept.share,
      'right example gets more than any other, glyphs never seen': kept.most,
      'steps of lanes to the threshold': session.stepsToThreshold ?? Number.NaN,
      'seconds of one core, evaluations included': (user + system) / 1e6,
    };
  },
};
