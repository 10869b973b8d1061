// Lanes: the clock, auto-reset, the final observation and the bookkeeping behind every row, on a world small enough
// to foresee: a counter that ends by nature at a drawn goal, or by the clock.
import { describe, expect, it } from 'vitest';
import type { DiscreteWorld } from '../../envs/environment.ts';
import { bookkeeping, createLanes, worldParams } from '../../envs/vectorize.ts';
import { createRandom } from '../../src/core/random.ts';

type CounterParams = Readonly<{ goal: number }>;

/** Action 1 counts up and earns the count, action 0 waits and earns nothing; `id` is drawn afresh by every reset. */
const counter: DiscreteWorld<CounterParams> = {
  id: 'counter',
  title: 'Counter',
  story: 'Counts.',
  state: ['count', 'id'],
  observation: { shape: [2], names: ['count', 'id'], normalize: false },
  action: { kind: 'discrete', names: ['wait', 'count'], keys: [null, ' '] },
  maxSteps: 4,
  solvedAt: 6,
  returnRange: [0, 6],
  stepsPerSecond: 1,
  params: {
    goal: {
      kind: 'number',
      label: 'Goal',
      default: 3,
      min: 1,
      max: 9,
      step: 1,
      unit: '',
      help: 'Where it ends.',
    },
  },
  variants: [],
  labelled: false,
  reset(s, random) {
    s[0] = 0;
    s[1] = 1 + random.integer(1000000);
  },
  step(s, action) {
    s[0] = s[0]! + action;
    return action * s[0];
  },
  terminated: (s, p) => s[0]! >= p.goal,
  observe(s, obs, at) {
    obs[at] = s[0]!;
    obs[at + 1] = s[1]!;
  },
};

function lanesOf(count: number, given: Readonly<Record<string, unknown>> = {}, seed = 'lanes') {
  const lanes = createLanes(counter, worldParams(counter, given), count);
  lanes.resetAll(createRandom(seed));
  return lanes;
}
const own = counter.state.length;
const kept = (lanes: ReturnType<typeof lanesOf>, lane: number, name: (typeof bookkeeping)[number]) =>
  lanes.rows[lane * lanes.stride + own + bookkeeping.indexOf(name)];

describe('lanes', () => {
  it('end by nature at the goal, by the clock otherwise, and never by both', () => {
    const lanes = lanesOf(2);
    const seen: string[] = [];
    for (let t = 0; t < 4; t++) {
      lanes.step([1, 0]);
      seen.push(`${[...lanes.terminated].join('')}|${[...lanes.truncated].join('')}`);
    }
    expect(seen).toEqual(['00|00', '00|00', '10|00', '00|01']);
  });

  it('call it nature when goal and clock come in the same step', () => {
    const lanes = lanesOf(1, { goal: 4 });
    for (let t = 0; t < 4; t++) lanes.step([1]);
    expect([lanes.terminated[0], lanes.truncated[0]]).toEqual([1, 0]);
  });

  it('show the last observation of an episode beside the first of the next', () => {
    const lanes = lanesOf(1);
    const firstId = lanes.observations[1]!;
    for (let t = 0; t < 3; t++) lanes.step([1]);
    expect([...lanes.finalObservations]).toEqual([3, firstId]);
    expect(lanes.observations[0]).toBe(0);
    expect(lanes.observations[1]).not.toBe(firstId);
    expect([...lanes.rows.slice(0, own)]).toEqual([...lanes.observations]);
  });

  it('add up return and length, and start both again', () => {
    const lanes = lanesOf(1);
    lanes.step([1]);
    lanes.step([1]);
    expect([kept(lanes, 0, 'elapsed'), kept(lanes, 0, 'episodeReturn'), lanes.rewards[0]]).toEqual([2, 3, 2]);
    lanes.step([1]);
    expect([lanes.finishedReturns[0], lanes.finishedLengths[0], lanes.rewards[0]]).toEqual([6, 3, 3]);
    expect([kept(lanes, 0, 'elapsed'), kept(lanes, 0, 'episodeReturn')]).toEqual([0, 0]);
    // The clock begins again, too: the next episode has all its steps.
    for (let t = 0; t < 3; t++) lanes.step([0]);
    expect(lanes.truncated[0]).toBe(0);
    lanes.step([0]);
    expect([lanes.truncated[0], lanes.finishedReturns[0], lanes.finishedLengths[0]]).toEqual([1, 0, 4]);
  });

  it('start alike from one seed, differently from another, and each lane by itself', () => {
    const ids = (seed: string): number[] =>
      [...lanesOf(3, {}, seed).observations].filter((_, i) => i % 2 === 1);
    expect(ids('a')).toEqual(ids('a'));
    expect(ids('a')).not.toEqual(ids('b'));
    expect(new Set(ids('a')).size).toBe(3);
  });

  it('forget everything when started afresh', () => {
    const lanes = lanesOf(2);
    const fresh = lanes.rows.slice();
    for (let t = 0; t < 5; t++) lanes.step([1, 1]);
    expect(lanes.rows).not.toEqual(fresh);
    lanes.resetAll(createRandom('lanes'));
    expect(lanes.rows).toEqual(fresh);
  });

  it('come back from a copy of their rows', () => {
    const lanes = lanesOf(2);
    lanes.step([1, 0]);
    const rows = lanes.rows.slice();
    const observations = lanes.observations.slice();
    for (let t = 0; t < 9; t++) lanes.step([1, 1]);
    lanes.rows.set(rows);
    lanes.refresh();
    expect(lanes.observations).toEqual(observations);
  });

  it('keep every finished return when the clock and nature end lanes at different times', () => {
    const lanes = lanesOf(2);
    let [episodes, total, rewards] = [0, 0, 0];
    for (let t = 0; t < 120; t++) {
      lanes.step([1, t % 3 === 0 ? 1 : 0]);
      for (let i = 0; i < 2; i++) {
        rewards += lanes.rewards[i]!;
        if (lanes.terminated[i] || lanes.truncated[i]) {
          episodes++;
          total += lanes.finishedReturns[i]!;
        }
      }
    }
    expect(episodes).toBe(40 + 30);
    expect(total).toBe(rewards);
  });

  it('say so where there is nobody to imitate, and what a world can be set to', () => {
    expect(() => lanesOf(1).expert(0, new Float32Array(1), 0)).toThrow('Counter has no expert to imitate.');
    expect(() => worldParams(counter, { gaol: 1 })).toThrow('Counter has no setting "gaol"; it has goal.');
    expect(() => worldParams(counter, { goal: 10 })).toThrow('Counter: goal is 10; it must be from 1 to 9.');
  });
});
