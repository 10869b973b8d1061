// Space Invaders and Freeway against recorded games of MinAtar, and the rules that the short recordings do not reach.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { freeway } from '../../envs/freeway/dynamics.ts';
import { type FreewayParams, freewayAt } from '../../envs/freeway/rules.ts';
import { invaders } from '../../envs/invaders/dynamics.ts';
import { fullFleet, type InvadersParams, invadersAt } from '../../envs/invaders/rules.ts';
import { createLanes, worldParams } from '../../envs/vectorize.ts';
import { verifyWorldFile } from '../../src/cli/verify-worlds.ts';
import { createRandom, fillFrom, type RandomSource } from '../../src/core/random.ts';

const recording = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), 'utf8'));

describe.each(['invaders', 'freeway'])('%s', (name) => {
  const result = verifyWorldFile(recording(name))!;

  it('plays the recorded MinAtar games exactly, draws included', () => {
    expect(result.cases.filter((c) => c.mismatches > 0 || c.worst > 0)).toEqual([]);
    expect(result.cases.map((c) => c.name)).toContain('planner_sticky');
    expect(result.steps).toBeGreaterThan(600);
  });

  it('covers what gives points', () => {
    const { traces } = recording(name) as { traces: { episodes: { rewards: number[] }[] }[] };
    const points = traces.flatMap((t) => t.episodes.flatMap((e) => e.rewards)).reduce((a, b) => a + b, 0);
    expect(points).toBeGreaterThan(name === 'invaders' ? 48 : 3);
  });
});

describe('scores of chance', () => {
  it.each([
    // MinAtar's own, six actions and sticky: 2.80 and 0.15 points (standard errors 0.06 and 0.05).
    ['invaders', invaders, 400, 2.8, 0.4],
    ['freeway', freeway, 100, 0.15, 0.15],
  ] as const)('%s as the original', (_, def, episodes, points, tolerance) => {
    const lanes = createLanes(def, worldParams(def, { allActions: 1 }), 20);
    const random = createRandom('chance');
    lanes.resetAll(random);
    const actions = new Float32Array(20);
    const finished = new Int32Array(20);
    let sum = 0;
    while (finished.some((count) => count < episodes / 20)) {
      for (let i = 0; i < 20; i++) actions[i] = random.integer(6);
      lanes.step(actions);
      for (let i = 0; i < 20; i++) {
        if (!lanes.terminated[i] && !lanes.truncated[i]) continue;
        if (finished[i]! < episodes / 20) sum += lanes.finishedReturns[i]!;
        finished[i] = finished[i]! + 1;
      }
    }
    expect(Math.abs(sum / episodes - points)).toBeLessThan(tolerance);
  });
});

const random = createRandom('by hand');

describe('Space Invaders by hand', () => {
  const at = invadersAt;
  const [stay, left, right, fire] = [0, 1, 2, 3];
  const calm = worldParams(invaders, { stickyActionProbability: 0 }) as InvadersParams;
  const s = new Float64Array(invaders.state.length);
  const game = (changes: Partial<Record<keyof typeof at, number>> = {}): void => {
    s.fill(0);
    invaders.reset(s, random, calm);
    for (const [name, value] of Object.entries(changes)) s[at[name as keyof typeof at]] = value;
  };
  const step = (action: number): number => invaders.step(s, action, random, calm);
  const aliens = (): number => s[at.aliens]!.toString(2).replaceAll('0', '').length;

  it('hits the lowest alien above the cannon and must reload for five steps', () => {
    game({ cannon: 3 });
    const rewards = [fire, fire, fire, fire, fire, stay].map(step);
    // The shot leaves row 9 at once: four steps later it is on row 4, and row 3 has the lowest aliens.
    expect(rewards).toEqual([0, 0, 0, 0, 0, 1]);
    expect(aliens()).toBe(23);
    expect(s[at.aliens]! & (1 << 19)).toBe(0);
    expect(s[at.reload]).toBe(0);
  });

  it('marches a whole fleet every twelve steps, and the last alien in every step', () => {
    game();
    for (let t = 0; t < 12; t++) step(stay);
    expect(s[at.left]).toBe(2);
    step(stay);
    expect(s[at.left]).toBe(1);
    game({ aliens: 1, marchTimer: 0, cannon: 9 });
    step(stay);
    step(stay);
    expect(s[at.left]).toBe(0);
    step(stay);
    expect([s[at.left], s[at.top], s[at.direction]]).toEqual([0, 1, 1]);
    step(stay);
    expect(s[at.left]).toBe(1);
  });

  it('ends when a bomb or an alien meets the cannon', () => {
    game({ bombs: 5 });
    s[at.bombs + 1] = 8;
    step(stay);
    expect(invaders.terminated(s, calm)).toBe(true);
    const frozen = s.slice();
    expect(step(right)).toBe(0);
    frozen[at.executed] = 3;
    expect(s).toEqual(frozen);
    game({ bombs: 5 });
    s[at.bombs + 1] = 8;
    step(left);
    expect(invaders.terminated(s, calm)).toBe(false);
    game({ aliens: 1, top: 9, left: 4, marchTimer: 0, direction: 1 });
    step(stay);
    expect(invaders.terminated(s, calm)).toBe(true);
  });

  it('ends when a fleet that stands on the bottom row would turn, seen once more from the top', () => {
    game({ aliens: 1, top: 9, left: 0, marchTimer: 0, direction: -1, cannon: 9 });
    step(stay);
    expect(invaders.terminated(s, calm)).toBe(true);
    const seen = new Float32Array(600);
    invaders.observe(s, seen, 0, calm);
    expect(seen.reduce((a, b) => a + b, 0)).toBe(3); // the cannon, the alien, its direction
    expect(seen[1]).toBe(1);
  });

  it('sends a quicker wave after the last alien, but none quicker than six steps', () => {
    for (const [interval, next] of [
      [12, 11],
      [7, 6],
      [6, 6],
    ] as const) {
      game({ aliens: 1 << 19, interval, shots: 3, marchTimer: 5 });
      s[at.shots + 1] = 4;
      expect(step(stay)).toBe(1);
      expect([s[at.aliens], s[at.left], s[at.top], s[at.interval]]).toEqual([fullFleet, 2, 0, next]);
    }
  });
});

describe('Freeway by hand', () => {
  const at = freewayAt;
  const [stay, up, down] = [0, 1, 2];
  const calm = worldParams(freeway, { stickyActionProbability: 0 }) as FreewayParams;
  const s = new Float64Array(freeway.state.length);
  /** No car comes near but the one on the given row: at x, with that speed, about to move. */
  const road = (chicken: number, row = 0, x = 0, speed = 5): void => {
    s.fill(0);
    freeway.reset(s, random, calm);
    s.fill(5, at.speeds, at.speeds + 8);
    s.fill(5, at.timers, at.timers + 8);
    s[at.chicken] = chicken;
    s[at.hopTimer] = 0;
    if (row === 0) return;
    s[at.cars + row - 1] = x;
    s[at.speeds + row - 1] = speed;
    s[at.timers + row - 1] = 0;
  };
  const step = (action: number, source: RandomSource = random): number =>
    freeway.step(s, action, source, calm);

  it('hops every third step and not in between', () => {
    road(9);
    const rows = [up, up, up, up, down].map((action) => {
      step(action);
      return s[at.chicken];
    });
    expect(rows).toEqual([8, 8, 8, 7, 7]);
  });

  it('pays one for the other side, and draws other cars on the same places', () => {
    road(1);
    s[at.cars + 2] = 7;
    let draws = 0;
    const next = (): number => {
      draws++;
      return 0.9;
    };
    const source: RandomSource = {
      next,
      fill: fillFrom(next),
      integer: (n) => {
        draws++;
        return n - 2;
      },
      normal: () => 0,
    };
    expect(step(up, source)).toBe(1);
    expect(draws).toBe(17);
    expect(s[at.chicken]).toBe(9);
    expect([...s.slice(at.speeds, at.speeds + 8)]).toEqual(new Array(8).fill(4));
    expect([...s.slice(at.timers, at.timers + 8)]).toEqual(new Array(8).fill(3));
    expect(s[at.cars + 2]).toBe(7);
  });

  it('sends the chicken back when a car comes, also from beyond the edge, and when it hops onto one', () => {
    road(5, 5, 3, 1);
    step(stay);
    expect(s[at.chicken]).toBe(9);
    road(5, 5, 5, -1);
    step(stay);
    expect(s[at.chicken]).toBe(9);
    // The car would have left the cell in this very step.
    road(5, 4, 4, 1);
    step(up);
    expect(s[at.chicken]).toBe(9);
    road(5, 5, 9, 1);
    step(stay);
    expect([s[at.chicken], s[at.cars + 4]]).toEqual([5, 0]);
  });

  it('moves a car of speed s every s + 1 steps', () => {
    for (let speed = 1; speed <= 5; speed++) {
      road(9, 3, 0, speed);
      for (let t = 0; t < 1 + 3 * (speed + 1); t++) step(stay);
      expect(s[at.cars + 2]).toBe(4);
    }
  });

  it('ends after 2501 steps by itself, whoever plays', () => {
    const lanes = createLanes(freeway, worldParams(freeway, { maxSteps: 100_000 }), 1);
    lanes.resetAll(createRandom('clock'));
    for (let t = 0; t < 2500; t++) lanes.step([up]);
    expect(lanes.terminated[0]).toBe(0);
    lanes.step([up]);
    expect(lanes.terminated[0]).toBe(1);
    expect(lanes.finishedLengths[0]).toBe(2501);
  });

  it('has fast cars only at rush hour', () => {
    const rush = worldParams(freeway, { slowestCar: 2 }) as FreewayParams;
    for (let i = 0; i < 20; i++) {
      freeway.reset(s, random, rush);
      for (const speed of s.slice(at.speeds, at.speeds + 8)) expect(Math.abs(speed)).toBeLessThanOrEqual(2);
    }
  });
});
