// Asterix and Seaquest against recorded games of MinAtar, and against what their rules say of scores and rare cases.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { asterixAt, enemy, gold, slotWidth } from '../../envs/asterix/board.ts';
import { type AsterixParams, asterix } from '../../envs/asterix/dynamics.ts';
import type { EnvironmentDef } from '../../envs/environment.ts';
import { createLanes, worldParams } from '../../envs/vectorize.ts';
import { verifyWorldFile } from '../../src/cli/verify-worlds.ts';
import { createRandom, rowRandom } from '../../src/core/random.ts';

type Recording = {
  traces: {
    name: string;
    episodes: { rewards: number[]; ramp: number[]; obs: string[]; draws_per_step: number[] }[];
  }[];
};
const recording = (name: string): Recording =>
  JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), 'utf8'));

/** Mean return of `each` games in each of ten lanes; by the expert, or at random. */
function meanReturn(def: EnvironmentDef, expert: boolean, each: number, given = {}): number {
  const lanes = createLanes(def, worldParams(def, given), 10);
  lanes.resetAll(createRandom('scores'));
  const random = createRandom('random play');
  const choices = lanes.def.action.kind === 'discrete' ? lanes.def.action.names.length : 0;
  const actions = new Float32Array(10);
  const games = new Int32Array(10);
  let sum = 0;
  while (games.some((n) => n < each)) {
    for (let i = 0; i < 10; i++) {
      if (expert) lanes.expert(i, actions, i);
      else actions[i] = random.integer(choices);
    }
    lanes.step(actions);
    for (let i = 0; i < 10; i++) {
      if ((lanes.terminated[i] === 0 && lanes.truncated[i] === 0) || games[i]! >= each) continue;
      games[i]!++;
      sum += lanes.finishedReturns[i]!;
    }
  }
  return sum / (10 * each);
}

describe.each(['asterix'])('recorded games of %s', (name) => {
  it('are played exactly as they were, draws included', () => {
    const result = verifyWorldFile(recording(name))!;
    expect(result.cases.filter((c) => c.mismatches > 0 || c.worst > 0)).toEqual([]);
    expect(result.steps).toBeGreaterThan(700);
  });

  it('would not pass with one number wrong', () => {
    const change = (alter: (episode: Recording['traces'][0]['episodes'][0]) => void): number => {
      const copy = recording(name);
      alter(copy.traces[0]!.episodes[0]!);
      return verifyWorldFile(copy)!.mismatches;
    };
    expect(change((e) => e.rewards.splice(1, 1, 5))).toBe(1);
    expect(change((e) => e.ramp.splice(1, 1, 1))).toBe(1);
    expect(change((e) => e.draws_per_step.splice(1, 1, 2))).toBe(1);
    expect(change((e) => e.obs.splice(1, 1, '0'.repeat(e.obs[1]!.length)))).toBe(1);
  });
});

describe('Asterix', () => {
  const usual = worldParams(asterix, { stickyActionProbability: 0 }) as AsterixParams;
  const s = new Float64Array(asterix.state.length);
  const random = rowRandom();
  random.bind(Float64Array.of(7), 0);
  const put = (row: number, kind: number, x: number, way: number): void => {
    s.set([kind, x, way], (row - 1) * slotWidth);
  };
  const begin = (p = usual): void => asterix.reset(s, random, p);

  it('scores what MinAtar scores at random: 0.51 in 1500 recorded games, 0.02 standard error', () => {
    expect(Math.abs(meanReturn(asterix, false, 100, { allActions: 1 }) - 0.51)).toBeLessThan(0.09);
  });

  it('pays for gold and goes on, and ends without pay at an enemy', () => {
    begin();
    put(4, gold, 5, 1);
    expect(asterix.step(s, 2, random, usual)).toBe(1);
    expect(asterix.terminated(s, usual)).toBe(false);
    put(4, enemy, 6, -1);
    expect(asterix.step(s, 3, random, usual)).toBe(0);
    expect(asterix.terminated(s, usual)).toBe(true);
    const before = s.slice();
    expect(asterix.step(s, 1, random, usual)).toBe(0);
    before[asterixAt.executed] = 1;
    expect(s).toEqual(before);
  });

  it('lets nobody swap places with a thing that comes towards them', () => {
    begin();
    s[asterixAt.moveTimer] = 0;
    put(5, enemy, 6, -1);
    asterix.step(s, 3, random, usual);
    expect(asterix.terminated(s, usual)).toBe(true);
    // Behind its back is safe: it has gone on when the player arrives.
    begin();
    s[asterixAt.moveTimer] = 0;
    put(5, enemy, 6, 1);
    asterix.step(s, 0, random, usual);
    expect(asterix.terminated(s, usual)).toBe(false);
  });

  it('shows no trail beyond the edge', () => {
    begin();
    put(1, enemy, 0, 1);
    put(2, gold, 9, -1);
    put(3, gold, 0, -1);
    const obs = new Float32Array(400);
    asterix.observe(s, obs, 0, usual);
    const trails = [...obs.keys()].filter((i) => i % 4 === 2 && obs[i] === 1).map((i) => i >> 2);
    expect(trails).toEqual([31]);
  });

  it('stays as slow as it began when it is not to become faster', () => {
    for (const ramping of [0, 1]) {
      const p = { ...usual, ramping };
      begin(p);
      for (let t = 0; t < 400; t++) {
        asterix.step(s, 0, random, p);
        s[asterixAt.over] = 0;
      }
      expect(s[asterixAt.ramp]).toBe(ramping === 0 ? 0 : 3);
      expect(s[asterixAt.spawnInterval]).toBe(ramping === 0 ? 10 : 7);
      expect(s[asterixAt.moveInterval]).toBe(ramping === 0 ? 5 : 4);
    }
  });

  it('is played by its expert for more than sixty points', () => {
    expect(meanReturn(asterix, true, 2)).toBeGreaterThan(60);
  });
});
