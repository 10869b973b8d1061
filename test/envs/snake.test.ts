// Snake's rules one by one, and what its expert reaches.
import { describe, expect, it } from 'vitest';
import { snakeAt as at, outcomes, sideOf, staysFor } from '../../envs/snake/board.ts';
import { frameSide, type SnakeParams, sight, snake } from '../../envs/snake/dynamics.ts';
import { createLanes, worldParams } from '../../envs/vectorize.ts';
import { createRandom } from '../../src/core/random.ts';

const paramsOf = (given: Readonly<Record<string, unknown>> = {}): SnakeParams =>
  worldParams(snake as never, given) as SnakeParams;
const [up, right, down, left] = [0, 1, 2, 3] as const;
const cellAt = (x: number, y: number): number => 10 * y + x;

/** A game with the food where it is wanted: by default out of the way. */
function begin(given: Readonly<Record<string, unknown>> = {}, food = cellAt(0, 0)) {
  const p = paramsOf(given);
  const s = new Float64Array(snake.state.length);
  const random = createRandom('snake');
  snake.reset(s, random, p);
  s[at.food] = food;
  const step = (...actions: number[]): number =>
    actions.reduce((sum, action) => sum + snake.step(s, action, random, p), 0);
  const body = (): number[] => [...Array(100).keys()].filter((cell) => staysFor(s, cell) > 0);
  return { s, p, step, body };
}

describe('a move', () => {
  it('begins in the middle, three cells long, going right', () => {
    const { s, body } = begin();
    expect(s[at.head]).toBe(cellAt(5, 5));
    expect(body()).toEqual([cellAt(3, 5), cellAt(4, 5), cellAt(5, 5)]);
    expect(begin({ board: '6x6' }).s[at.head]).toBe(cellAt(3, 3));
  });

  it('goes one cell and takes the tail along', () => {
    const { step, body } = begin();
    expect(step(down, down)).toBe(0);
    expect(body()).toEqual([cellAt(5, 5), cellAt(5, 6), cellAt(5, 7)]);
  });

  it('goes straight on when asked to turn back', () => {
    const { s, step } = begin();
    step(left);
    expect([s[at.head], s[at.heading]]).toEqual([cellAt(6, 5), right]);
  });

  it('grows by a cell with every bite, and finds new food on a free one', () => {
    const { s, step, body } = begin({}, cellAt(6, 5));
    expect(step(right)).toBe(1);
    expect(body()).toHaveLength(4);
    expect(body()).not.toContain(s[at.food]);
    expect(begin({ food: 2.5 }, cellAt(6, 5)).step(right)).toBe(2.5);
  });

  it('may follow its own tail closely, but bites itself where the body stays', () => {
    const { s, step } = begin({}, cellAt(6, 5));
    step(right); // four long
    s[at.food] = cellAt(0, 0);
    expect(step(down, left, up, right, down, left, up)).toBe(0);
    expect(s[at.outcome]).toBe(outcomes.playing);
    s[at.food] = cellAt(6, 5);
    expect(step(right)).toBe(1); // five long: the square is now too small
    s[at.food] = cellAt(0, 0);
    expect(step(down)).toBe(-1);
    expect(s[at.outcome]).toBe(outcomes.body);
  });
});

describe('the end', () => {
  it('is a wall, and nothing moves any more', () => {
    const { s, p, step } = begin({ death: 3 });
    expect(step(right, right, right, right)).toBe(0);
    expect(step(right)).toBe(-3);
    expect([s[at.outcome], snake.terminated(s, p)]).toEqual([outcomes.wall, true]);
    const before = s.slice();
    expect(step(up)).toBe(0);
    expect(s).toEqual(before);
  });

  it('is no wall where there is none: it comes back at the other side', () => {
    const { s, step } = begin({ wrap: 1 });
    expect(step(right, right, right, right, right)).toBe(0);
    expect(s[at.head]).toBe(cellAt(0, 5));
  });

  it('is hunger, after so many moves for each cell of its length', () => {
    const { s, step } = begin({ patience: 10, wrap: 1 });
    for (let i = 0; i < 29; i++) expect(step(right)).toBe(0);
    expect(step(right)).toBe(-1);
    expect(s[at.outcome]).toBe(outcomes.hunger);
  });

  it('is a full board, with nothing lost', () => {
    const { s, p, step, body } = begin({ board: '6x6' });
    // One free cell left beside the head, the food on it.
    s.fill(0, 0, 100);
    let move = 0;
    for (let y = 0; y < 6; y++) {
      for (let i = 0; i < 6; i++) {
        const cell = cellAt(y % 2 === 0 ? i : 5 - i, y);
        if (cell !== cellAt(0, 5)) s[cell] = ++move;
      }
    }
    Object.entries({ head: cellAt(1, 5), heading: left, length: 35, moves: 35, food: cellAt(0, 5) }).forEach(
      ([name, value]) => {
        s[at[name as keyof typeof at]] = value;
      },
    );
    expect(step(left)).toBe(1);
    expect(body()).toHaveLength(36);
    expect([s[at.outcome], snake.terminated(s, p)]).toEqual([outcomes.full, true]);
  });
});

describe('what it sees', () => {
  const look = (given: Readonly<Record<string, unknown>>, food: number, actions: readonly number[] = []) => {
    const { s, p, step } = begin(given, food);
    step(...actions);
    const obs = new Float32Array(frameSide * frameSide * 4);
    snake.observe(s, obs, 0, p);
    return (x: number, y: number): number[] =>
      [...obs.slice(((y + sight) * frameSide + x + sight) * 4).slice(0, 4)].map(
        (v) => Math.round(v * 100) / 100,
      );
  };

  it('is the board round its head: body with how soon it will be gone, food, the wall round it all', () => {
    const at = look({}, cellAt(9, 0));
    expect([at(0, 0), at(-1, 0), at(-2, 0), at(-3, 0)]).toEqual([
      [0, 1, 0, 0],
      [0, 1, 0.33, 0],
      [0, 1, 0.67, 0],
      [0, 0, 0, 0],
    ]);
    expect(at(4, -5)).toEqual([0, 0, 0, 1]);
    expect([at(5, 0), at(-6, 0), at(0, 5), at(0, -6), at(5, 5)]).toEqual(Array(5).fill([1, 0, 0, 0]));
    expect(at(6, 0)).toEqual([0, 0, 0, 0]);
  });

  it('is each cell where it is nearest on a board without walls', () => {
    const at = look({ wrap: 1 }, cellAt(0, 5), [right, right]);
    expect(at(3, 0)).toEqual([0, 0, 0, 1]);
    expect(at(-7, 0)).toEqual([0, 0, 0, 0]);
  });
});

describe('the expert', () => {
  it.each([
    ['10x10', 0, 55],
    ['6x6', 0, 22],
    ['10x10', 1, 75],
  ] as const)('on %s, wrap %i, eats most of what there is in 900 moves', (board, wrap, least) => {
    const p = paramsOf({ board, wrap });
    const lanes = createLanes(snake as never, p, 8);
    lanes.resetAll(createRandom('expert'));
    const actions = new Float32Array(8);
    const most = new Float64Array(8);
    for (let t = 0; t < 900; t++) {
      for (let i = 0; i < 8; i++) {
        lanes.expert(i, actions, i);
        most[i] = Math.max(most[i]!, lanes.rows[i * lanes.stride + at.length]! - 3);
      }
      lanes.step(actions);
    }
    expect(most.reduce((a, b) => a + b) / 8).toBeGreaterThan(least);
    expect(Math.max(...most)).toBeLessThanOrEqual(sideOf(board) ** 2 - 3);
  });
});
