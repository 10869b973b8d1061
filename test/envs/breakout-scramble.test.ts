// Scrambled starts: a game begins as if it had been going on, and hardly any frame comes twice.
import { expect, test } from 'vitest';
import { breakoutAt as at, breakout, gridSize } from '../../envs/breakout/dynamics.ts';
import { createLanes, worldParams } from '../../envs/vectorize.ts';
import { createRandom } from '../../src/core/random.ts';

const framesOf = (scramble: number): { distinct: number; count: number } => {
  const lanes = createLanes(breakout, worldParams(breakout, { scramble }), 100);
  const random = createRandom('scramble');
  lanes.resetAll(random);
  const seen = new Set<string>();
  let count = 0;
  for (let step = 0; step < 20; step++) {
    for (let i = 0; i < lanes.count; i++) {
      const frame = lanes.observations.subarray(i * lanes.observationSize, (i + 1) * lanes.observationSize);
      seen.add(frame.join(''));
      count++;
    }
    lanes.step(Array.from({ length: lanes.count }, () => random.integer(3)));
  }
  return { distinct: seen.size, count };
};

test('scrambled frames hardly repeat; plain ones mostly do', () => {
  const [plain, scrambled] = [framesOf(0), framesOf(1)];
  expect(plain.distinct / plain.count).toBeLessThan(0.3);
  expect(scrambled.distinct / scrambled.count).toBeGreaterThan(0.98);
});

test('a scrambled game is one that could have come about: ball beside its trail, in no brick, above the paddle', () => {
  const p = worldParams(breakout, { scramble: 1 }) as Parameters<typeof breakout.reset>[2];
  const random = createRandom('starts');
  const s = new Float64Array(breakout.state.length);
  const seen = { x: new Set<number>(), y: new Set<number>(), paddle: new Set<number>() };
  let bricks = 0;
  for (let game = 0; game < 2000; game++) {
    breakout.reset(s, random, p);
    const [x, y, trailX, trailY] = [s[at.ballX]!, s[at.ballY]!, s[at.trailX]!, s[at.trailY]!];
    expect(Math.abs(x - trailX)).toBeLessThanOrEqual(1);
    expect(Math.abs(y - trailY)).toBeLessThanOrEqual(1);
    if (y >= 1 && y <= 3) expect(s[at.bricks + (y - 1) * gridSize + x]).toBe(0);
    expect(breakout.terminated(s, p)).toBe(false);
    seen.x.add(x);
    seen.y.add(y);
    seen.paddle.add(s[at.paddle]!);
    for (let i = 0; i < 3 * gridSize; i++) bricks += s[at.bricks + i]!;
  }
  expect([seen.x.size, seen.y.size, seen.paddle.size]).toEqual([10, 9, 10]);
  expect(bricks / 2000).toBeGreaterThan(13.5);
  expect(bricks / 2000).toBeLessThan(15.5);
});
