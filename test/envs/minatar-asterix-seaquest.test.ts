// Asterix and Seaquest against recorded games of MinAtar, and against what their rules say of scores and rare cases.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { asterixAt, enemy, gold, slotWidth } from '../../envs/asterix/board.ts';
import { type AsterixParams, asterix } from '../../envs/asterix/dynamics.ts';
import type { EnvironmentDef } from '../../envs/environment.ts';
import { type SeaquestParams, seaquest } from '../../envs/seaquest/dynamics.ts';
import { append, removeEqual } from '../../envs/seaquest/lists.ts';
import { seaquestAt, seaquestLists } from '../../envs/seaquest/sea.ts';
import { moveEverything } from '../../envs/seaquest/swimmers.ts';
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

describe.each(['asterix', 'seaquest'])('recorded games of %s', (name) => {
  it('are played exactly as they were, draws included', () => {
    const result = verifyWorldFile(recording(name))!;
    expect(result.cases.filter((c) => c.mismatches > 0 || c.worst > 0)).toEqual([]);
    expect(result.steps).toBeGreaterThan(450);
  });

  it('would not pass with one number wrong', () => {
    // A game is over soon enough for the second step to be its own.
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

describe('Seaquest', () => {
  const usual = worldParams(seaquest, { stickyActionProbability: 0 }) as SeaquestParams;
  const s = new Float64Array(seaquest.state.length);
  const random = rowRandom();
  random.bind(Float64Array.of(7), 0);
  const begin = (given: Partial<Record<keyof typeof seaquestAt, number>> = {}, p = usual): void => {
    seaquest.reset(s, random, p);
    for (const [name, value] of Object.entries(given)) s[seaquestAt[name as keyof typeof seaquestAt]] = value;
  };
  const put = (list: keyof typeof seaquestLists, ...numbers: number[]): void => {
    s.set(numbers, append(s, seaquestLists[list]));
  };
  const entries = (list: keyof typeof seaquestLists): number[][] => {
    const { count, first, width } = seaquestLists[list];
    return Array.from({ length: s[count]! }, (_, i) => [
      ...s.slice(first + i * width, first + (i + 1) * width),
    ]);
  };
  const over = (): boolean => seaquest.terminated(s, usual);
  const [up, down, fire] = [2, 4, 5];

  it('scores what MinAtar scores at random: 0.107 in 1500 recorded games, 0.01 standard error', () => {
    expect(Math.abs(meanReturn(seaquest, false, 200) - 0.107)).toBeLessThan(0.04);
  });

  it('pays a point for a fish and for a submarine that is shot, by its weight', () => {
    for (const list of ['fish', 'subs'] as const) {
      for (const enemyReward of [1, 3]) {
        begin({ subX: 5, subY: 4 });
        put(list, 4, 4, -1, 3, 10);
        expect(seaquest.step(s, fire, random, { ...usual, enemyReward })).toBe(enemyReward);
        expect(entries(list)).toEqual([]);
        expect(entries('shots')).toEqual([]);
      }
    }
  });

  it('drowns the player after 200 steps under water', () => {
    begin();
    let steps = 0;
    while (!over()) {
      seaquest.step(s, steps === 0 ? down : 0, random, usual);
      s[seaquestLists.fish.count] = 0;
      s[seaquestLists.subs.count] = 0;
      s[seaquestLists.enemyShots.count] = 0;
      steps++;
    }
    expect(steps).toBe(201);
  });

  it('ends at the surface without a diver, and gives fresh air for one', () => {
    begin({ subY: 1, surfaced: 0, oxygen: 90 });
    seaquest.step(s, up, random, usual);
    expect(over()).toBe(true);
    begin({ subY: 1, surfaced: 0, oxygen: 90, divers: 2 });
    expect(seaquest.step(s, up, random, usual)).toBe(0);
    expect(over()).toBe(false);
    expect([s[seaquestAt.oxygen], s[seaquestAt.divers], s[seaquestAt.ramp]]).toEqual([200, 1, 1]);
  });

  it('pays six divers by the air that is left, and keeps the exploit of a count below zero', () => {
    for (const [oxygen, pay] of [
      [200, 10],
      [119, 5],
      [19, 0],
    ] as const) {
      begin({ subY: 1, surfaced: 0, oxygen, divers: 6 });
      expect(seaquest.step(s, up, random, usual)).toBe(pay);
      expect(s[seaquestAt.divers]).toBe(-1);
    }
    for (let divers = -2; divers > -6; divers--) {
      seaquest.step(s, down, random, usual);
      seaquest.step(s, up, random, usual);
      expect(over()).toBe(false);
      expect([s[seaquestAt.oxygen], s[seaquestAt.divers]]).toEqual([200, divers]);
    }
  });

  it('removes the oldest of equal entries, and says where the other one went', () => {
    const { fish } = seaquestLists;
    begin();
    put('fish', 4, 3, 1, 2);
    put('fish', 3, 3, 1, 0);
    put('fish', 4, 3, 1, 2);
    expect(removeEqual(s, fish, fish.first + 2 * fish.width)).toBe(fish.first + fish.width);
    expect(entries('fish')).toEqual([
      [3, 3, 1, 0],
      [4, 3, 1, 2],
    ]);
    expect(removeEqual(s, fish, fish.first)).toBe(-1);
    expect(entries('fish')).toEqual([[4, 3, 1, 2]]);
  });

  it('lets a submarine that goes fire the shot that was due', () => {
    begin({ subY: 8 });
    put('subs', 5, 3, 1, 0, 0);
    put('shots', 7, 3, -1);
    expect(seaquest.step(s, 0, random, usual)).toBe(1);
    expect(entries('subs')).toEqual([]);
    expect(entries('enemyShots')).toEqual([[7, 3, 1]]);
  });

  it('never fills its lists, however fast the game has become', () => {
    const most = { shots: 0, divers: 0, subs: 0, enemyShots: 0, fish: 0 };
    for (const subOneIn of [1, 3, 20]) {
      const p = { ...usual, subOneIn, diverInterval: 10 };
      begin({ divers: -1, subX: 0 }, p);
      for (let t = 0; t < 3000; t++) {
        // Up and down as fast as can be: no game quickens sooner.
        seaquest.step(s, t % 2 === 0 ? down : up, random, p);
        s[seaquestAt.over] = 0;
        s[seaquestAt.divers] = -1;
        for (const name of Object.keys(most) as (keyof typeof most)[]) {
          most[name] = Math.max(most[name], s[seaquestLists[name].count]!);
        }
      }
    }
    expect(most.fish).toBeGreaterThan(15);
    expect(most.subs).toBeGreaterThan(15);
    for (const name of Object.keys(most) as (keyof typeof most)[]) {
      expect(most[name], name).toBeLessThanOrEqual(
        seaquestLists[name].capacity - (name === 'divers' ? 0 : 2),
      );
    }
  });

  it('leaves out the newest when a list is full', () => {
    begin();
    const { fish } = seaquestLists;
    for (let i = 0; i < fish.capacity; i++) put('fish', 1, 1, 1, 3);
    expect(append(s, fish)).toBe(-1);
    expect(s[fish.count]).toBe(fish.capacity);
    moveEverything(s);
    expect(s[fish.count]).toBe(fish.capacity);
  });

  it('is played by its expert for more than fifty points', () => {
    expect(meanReturn(seaquest, true, 3)).toBeGreaterThan(50);
  });
});
