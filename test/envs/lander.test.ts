// The lander against Gymnasium's LunarLander-v3: flights in the air one by one, landings by their statistics, and a few
// facts of the mechanics that hold whatever the solver.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  hingeX,
  hingeY,
  hullCentre,
  hullInertia,
  hullMass,
  legInertia,
  legMass,
} from '../../envs/lander/craft.ts';
import { type LanderParams, lander } from '../../envs/lander/dynamics.ts';
import { landerAt as at } from '../../envs/lander/row.ts';
import { worldParams } from '../../envs/vectorize.ts';
import { verifyWorldFile } from '../../src/cli/verify-worlds.ts';
import { type RandomSource, rowRandom } from '../../src/core/random.ts';

const usual = worldParams(lander, {}) as LanderParams;

function randomFrom(seed: number): RandomSource {
  const random = rowRandom();
  random.bind(Float64Array.of(seed), 0);
  return random;
}

type Policy = (s: Float64Array, random: RandomSource, p: LanderParams) => number;
const expertly: Policy = (s, _random, p) => lander.expert!(s, p);
const blindly: Policy = (_s, random) => random.integer(4);

/** Mean return, and the share of flights that came to rest. */
function score(policy: Policy, episodes: number, p = usual) {
  const s = new Float64Array(lander.state.length);
  const [nature, dice] = [randomFrom(1), randomFrom(2)];
  let sum = 0;
  let landed = 0;
  for (let i = 0; i < episodes; i++) {
    lander.reset(s, nature, p);
    for (let t = 0; t < lander.maxSteps && !lander.terminated(s, p); t++) {
      sum += lander.step(s, policy(s, dice, p), nature, p);
    }
    landed += s[at.asleep]!;
  }
  return { mean: sum / episodes, landed: landed / episodes };
}

describe('in the air', () => {
  const result = verifyWorldFile(
    JSON.parse(readFileSync(new URL('../golden/lander.json', import.meta.url), 'utf8')),
  )!;

  it('flies as the recorded craft do until they touch the ground', () => {
    expect(result.mismatches).toBe(0);
    expect(result.steps).toBeGreaterThan(600);
    expect(result.cases.map((c) => c.name)).toContain('heuristic_wind_1');
    // Only where a leg meets its stop a step earlier is more than a hundredth off.
    expect(result.cases.filter((c) => c.worst > 0.004).map((c) => c.name)).toEqual(['heuristic_0']);
  });

  it('has the masses of the recorded craft', () => {
    expect(hullMass).toBeCloseTo(4.816666603088379, 5);
    expect(legMass).toBeCloseTo(0.07111112028360367, 7);
    expect(hullInertia + hullMass * hullCentre * hullCentre).toBeCloseTo(0.8333148956298828, 5);
    expect(legInertia).toBeCloseTo(0.0017909470479935408, 8);
  });

  it('falls as one: only gravity moves the common centre of mass', () => {
    const s = new Float64Array(lander.state.length);
    const random = randomFrom(3);
    lander.reset(s, random, usual);
    const momentum = (axis: number): number =>
      hullMass * s[axis]! + legMass * (s[at.leg[0] + axis]! + s[at.leg[1] + axis]!);
    const before = [momentum(3), momentum(4)];
    for (let t = 0; t < 20; t++) lander.step(s, 0, random, usual);
    expect(momentum(3)).toBeCloseTo(before[0]!, 9);
    expect(momentum(4)).toBeCloseTo(before[1]! - (hullMass + 2 * legMass) * 10 * 0.4, 9);
  });
});

describe('on the ground', () => {
  // Gymnasium: 240.0 +- 3.2 (92.5 % landed), -179.3 +- 3.3, -131.1 +- 1.9, with wind 97.9 +- 7.4.
  it('is as hard as the original for its own control law', () => {
    const { mean, landed } = score(expertly, 1000);
    expect(Math.abs(mean - 240)).toBeLessThan(10);
    expect(Math.abs(landed - 0.925)).toBeLessThan(0.025);
  });

  it('is as hard as the original in wind', () => {
    expect(Math.abs(score(expertly, 250, { ...usual, wind: 1 }).mean - 97.9)).toBeLessThan(30);
  });

  it('treats those who know nothing as the original does', () => {
    expect(Math.abs(score(blindly, 300).mean + 179.3)).toBeLessThan(15);
    expect(Math.abs(score(() => 0, 300).mean + 131.1)).toBeLessThan(8);
  });

  it('keeps legs on their hinges and between their stops unless it hits the ground', () => {
    const s = new Float64Array(lander.state.length);
    const random = randomFrom(4);
    lander.reset(s, random, usual);
    let widest = 0;
    let bent = 0;
    for (let t = 0; t < 3000; t++) {
      const flew = s[at.touches[0]] === 0 && s[at.touches[1]] === 0;
      lander.step(s, t % 600 < 300 ? expertly(s, random, usual) : random.integer(4), random, usual);
      if (lander.terminated(s, usual)) {
        lander.reset(s, random, usual);
        continue;
      }
      if (!flew || s[at.touches[0]] !== 0 || s[at.touches[1]] !== 0) continue;
      for (const leg of [0, 1] as const) {
        const [x = 0, y = 0, angle = 0] = s.subarray(at.leg[leg], at.leg[leg] + 3);
        const [c, sn] = [Math.cos(angle), Math.sin(angle)];
        const dx = x + c * hingeX[leg] - sn * hingeY - s[0]!;
        const dy = y + sn * hingeX[leg] + c * hingeY - s[1]!;
        widest = Math.max(widest, Math.sqrt(dx * dx + dy * dy));
        const bend = (leg === 0 ? 1 : -1) * (angle - s[2]!);
        bent = Math.max(bent, 0.35 - bend, bend - 0.85);
      }
    }
    expect(widest).toBeLessThan(0.005);
    expect(bent).toBeLessThan(0.04);
  });

  it('pays for a landing once all has been still for half a second', () => {
    const s = new Float64Array(lander.state.length);
    const random = randomFrom(5);
    let reward = 0;
    let t = 0;
    lander.reset(s, random, usual);
    while (!lander.terminated(s, usual) && t++ < 1000) {
      reward = lander.step(s, expertly(s, random, usual), random, usual);
    }
    expect([s[at.asleep], s[at.crashed], reward]).toEqual([1, 0, 100]);
    expect(s[at.still]).toBeCloseTo(0.5, 9);
  });
});

describe('settings', () => {
  it('weigh each part of the reward by itself', () => {
    const parts = ['distance', 'speed', 'angle', 'leg', 'mainFuel', 'sideFuel', 'crash', 'landing'];
    const knobs = parts.map((part) => `${part}Reward`);
    const total = (given: Readonly<Record<string, number>>): number =>
      score(expertly, 20, worldParams(lander, given) as LanderParams).mean;
    const alone = knobs.map((knob) =>
      total({ ...Object.fromEntries(knobs.map((name) => [name, 0])), [knob]: 1 }),
    );
    for (const part of alone) expect(Math.abs(part)).toBeGreaterThan(0.1);
    expect(total(Object.fromEntries(knobs.map((name) => [name, 0])))).toBe(0);
    // The last reward of a flight replaces what the state changed by, so parts add up but for that one step.
    expect(Math.abs(alone.reduce((a, b) => a + b, 0) - total({}))).toBeLessThan(1);
  });

  it('mirrored, fires the other side engine', () => {
    const [a, b] = [new Float64Array(lander.state.length), new Float64Array(lander.state.length)];
    const [one, two] = [randomFrom(6), randomFrom(6)];
    const mirrored = { ...usual, mirrored: 1 };
    lander.reset(a, one, usual);
    lander.reset(b, two, mirrored);
    for (const action of [1, 3, 2, 0, 1]) {
      lander.step(a, action, one, usual);
      lander.step(b, [0, 3, 2, 1][action]!, two, mirrored);
    }
    expect(b).toEqual(a);
  });
});
