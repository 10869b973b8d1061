// A brain on the other side of Pong: what it sees and does, that lanes stay lanes, and that runs against oneself or
// against a saved agent are as exact as any other.
import { describe, expect, it } from 'vitest';
import type { EnvironmentDef } from '../../envs/environment.ts';
import { pong } from '../../envs/pong/dynamics.ts';
import { pongAt as at, observeFrom, type PongParams } from '../../envs/pong/table.ts';
import { createLanes, type Lanes, type RivalPlayer, worldParams } from '../../envs/vectorize.ts';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { createRandom } from '../../src/core/random.ts';
import { fingerprint, modelTensors } from '../../src/training/brain.ts';
import { createRival } from '../../src/training/rival.ts';
import { createSession, type Session } from '../../src/training/session.ts';
import { encodeRun, resumeRun, rivalFrom } from '../../src/training/snapshot.ts';
import { fileOf, smallRecipe, trainTo } from './runs.ts';

const kernels = await loadKernels('simd');
const def = pong as unknown as EnvironmentDef;
const recipeWith = (params: Readonly<Record<string, string | number>>) => ({
  ...smallRecipe({ world: 'pong', learner: 'ppo' }),
  params: { serve: 'either way', pointsToWin: 2, ...params },
});
const quick = { knobs: { horizon: 8, minibatch: 32, epochs: 1 } };
const againstItself = { ...recipeWith({ opponent: 'itself', renewal: 1000 }), ...quick };
const paramsOf = (given: Readonly<Record<string, unknown>> = {}) => worldParams(def, given);

/** A brain that has learned a little, so that it is no longer undecided. */
function someBrain(seed: number): Session {
  const session = createSession({ ...recipeWith({}), seed }, kernels);
  trainTo(session, 40);
  return session;
}
const lanesAgainst = (rival: RivalPlayer | undefined, count: number): Lanes => {
  const lanes = createLanes(def, paramsOf({ serve: 'either way', pointsToWin: 3 }), count, rival);
  lanes.resetAll(createRandom('rival lanes'));
  return lanes;
};
const brain = someBrain(3);
const rivalNow = (draws = true) => {
  const rival = createRival(def, brain.recipe.brain, kernels, draws);
  expect(rival.become(modelTensors(brain.brain))).toEqual([]);
  return rival;
};
const actionsAt = (t: number, count: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => (t * 7 + i * 5 + ((t * t + i) % 4)) % 3);

describe('the rival of Pong', () => {
  it('is shown the table from its side, and moves the left paddle', () => {
    const seen: number[] = [];
    const lanes = lanesAgainst({ look: (rows) => void seen.push(...rows), choose: () => 1 }, 2);
    const wanted = new Float32Array(16);
    for (const lane of [0, 1]) {
      const row = lanes.rows.subarray(lane * lanes.stride, (lane + 1) * lanes.stride);
      observeFrom(row, 0, wanted, lane * 8, lanes.params as PongParams);
    }
    const before = lanes.rows[at.paddle]!;
    lanes.step([0, 0]);
    expect(seen).toEqual([...wanted]);
    expect(lanes.rows[at.paddle]).toBe(before - 64);
  });

  it('plays each lane as if there were no other: one equals eight, and 200 equal 128 and 72', () => {
    const eight = lanesAgainst(rivalNow(), 8);
    const many = lanesAgainst(rivalNow(), 200);
    const ones = Array.from({ length: 8 }, (_, i) => {
      const lane = lanesAgainst(rivalNow(), 1);
      lane.rows.set(eight.rows.subarray(i * eight.stride, (i + 1) * eight.stride));
      return lane;
    });
    for (let t = 0; t < 300; t++) {
      const actions = actionsAt(t, 200);
      eight.step(actions);
      many.step(actions);
      ones.forEach((lane, i) => void lane.step(actions.subarray(i, i + 1)));
    }
    const size = 8 * eight.stride;
    expect(many.rows.slice(0, size)).toEqual(eight.rows);
    ones.forEach((lane, i) => {
      expect(lane.rows).toEqual(eight.rows.slice(i * eight.stride, (i + 1) * eight.stride));
    });
  });

  it('goes on from copied rows in the middle of a game', () => {
    const first = lanesAgainst(rivalNow(), 8);
    for (let t = 0; t < 57; t++) first.step(actionsAt(t, 8));
    const second = lanesAgainst(rivalNow(), 8);
    second.rows.set(first.rows);
    second.refresh();
    expect(second.observations).toEqual(first.observations);
    for (let t = 57; t < 200; t++) for (const lanes of [first, second]) lanes.step(actionsAt(t, 8));
    expect(second.rows).toEqual(first.rows);
  });

  it('answers the same in both kernel sets', async () => {
    const readable = createRival(def, brain.recipe.brain, await loadKernels('reference'), false);
    readable.become(modelTensors(brain.brain));
    const [a, b] = [lanesAgainst(rivalNow(false), 8), lanesAgainst(readable, 8)];
    for (let t = 0; t < 200; t++) for (const lanes of [a, b]) lanes.step(actionsAt(t, 8));
    expect(b.rows).toEqual(a.rows);
  });
});

describe('against itself', () => {
  const played = createSession(againstItself, kernels);
  trainTo(played, 60);

  it('the same recipe gives the same weights', () => {
    const again = createSession(againstItself, kernels);
    trainTo(again, 60);
    expect(fingerprint(again.brain)).toBe(fingerprint(played.brain));
    const other = createSession({ ...recipeWith({ opponent: 'itself', renewal: 1500 }), ...quick }, kernels);
    trainTo(other, 60);
    expect(fingerprint(other.brain)).not.toBe(fingerprint(played.brain));
  });

  it('the copy stands still between two renewals, and is the learner of that moment', () => {
    const session = createSession(againstItself, kernels);
    const copy = () => session.snapshot().rival;
    const policyOf = () => {
      const model = session.snapshot().model;
      return Object.fromEntries(Object.keys(copy()).map((name) => [name, model[name]]));
    };
    expect(copy()).toEqual(policyOf());
    const first = copy();
    let since = 0;
    while (session.snapshot().state.rival!.since === 0) {
      expect(copy()).toEqual(first);
      since = session.steps;
      session.tick();
    }
    expect(since).toBeGreaterThanOrEqual(1000);
    expect(since).toBeLessThan(1000 + 8 * session.lanes.count);
    expect(copy()).not.toEqual(first);
  });

  it('resumes exactly, wherever it was stopped', () => {
    const renewals: number[] = [];
    for (const ticks of [97, 333, 1201]) {
      const whole = createSession(againstItself, kernels);
      for (let i = 0; i < ticks; i++) whole.tick();
      const { session: resumed } = resumeRun(fileOf(whole), kernels);
      expect(fileOf(resumed)).toEqual(fileOf(whole));
      trainTo(whole, whole.updates + 40);
      while (resumed.updates < whole.updates) resumed.tick();
      expect(resumed.snapshot().rival).toEqual(whole.snapshot().rival);
      expect(fingerprint(resumed.brain)).toBe(fingerprint(whole.brain));
      renewals.push(whole.snapshot().state.rival!.since);
    }
    expect(renewals.every((since) => since >= 1000)).toBe(true);
    expect(new Set(renewals).size).toBeGreaterThan(1);
  });

  it('learns to hold its own against the tracker, whom it has never met', () => {
    const recipe = {
      ...againstItself,
      lanes: 64,
      knobs: {},
      brain: { hidden: [64, 64], activation: 'tanh' } as const,
    };
    const session = createSession(
      { ...recipe, params: { opponent: 'itself', serve: 'either way' } },
      kernels,
    );
    while (session.steps < 400_000 && (session.best?.mean ?? -21) < 0) session.tick();
    expect(session.best?.mean).toBeGreaterThanOrEqual(0);
  }, 300_000);
});

describe('against a saved agent', () => {
  const saved = recipeWith({ opponent: 'saved agent' });
  const agent = rivalFrom(fileOf(brain));

  it('plays it, keeps it in its file, and resumes without being told again', () => {
    const whole = createSession(saved, kernels, { rival: agent });
    trainTo(whole, 30);
    const { session: resumed } = resumeRun(fileOf(whole), kernels);
    trainTo(whole, 60);
    trainTo(resumed, 60);
    expect(fileOf(resumed)).toEqual(fileOf(whole));
    expect(whole.snapshot().rival['policy.output.weight']).toEqual(agent.tensors['policy.output.weight']);
  });

  it('says in a sentence what is missing', () => {
    expect(() => createSession(saved, kernels)).toThrow(
      /saved agent is to be played against, and none was given/,
    );
    const cartpole = createSession(smallRecipe({ world: 'cartpole', learner: 'ppo' }), kernels);
    const other = rivalFrom(fileOf(cartpole));
    expect(() => createSession(saved, kernels, { rival: other })).toThrow(
      /saved agent cannot play Pong: it lacks "trunk.hidden1.weight"/,
    );
  });

  it('a damaged rival in a run file is a sentence too', () => {
    const session = createSession(againstItself, kernels);
    const snapshot = session.snapshot();
    const { card } = resumeRun(fileOf(session), kernels);
    const broken = { ...snapshot, state: { ...snapshot.state, rival: { brain: { hidden: 7 }, since: 0 } } };
    expect(() => resumeRun(encodeRun(broken as never, card), kernels)).toThrow(/brain is 7/);
  });
});
