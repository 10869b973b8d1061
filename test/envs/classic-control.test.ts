// MountainCar, with buttons and with a throttle, Acrobot and Pendulum: recorded steps of Gymnasium, and what their
// settings mean. The recordings under test/golden are cut short; `verify` replays whole files through the same function.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type AcrobotParams, acrobot, tipHeight } from '../../envs/acrobot/dynamics.ts';
import { type ContinuousWorld, configured, type WorldParams } from '../../envs/environment.ts';
import { mountaincarContinuous } from '../../envs/mountaincar/continuous.ts';
import { type MountainCarParams, mountaincar } from '../../envs/mountaincar/dynamics.ts';
import { climbed } from '../../envs/mountaincar/valley.ts';
import { fromUpright, type PendulumParams, pendulum } from '../../envs/pendulum/dynamics.ts';
import { createLanes, worldParams } from '../../envs/vectorize.ts';
import { verifyWorldFile } from '../../src/cli/verify-worlds.ts';
import { createRandom } from '../../src/core/random.ts';

const replay = (name: string) =>
  verifyWorldFile(JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), 'utf8')))!;
const random = createRandom('classic control');
const paramsOf = <P extends WorldParams>(
  def: { readonly params: unknown },
  given: Readonly<Record<string, unknown>> = {},
): P => worldParams(def as typeof acrobot, given) as unknown as P;

describe.each([
  ['mountaincar', ['left', 'coast', 'right', 'bangbang'], 1e-15],
  ['mountaincar-continuous', ['zero', 'over_range', 'action_f32', 'action_f64'], 0],
  ['acrobot', ['pump1', 'zero', 'lcg', 'book', 'nips'], 1e-12],
  ['pendulum', ['zero', 'plus2', 'over_range', 'swingup'], 1e-12],
] as const)('%s', (name, kinds, error) => {
  const result = replay(name);

  it('moves as Gymnasium does, step by step, in every recorded variant', () => {
    expect(result.cases.filter((c) => c.mismatches > 0)).toEqual([]);
    expect(result.steps).toBeGreaterThan(500);
    const names = result.cases.map((c) => c.name).join(' ');
    for (const kind of ['constants', ...kinds]) expect(names).toContain(kind);
  });

  it('agrees far closer than the tolerance asks', () => {
    expect(result.worst[0]!.error).toBeLessThanOrEqual(error);
  });
});

describe('mirrored controls', () => {
  it('turn every action round', () => {
    for (const def of [mountaincar, acrobot]) {
      const [a, b] = [new Float64Array(def.state.length), new Float64Array(def.state.length)];
      const plain = paramsOf<never>(def);
      const mirrored = paramsOf<never>(def, { mirrored: 1 });
      def.reset(a, random, plain);
      b.set(a);
      for (let t = 0; t < 30; t++) {
        const action = random.integer(3);
        def.step(a, action, random, plain);
        def.step(b, 2 - action, random, mirrored);
      }
      expect(b).toEqual(a);
    }
    for (const def of [mountaincarContinuous, pendulum]) {
      const [a, b] = [new Float64Array(def.state.length), new Float64Array(def.state.length)];
      const plain = paramsOf<never>(def);
      const mirrored = paramsOf<never>(def, { mirrored: 1 });
      def.reset(a, random, plain);
      b.set(a);
      for (let t = 0; t < 30; t++) {
        const action = 2 * random.next() - 1;
        def.step(a, Float64Array.of(action), random, plain);
        def.step(b, Float64Array.of(-action), random, mirrored);
      }
      expect(b).toEqual(a);
    }
  });
});

describe('MountainCar', () => {
  it('cannot be driven straight up, and pays a hint only where asked', () => {
    const s = new Float64Array(2);
    const plain = paramsOf<MountainCarParams>(mountaincar);
    const hinted = paramsOf<MountainCarParams>(mountaincar, { climbReward: 1, timeReward: 0 });
    s[0] = -0.5;
    let furthest = s[0];
    for (let t = 0; t < 200; t++) {
      expect(mountaincar.step(s, 2, random, plain)).toBe(-1);
      furthest = Math.max(furthest, s[0]!);
    }
    expect(furthest).toBeLessThan(0);
    // From rest on the valley's floor every way is paid by what it has gathered in the end, whatever it cost between.
    s[0] = -Math.PI / 6;
    s[1] = 0;
    let sum = 0;
    for (let t = 0; t < 200 && !mountaincar.terminated(s, hinted); t++) {
      sum += mountaincar.step(s, mountaincar.expert!(s, hinted), random, hinted);
    }
    expect(mountaincar.terminated(s, hinted)).toBe(true);
    expect(sum).toBeCloseTo(100 * climbed(s, hinted), 9);
    expect(sum).toBeGreaterThan(100);
  });
});

describe('Pendulum', () => {
  it('keeps its energy without torque, save for what the time step adds', () => {
    const p = paramsOf<PendulumParams>(pendulum, { secondsPerStep: 0.01 });
    const s = Float64Array.of(2, 0);
    const energy = (): number => (s[1]! * s[1]!) / 6 + 5 * Math.cos(s[0]!);
    const before = energy();
    for (let t = 0; t < 1000; t++) pendulum.step(s, Float64Array.of(0), random, p);
    expect(Math.abs(energy() - before)).toBeLessThan(0.2);
  });

  it('measures its angle from upright, however often it went round', () => {
    expect(fromUpright(2 * Math.PI + 0.25)).toBeCloseTo(0.25, 12);
    expect(fromUpright(-5 * Math.PI)).toBeCloseTo(-Math.PI, 12);
    expect(Math.abs(fromUpright(Math.PI))).toBe(Math.PI);
  });

  it('has an axis as long as its motor is strong', () => {
    const world = pendulum as unknown as ContinuousWorld;
    const strong = configured(world, worldParams(world, { maxTorque: 5 }));
    expect(strong.action.kind === 'continuous' && strong.action.axes[0]).toMatchObject({ low: -5, high: 5 });
    expect(createLanes(world, worldParams(world, {}), 1).def.action).toEqual(pendulum.action);
  });
});

describe('Acrobot', () => {
  it('keeps its energy without torque, so that arriving is the motor’s work', () => {
    const p = paramsOf<AcrobotParams>(acrobot, { secondsPerStep: 0.05, targetHeight: 1.8 });
    const s = Float64Array.of(1.2, -0.7, 0, 0);
    // Of both links at rest, by hand: 0.5 m and 1 m below the bar along the upper one, and half the lower one.
    const rest = -9.8 * (1.5 * Math.cos(1.2) + 0.5 * Math.cos(0.5));
    let highest = -2;
    for (let t = 0; t < 2000; t++) {
      acrobot.step(s, 1, random, p);
      highest = Math.max(highest, tipHeight(s, p));
    }
    const [c2, u1, u2] = [Math.cos(s[1]!), s[2]!, s[3]!];
    const kinetic = (0.25 + 1.25 + c2 + 2) * u1 * u1 * 0.5 + (1.25 + 0.5 * c2) * u1 * u2 + 0.625 * u2 * u2;
    const potential = -9.8 * (1.5 * Math.cos(s[0]!) + 0.5 * Math.cos(s[0]! + s[1]!));
    expect(kinetic + potential).toBeCloseTo(rest, 2);
    expect(highest).toBeLessThan(1);
  });
});
