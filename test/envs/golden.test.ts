// Our worlds against recorded steps of the public implementations: Gymnasium's CartPole-v1 and MinAtar's Breakout.
// The recordings under test/golden are cut short; `verify` replays whole files through the same function.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type BreakoutParams, breakout, breakoutAt } from '../../envs/breakout/dynamics.ts';
import { type CartPoleParams, cartpole } from '../../envs/cartpole/dynamics.ts';
import { worldParams } from '../../envs/vectorize.ts';
import { verifyWorldFile } from '../../src/cli/verify-worlds.ts';
import { createRandom } from '../../src/core/random.ts';

const recording = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), 'utf8'));

/** A recording with the value at `path` replaced (or taken away, where `value` is undefined). */
function altered(name: string, path: readonly (string | number)[], value: unknown): unknown {
  const copy = recording(name);
  let at = copy as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
  at[path.at(-1)!] = value;
  return copy;
}

describe('CartPole', () => {
  const result = verifyWorldFile(recording('cartpole'))!;

  it('moves as Gymnasium does, step by step, in every recorded variant', () => {
    expect(result.cases.filter((c) => c.mismatches > 0)).toEqual([]);
    expect(result.steps).toBeGreaterThan(1000);
    const names = result.cases.map((c) => c.name).join(' ');
    for (const kind of [
      'constants',
      'feedback',
      'past_terminal',
      'sutton_barto',
      'semi_implicit',
      'long_pole',
    ]) {
      expect(names).toContain(kind);
    }
    for (const kind of ['heavy_pole', 'weak_motor', 'moon']) expect(names).toContain(kind);
  });

  it('agrees far closer than the tolerance asks', () => {
    expect(result.worst[0]!.error).toBeLessThan(1e-12);
  });

  it('mirrored, moves left as it would move right', () => {
    const plain = worldParams(cartpole, {}) as CartPoleParams;
    const random = createRandom('mirrored');
    const [a, b] = [new Float64Array(4), new Float64Array(4)];
    cartpole.reset(a, random, plain);
    b.set(a);
    for (let t = 0; t < 20; t++) {
      const action = random.integer(2);
      cartpole.step(a, action, random, plain);
      cartpole.step(b, 1 - action, random, { ...plain, mirrored: 1 });
    }
    expect(b).toEqual(a);
  });
});

describe('Breakout', () => {
  it('plays the recorded MinAtar games exactly, draws included', () => {
    const result = verifyWorldFile(recording('breakout'))!;
    expect(result.cases.filter((c) => c.mismatches > 0 || c.worst > 0)).toEqual([]);
    expect(result.cases.map((c) => c.name)).toContain('random_sticky_0');
    expect(result.steps).toBeGreaterThan(1000);
  });

  // No recorded game clears a wall, so the two rules about it are checked by hand.
  const s = new Float64Array(breakout.state.length);
  const nothingSticks = worldParams(breakout, { stickyActionProbability: 0 }) as BreakoutParams;
  const random = createRandom('breakout');
  const fallingBall = (paddle: number): void => {
    s.fill(0);
    Object.entries({ ballX: 4, ballY: 8, direction: 2, paddle }).forEach(([name, value]) => {
      s[breakoutAt[name as keyof typeof breakoutAt]] = value;
    });
  };
  const bricks = (): number => s.slice(0, breakoutAt.ballX).reduce((a, b) => a + b, 0);

  it('builds a new wall when the ball reaches the bottom and no brick is left', () => {
    fallingBall(4);
    expect(breakout.step(s, 0, random, nothingSticks)).toBe(0);
    expect(bricks()).toBe(30);
    expect(s[breakoutAt.over]).toBe(0);
    fallingBall(4);
    s[3] = 1;
    breakout.step(s, 0, random, nothingSticks);
    expect(bricks()).toBe(1);
  });

  it('returns a ball from the cell it leaves or the cell it lands on, and from no other', () => {
    const outcome = (paddle: number): readonly (number | undefined)[] => {
      fallingBall(paddle);
      breakout.step(s, 0, random, nothingSticks);
      return ['over', 'ballX', 'ballY', 'direction'].map(
        (name) => s[breakoutAt[name as keyof typeof breakoutAt]],
      );
    };
    expect(outcome(4)).toEqual([0, 5, 8, 1]);
    expect(outcome(5)).toEqual([0, 5, 8, 0]);
    expect(outcome(3)[0]).toBe(1);
    expect(outcome(6)[0]).toBe(1);
  });

  it('passes through a brick it meets right after another', () => {
    s.fill(0);
    // Going up-right from (3, 4): the brick at (4, 3) is taken; with a contact just before, it is not.
    for (const contact of [0, 1]) {
      s.fill(0);
      s[breakoutAt.bricks + 2 * 10 + 4] = 1;
      s[breakoutAt.ballX] = 3;
      s[breakoutAt.ballY] = 4;
      s[breakoutAt.direction] = 1;
      s[breakoutAt.contact] = contact;
      expect(breakout.step(s, 0, random, nothingSticks)).toBe(1 - contact);
      expect(bricks()).toBe(contact);
      expect(s[breakoutAt.ballY]).toBe(contact ? 3 : 4);
      expect(s[breakoutAt.contact]).toBe(1);
    }
  });
});

describe('verifying a recording', () => {
  it('notices a single wrong number, flag, bit or draw', () => {
    const run = ['trajectories', 3];
    const wrong: readonly (readonly [string, readonly (string | number)[], unknown])[] = [
      ['cartpole', ['constants', 'gravity'], 9.81],
      ['cartpole', [...run, 'states', 20, 2], 0.5],
      ['cartpole', [...run, 'obs_f32', 20, 1], 0.5],
      ['cartpole', [...run, 'rewards', 20], 0],
      ['cartpole', [...run, 'terminated', 20], true],
      ['breakout', ['traces', 1, 'episodes', 0, 'rewards', 3], 1],
      ['breakout', ['traces', 1, 'episodes', 0, 'terminal', 3], true],
      ['breakout', ['traces', 1, 'episodes', 0, 'executed', 3], 5],
      ['breakout', ['traces', 1, 'episodes', 0, 'draws_per_step', 3], 2],
      ['breakout', ['traces', 1, 'episodes', 0, 'obs', 3], '0'.repeat(100)],
      ['breakout', ['traces', 1, 'draw_words', 7], 1],
      ['breakout', ['traces', 1, 'seed'], 1],
    ];
    for (const [name, path, value] of wrong) {
      expect(verifyWorldFile(altered(name, path, value))!.mismatches, path.join('.')).toBeGreaterThan(0);
    }
  });

  it('knows nothing of worlds that are not here', () => {
    expect(verifyWorldFile({ env: 'Chess-v0' })).toBeUndefined();
  });

  it('says in one sentence what is wrong with a file', () => {
    const problems: readonly (readonly [unknown, RegExp])[] = [
      [[], /the file is not an object/],
      [{}, /the file has no text "env"/],
      [altered('cartpole', ['constants'], undefined), /constants is not an object/],
      [altered('cartpole', ['constants', 'charm'], 1), /constant "charm" has no counterpart/],
      [
        altered('cartpole', ['trajectories', 0, 'actions'], 'left'),
        /actions of left_0 is not a list of numbers/,
      ],
      [altered('cartpole', ['trajectories', 0, 'states'], []), /has 0 entries where 9 belong/],
      [
        altered('cartpole', ['trajectories', 0, 'states', 2], [1]),
        /row 3 of "states" of left_0 has 1 entries/,
      ],
      [altered('cartpole', ['trajectories', 0, 'variant'], 'jupiter'), /variant "jupiter" is not an object/],
      [altered('breakout', ['traces'], undefined), /the file has no list "traces"/],
      [altered('breakout', ['traces', 0, 'seed'], 'x'), /random_sticky_0 has no number "seed"/],
      [altered('breakout', ['traces', 0, 'episodes', 0, 'obs', 0], 'ZZ'), /is not lower-case hex/],
    ];
    for (const [file, sentence] of problems) expect(() => verifyWorldFile(file)).toThrow(sentence);
  });
});
