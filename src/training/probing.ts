// What a brain would do and expect in states where nobody stands: the world's probes, put to it in batches. A few times a second
// is enough for a picture, so that watching costs a run next to nothing.
import { mostProbes, type ProbeAnswers } from '../../envs/environment.ts';
import { type Lanes, stateOf } from '../../envs/vectorize.ts';
import { sizeOf } from '../core/arena.ts';
import { answerOf, answerSize } from '../learners/policy.ts';
import type { Session } from './session.ts';

const perSecond = 8;

type Asked = Pick<Session, 'brain' | 'actingHead'>;

/** @param lane a single lane: the one that is being looked at. */
export function createProbing(lane: Lanes): {
  /** New ones when the last are old. Uses the network. @param scale units of return in the value head's unit. */
  answers(session: Asked, seconds: number, scale: number): ProbeAnswers | null;
} {
  const { def, params, observationSize: size } = lane;
  const { probes, action } = def;
  const width = answerSize(action);
  let held: ProbeAnswers | null = null;
  let age = Number.POSITIVE_INFINITY;

  const ask = ({ brain, actingHead }: Asked, scale: number): ProbeAnswers | null => {
    if (!probes) return null;
    const { network, normalizer } = brain;
    const valued = Object.hasOwn(network.spec.heads, 'value');
    const heads = [...(actingHead ? [actingHead] : []), ...(valued ? ['value'] : [])];
    const count = Math.min(mostProbes, probes.count(params));
    const outputs = new Float32Array(actingHead ? count * width : 0);
    const values = new Float32Array(valued ? count : 0);
    const row = stateOf(lane, 0);
    for (let first = 0; first < count; first += network.maxBatch) {
      const n = Math.min(network.maxBatch, count - first);
      for (let i = 0; i < n; i++) probes.write(first + i, network.input.data, i * size, params, row);
      normalizer.apply(network.input, n);
      network.forward(n, heads, 'evaluate');
      if (actingHead) {
        const said = network.output(actingHead).data;
        for (let i = 0; i < n; i++) answerOf(action, said, i, outputs, (first + i) * width);
      }
      if (valued) {
        const said = network.output('value').data;
        for (let i = 0; i < n; i++) values[first + i] = said[i]! * scale;
      }
    }
    return { count, outputs, values };
  };

  return {
    answers(session, seconds, scale) {
      age += seconds;
      if (age * perSecond >= 1) {
        held = ask(session, scale);
        age = 0;
      }
      return held;
    },
  };
}

/** What the brain says of one observation; empty while it has no head that acts. Throws a sentence for one of another size. */
export function askAbout({ brain, actingHead, world }: Session, observation: Float32Array): Float32Array {
  const { network, normalizer } = brain;
  const size = sizeOf(world.observation.shape);
  if (observation.length !== size)
    throw new Error(`the brain is asked about ${observation.length} numbers; ${world.title} shows ${size}.`);
  if (!actingHead) return new Float32Array();
  network.input.data.set(observation);
  normalizer.apply(network.input, 1);
  network.forward(1, [actingHead], 'evaluate');
  const answer = new Float32Array(answerSize(world.action));
  answerOf(world.action, network.output(actingHead).data, 0, answer, 0);
  return answer;
}
