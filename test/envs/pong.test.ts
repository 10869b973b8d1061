// Facts of Pong: PufferLib's rules by hand, the same rules for both sides, and who beats whom.
import { describe, expect, it } from 'vitest';
import { pong } from '../../envs/pong/dynamics.ts';
import { expertFrom } from '../../envs/pong/expert.ts';
import {
  pongAt as at,
  ballSize,
  down,
  fieldWidth,
  follow,
  observeFrom,
  type PongParams,
  pathLength,
  serve,
  stay,
  stepBoth,
  up,
} from '../../envs/pong/table.ts';
import { createLanes, worldParams } from '../../envs/vectorize.ts';
import { createRandom, type RandomSource } from '../../src/core/random.ts';

const paramsOf = (given: Readonly<Record<string, unknown>> = {}): PongParams =>
  worldParams(pong, given) as PongParams;
const usual = paramsOf();

function served(random: RandomSource, p = usual): Float64Array {
  const s = new Float64Array(pong.state.length);
  serve(s, random, p);
  return s;
}

/** The same table seen in a mirror. */
function mirror(s: Float64Array): Float64Array {
  const out = s.slice();
  for (const pair of [at.paddle, at.score, at.hits]) [out[pair], out[pair + 1]] = [s[pair + 1]!, s[pair]!];
  out[at.ballX] = fieldWidth - ballSize - s[at.ballX]!;
  out[at.speedX] = -s[at.speedX]!;
  return out;
}
const withoutPath = (s: Float64Array): number[] => [...s.slice(0, at.path)];

describe('the rules of Pong', () => {
  it('serves from a fifth of the field to the right, level or rising by one', () => {
    const random = createRandom('serve');
    const speeds = new Set<number>();
    for (let i = 0; i < 20; i++) {
      const s = served(random);
      expect([s[at.ballX], s[at.ballY], s[at.speedX]]).toEqual([100, 304, 10]);
      expect([s[at.paddle], s[at.paddle + 1]]).toEqual([285, 285]);
      speeds.add(s[at.speedY]!);
    }
    expect(speeds).toEqual(new Set([0, -1]));
  });

  it('moves a paddle by 8 and the ball by 10 a frame, eight frames a step, and remembers each', () => {
    const random = createRandom('step');
    const s = served(random);
    s[at.speedY] = 0;
    expect(stepBoth(s, up, follow, random, usual)).toBe(0);
    expect([s[at.ballX], s[at.paddle + 1], s[at.frames]]).toEqual([180, 285 - 64, 8]);
    expect([...s.slice(at.path, at.path + pathLength)]).toEqual([110, 304, 285, 277]);
  });

  it('gives a ball hit by a moving paddle three more of that direction, up to thirteen', () => {
    const random = createRandom('spin');
    for (const [action, before, after] of [
      [stay, -1, -1],
      [up, -1, -4],
      [down, -1, 2],
      [down, 12, 13],
      [up, -11, -13],
    ] as const) {
      const s = served(random);
      s[at.ballX] = 460;
      s[at.speedY] = before;
      stepBoth(s, action, follow, random, usual);
      expect([s[at.speedX], s[at.speedY], s[at.hits + 1]]).toEqual([-10, after, 1]);
    }
  });

  it('bounces off top and bottom', () => {
    const random = createRandom('bounce');
    const s = served(random);
    s[at.ballY] = 3;
    s[at.speedY] = -5;
    stepBoth(s, stay, follow, random, usual);
    expect([s[at.ballY], s[at.speedY]]).toEqual([7 * 5, 5]);
  });

  it('a missed ball is a point for the other side and the end of the step; the next is served at once', () => {
    const random = createRandom('miss');
    const s = served(random);
    s[at.ballX] = 450;
    s[at.ballY] = 600;
    expect(stepBoth(s, stay, follow, random, usual)).toBe(-1);
    expect([s[at.score], s[at.score + 1], s[at.frames], s[at.ballX]]).toEqual([1, 0, 2, 100]);
    // The last frame still shows the ball where it left the field.
    expect(s[at.path + pathLength]).toBe(470);
  });

  it('pays for returned balls only when asked to', () => {
    const random = createRandom('bonus');
    const rewards = [0, 0.1].map((hitReward) => {
      const s = served(random);
      s[at.ballX] = 460;
      return stepBoth(s, stay, follow, random, paramsOf({ hitReward }));
    });
    expect(rewards).toEqual([0, 0.1]);
  });

  it('is over at 21, after which nothing moves', () => {
    const s = served(createRandom('over'));
    s[at.score] = 20;
    expect(pong.terminated(s, usual)).toBe(false);
    s[at.score] = 21;
    expect(pong.terminated(s, usual)).toBe(true);
    const before = s.slice();
    expect(pong.step(s, up, createRandom('x'), usual)).toBe(0);
    expect(s).toEqual(before);
  });
});

describe('both sides alike', () => {
  it('a mirrored table with exchanged players is the mirrored game', () => {
    const random = createRandom('mirror');
    for (let game = 0; game < 30; game++) {
      const p = paramsOf({ serve: 'either way' });
      let s = served(random, p);
      s[at.speedY] = random.integer(27) - 13;
      let m = mirror(s);
      for (let t = 0; t < 40; t++) {
        const [mine, theirs] = [random.integer(3), random.integer(3)];
        const paid = stepBoth(s, mine, theirs, random, p);
        const other = stepBoth(m, theirs, mine, random, p);
        expect(other + paid).toBe(0);
        // A new ball is served by a draw, which the two games do not share.
        if (paid !== 0) {
          s = served(random, p);
          m = mirror(s);
        }
        expect(withoutPath(mirror(m)).slice(0, at.score)).toEqual(withoutPath(s).slice(0, at.score));
      }
    }
  });

  it('each sees the field as if its own paddle stood at the right', () => {
    const random = createRandom('see');
    const s = served(random);
    for (let t = 0; t < 8; t++) stepBoth(s, random.integer(3), random.integer(3), random, usual);
    const [own, mirrored] = [new Float32Array(8), new Float32Array(8)];
    observeFrom(s, 0, own, 0, usual);
    observeFrom(mirror(s), 1, mirrored, 0, usual);
    expect(own).toEqual(mirrored);
    expect(expertFrom(s, 0, usual)).toBe(expertFrom(mirror(s), 1, usual));
  });
});

describe('who beats whom', () => {
  function game(given: Readonly<Record<string, unknown>>): { score: number; steps: number } {
    const lanes = createLanes(pong, paramsOf(given), 1);
    lanes.resetAll(createRandom('game'));
    const action = new Float32Array(1);
    while (lanes.terminated[0] === 0 && lanes.truncated[0] === 0) {
      lanes.expert(0, action, 0);
      lanes.step(action);
    }
    return { score: lanes.finishedReturns[0]!, steps: lanes.finishedLengths[0]! };
  }

  it('the expert beats the tracker 21 to 0, whatever the ball and the paddles', () => {
    for (const given of [{}, { ballSpeed: 20 }, { paddleHeight: 40 }, { serve: 'either way' }])
      expect(game(given).score).toBe(21);
    expect(game({ opponent: 'weak tracker' }).steps).toBeLessThan(600);
  });

  it('nobody beats a wall, and the aimer lets nothing through either', () => {
    expect(game({ opponent: 'wall' })).toEqual({ score: 0, steps: pong.maxSteps });
    expect(game({ opponent: 'aimer' })).toEqual({ score: 0, steps: pong.maxSteps });
  });
});
