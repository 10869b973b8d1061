// The grid world: its maps, its rules, and its exact solution against sums done by hand and games played out.
import { describe, expect, it } from 'vitest';
import { type GridParams, grid, gridAt } from '../../envs/grid/dynamics.ts';
import { frameSide, kinds, largestSide, mapProblem, readMap, sight } from '../../envs/grid/map.ts';
import { paintMap, tools } from '../../envs/grid/painting.ts';
import { discount, returnsOfBest, solve } from '../../envs/grid/solution.ts';
import { createLanes, worldParams } from '../../envs/vectorize.ts';
import { createRandom } from '../../src/core/random.ts';
import { learnerById } from '../../src/learners/registry.ts';

const paramsOf = (given: Readonly<Record<string, unknown>> = {}): GridParams =>
  worldParams(grid as never, given) as GridParams;
const random = createRandom('grid');
const [up, right, down, left] = [0, 1, 2, 3] as const;

/** Walks from S (or the first floor) without slipping; where it stands, what it got, and whether it is over. */
function walk(map: string, actions: readonly number[], given: Readonly<Record<string, unknown>> = {}) {
  const p = paramsOf({ map, slip: 0, fixedStart: 1, ...given });
  const s = new Float64Array(grid.state.length);
  grid.reset(s, random, p);
  let sum = 0;
  for (const action of actions) sum += grid.step(s, action, random, p);
  const { width } = readMap(map);
  const cell = s[gridAt.cell]!;
  return { x: cell % width, y: Math.floor(cell / width), sum, over: grid.terminated(s, p) };
}

describe('a map', () => {
  it('is a text, and what is wrong with one is a sentence', () => {
    const problems: readonly (readonly [string, RegExp])[] = [
      ['../G.', /^It has 2 rows; 3 to 21 are possible\.$/],
      [
        `${'.'.repeat(22)}/${'.'.repeat(22)}/${'G'.repeat(22)}`,
        /^Its rows have 22 cells; 3 to 21 are possible\.$/,
      ],
      [Array(22).fill('..G').join('/'), /^It has 22 rows; 3 to 21 are possible\.$/],
      ['..G/..../...', /^Row 2 has 4 cells where the first has 3\.$/],
      ['..G/.x./...', /^"x" is no cell; a map is made of \. # G P \^ > v < S\.$/],
      ['S.G/.S./...', /^There is more than one start S\.$/],
      ['.../.../...', /^There is no goal G\.$/],
      ['###/#G#/PPP', /^There is no cell to stand on\.$/],
      ['', /^It has 1 row; 3 to 21 are possible\.$/],
      ['...G/..../....', /^$/],
    ];
    for (const [text, sentence] of problems) expect(mapProblem(text) ?? '', text).toMatch(sentence);
  });

  it('may be as large as twenty-one by twenty-one', () => {
    const rows = Array.from({ length: largestSide }, () => '.'.repeat(largestSide));
    expect(mapProblem(['G'.repeat(largestSide), ...rows.slice(1)].join('/'))).toBeUndefined();
  });

  it('looks different from every cell up to sixteen by sixteen, however empty', () => {
    const rows = Array.from({ length: 16 }, () => '.'.repeat(16));
    const p = paramsOf({ map: [`G${rows[0]!.slice(1)}`, ...rows.slice(1)].join('/') });
    const seen = new Set<string>();
    const obs = new Float32Array(frameSide * frameSide * 7);
    for (let cell = 0; cell < 256; cell++) {
      grid.probes!.write(cell, obs, 0, p, new Float64Array(0));
      seen.add(obs.join());
    }
    expect(seen.size).toBe(256);
  });

  it('looks different from every one of the 404 cells of the four rooms', () => {
    const p = paramsOf(grid.variants.find(({ id }) => id === 'four-rooms')!.params);
    const { cells, next, start } = readMap(p.map);
    const free = [...cells.keys()].filter((cell) => cells[cell] !== kinds.wall);
    expect(free).toHaveLength(404);
    const seen = new Set<string>();
    const obs = new Float32Array(frameSide * frameSide * 7);
    for (const cell of free) {
      grid.probes!.write(cell, obs, 0, p, new Float64Array(0));
      seen.add(obs.join());
    }
    expect(seen.size).toBe(404);
    // And from the start there is a way to each.
    const reached = new Set([start]);
    for (const cell of reached) for (let d = 0; d < 4; d++) reached.add(next[4 * cell + d]!);
    expect(reached.size).toBe(404);
  });

  it('shows what lies around the player: the goal to the right, a wall beyond the edge', () => {
    const p = paramsOf({ map: 'SG./.P./..#', fixedStart: 1 });
    const s = new Float64Array(grid.state.length);
    grid.reset(s, random, p);
    const obs = new Float32Array(frameSide * frameSide * 7);
    grid.observe(s, obs, 0, p);
    const at = (x: number, y: number, kind: number) =>
      obs[((y + sight) * frameSide + x + sight) * 7 + kind - 1];
    expect([at(1, 0, kinds.goal), at(1, 1, kinds.pit), at(2, 2, kinds.wall), at(-1, 0, kinds.wall)]).toEqual([
      1, 1, 1, 1,
    ]);
    expect(obs.reduce((a, b) => a + b)).toBe(3 + 16);
  });
});

describe('a step', () => {
  it('goes one cell, costs a little, and stops at walls and at the edge', () => {
    expect(walk('S.#/..#/..G', [right])).toEqual({ x: 1, y: 0, sum: -0.01, over: false });
    expect(walk('S.#/..#/..G', [right, right, up])).toMatchObject({ x: 1, y: 0 });
    expect(walk('S.#/..#/..G', [left, up])).toMatchObject({ x: 0, y: 0 });
  });

  it('ends on a goal or in a pit, with its reward, and nothing happens after', () => {
    const goal = walk('S.#/..#/..G', [down, down, right, right]);
    expect(goal).toMatchObject({ x: 2, y: 2, over: true });
    expect(goal.sum).toBeCloseTo(0.96, 12);
    expect(walk('SP./.../..G', [right], { pitReward: -3 }).sum).toBeCloseTo(-3.01, 12);
    expect(walk('SP./.../..G', [right, right, down])).toMatchObject({ x: 1, y: 0, over: true });
  });

  it('is carried one cell further by the wind of the cell it leaves, not through walls, not past an end', () => {
    expect(walk('.../.../S^G', [right, down])).toMatchObject({ x: 1, y: 1 });
    expect(walk('.../.#./S^G', [right, down])).toMatchObject({ x: 1, y: 2 });
    expect(walk('>.../..../...G', [down])).toMatchObject({ x: 1, y: 1 });
    expect(walk('>.../..../...G', [right])).toMatchObject({ x: 2, y: 0 });
    expect(walk('>#../..../...G', [down])).toMatchObject({ x: 1, y: 1 });
    expect(walk('>P../..../...G', [right])).toMatchObject({ x: 1, y: 0, over: true });
  });

  it('slips as often as it says, to both sides alike', () => {
    const p = paramsOf({ map: '...../...../..S../...../....G', fixedStart: 1, slip: 0.3 });
    const s = new Float64Array(grid.state.length);
    const went = [0, 0, 0, 0];
    for (let i = 0; i < 10_000; i++) {
      grid.reset(s, random, p);
      grid.step(s, up, random, p);
      expect(s[gridAt.asked]).toBe(up);
      went[s[gridAt.went]!]!++;
    }
    expect(went[up]! / 10_000).toBeCloseTo(0.7, 1);
    expect(Math.abs(went[right]! - went[left]!)).toBeLessThan(220);
    expect(went[down]).toBe(0);
  });

  it('begins anywhere that is open, or on S', () => {
    const map = 'S.P/#^./..G';
    const cells = new Set<number>();
    const s = new Float64Array(grid.state.length);
    for (let i = 0; i < 200; i++) {
      grid.reset(s, random, paramsOf({ map }));
      cells.add(s[gridAt.cell]!);
    }
    expect([...cells].sort()).toEqual([0, 1, 4, 5, 6, 7]);
    grid.reset(s, random, paramsOf({ map, fixedStart: 1 }));
    expect(s[gridAt.cell]).toBe(0);
  });
});

describe('the exact solution', () => {
  it('discounts as PPO does', () => {
    expect(learnerById('ppo').knobs['discount']!.default).toBe(discount);
  });

  it('is the sum one can do by hand in a corridor', () => {
    const map = readMap('###/..G/###');
    const p = paramsOf({ slip: 0, stepCost: 0.1, goalReward: 2 });
    const { values, best } = solve(map, p);
    expect(values[4]).toBeCloseTo(1.9, 9);
    expect(values[3]).toBeCloseTo(-0.1 + discount * 1.9, 9);
    expect([...best.slice(12, 16)]).toEqual([0, 1, 0, 0]);
  });

  it('goes along the cliff when nothing slips (13 steps), and keeps away from it when something does', () => {
    const map = grid.variants.find(({ id }) => id === 'cliff')!.params.map!;
    const careless = returnsOfBest(readMap(map), paramsOf({ map, slip: 0 }), 200);
    expect(careless[36]).toBeCloseTo(1 - 13 * 0.01, 9);
    expect(solve(readMap(map), paramsOf({ map, slip: 0 })).action[24]).toBe(right);
    expect(solve(readMap(map), paramsOf({ map, slip: 0.1 })).action[24]).toBe(up);
  });

  it('keeps a wall and an end worth nothing, and a walled-in cell worth waiting for ever', () => {
    const map = readMap('.#./##./..G');
    const { values } = solve(map, paramsOf({ slip: 0, stepCost: 0.01 }));
    expect([values[1], values[8]]).toEqual([0, 0]);
    expect(values[0]).toBeCloseTo(-0.01 / (1 - discount), 6);
  });

  it('predicts what its play gathers, and 2 % less is what counts as solved', () => {
    const p = paramsOf();
    const map = readMap(p.map);
    const returns = returnsOfBest(map, p, grid.maxSteps);
    const expected = [...map.open].reduce((sum, cell) => sum + returns[cell]!, 0) / map.open.length;
    expect(expected * 0.98).toBeCloseTo(grid.solvedAt, 3);

    const lanes = createLanes(grid as never, p, 100);
    lanes.resetAll(createRandom('played'));
    const played: number[] = [];
    const actions = new Float32Array(100);
    while (played.length < 20_000) {
      for (let i = 0; i < 100; i++) lanes.expert(i, actions, i);
      lanes.step(actions);
      for (let i = 0; i < 100; i++) if (lanes.terminated[i] === 1) played.push(lanes.finishedReturns[i]!);
    }
    expect(played.reduce((a, b) => a + b, 0) / played.length).toBeCloseTo(expected, 2);
  });
});

describe('painting', () => {
  const ground = { x: 100, y: 50, cell: 20 };
  const at = (x: number, y: number): [number, number] => [100 + 20 * x + 10, 50 + 20 * y + 10];

  it('puts every tool down on the cell pointed at', () => {
    for (const [tool, symbol] of Object.entries(tools)) {
      const text = paintMap('#..G/..../....', tool, tool === 'floor' ? at(0, 0) : at(1, 1), ground);
      expect(text, tool).toBe(tool === 'floor' ? '...G/..../....' : `#..G/.${symbol}../....`);
    }
  });

  it('leaves no gaps in a quick stroke, and comes to the same when it is painted again', () => {
    const stroke = [...at(0, 2), ...at(3, 2)];
    const once = paintMap('...G/..../....', 'wall', stroke, ground);
    expect(once).toBe('...G/..../####');
    expect(paintMap(once!, 'wall', stroke, ground)).toBeUndefined();
  });

  it('moves the start and never doubles it', () => {
    expect(paintMap('S..G/..../....', 'start', at(2, 2), ground)).toBe('...G/..../..S.');
  });

  it('changes nothing beside the map, with an unknown tool, or where no map would be left', () => {
    expect(paintMap('...G/..../....', 'wall', [0, 0], ground)).toBeUndefined();
    expect(paintMap('...G/..../....', 'toString', at(0, 0), ground)).toBeUndefined();
    expect(paintMap('...G/..../....', 'wall', at(3, 0), ground)).toBeUndefined();
  });
});
