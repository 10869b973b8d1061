// What every world must keep, checked over the registry: a new world is tested by being registered.
import { describe, expect, it } from 'vitest';
import { digitsAt } from '../../envs/digits/dynamics.ts';
import { type EnvironmentDef, isContinuous, mostProbes, type WorldParams } from '../../envs/environment.ts';
import { environmentById, environments } from '../../envs/registry.ts';
import { createLanes, type Lanes, worldParams } from '../../envs/vectorize.ts';
import type { KnobValue } from '../../src/core/knobs.ts';
import { createRandom, type Random } from '../../src/core/random.ts';
import { anyAction } from '../../src/learners/policy.ts';

const sizeOf = (def: EnvironmentDef): number => def.observation.shape.reduce((a, b) => a * b, 1);

function lanesOf(
  def: EnvironmentDef,
  count: number,
  params: WorldParams = worldParams(def, {}),
  seed = 'contract',
) {
  const lanes = createLanes(def, params, count);
  lanes.resetAll(createRandom(seed));
  return lanes;
}

/** Writes what one lane is to do to actions[at...]. */
type Player = (lanes: Lanes, lane: number, actions: Float32Array, at: number) => void;
const expertPlays: Player = (lanes, lane, actions, at) => lanes.expert(lane, actions, at);
const randomPlayer =
  (random: Random): Player =>
  (lanes, _lane, actions, at) =>
    anyAction(lanes.def.action, actions, at, random);

function play(lanes: Lanes, player: Player, steps: number, after: () => void = () => {}): void {
  const actions = new Float32Array(lanes.count * lanes.actionSize);
  for (let t = 0; t < steps; t++) {
    for (let i = 0; i < lanes.count; i++) player(lanes, i, actions, i * lanes.actionSize);
    lanes.step(actions);
    after();
  }
}

/** Returns of the first `each` episodes of every lane, so that short episodes count no more than long ones. */
function returnsOf(lanes: Lanes, player: Player, each: number): number[] {
  const returns: number[] = [];
  const finished = new Int32Array(lanes.count);
  while (returns.length < each * lanes.count) {
    play(lanes, player, 1);
    for (let i = 0; i < lanes.count; i++) {
      const ended = lanes.terminated[i] === 1 || lanes.truncated[i] === 1;
      if (!ended || finished[i]! >= each) continue;
      finished[i] = finished[i]! + 1;
      returns.push(lanes.finishedReturns[i]!);
    }
  }
  return returns;
}
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

const allFinite = (values: Float32Array | Float64Array): boolean =>
  values.every((value) => Number.isFinite(value));

/** Every parameter at either end alone, all at either end together, and a few corners in between. */
function extremeParams(def: EnvironmentDef): WorldParams[] {
  const names = Object.keys(def.params);
  const end = (name: string, high: boolean): KnobValue => {
    const knob = def.params[name]!;
    if (knob.kind === 'number') return knob[high ? 'max' : 'min'];
    return knob.kind === 'choice' ? knob.options.at(high ? -1 : 0)! : knob.default;
  };
  const random = createRandom('corners');
  const corner = (pick: (name: string) => boolean): Record<string, KnobValue> =>
    Object.fromEntries(names.map((name) => [name, end(name, pick(name))]));
  return [
    ...names.flatMap((name) => [{ [name]: end(name, false) }, { [name]: end(name, true) }]),
    corner(() => false),
    corner(() => true),
    ...Array.from({ length: 10 }, () => corner(() => random.next() < 0.5)),
  ].map((given) => worldParams(def, given));
}

const variantsOf = (def: EnvironmentDef): [string, WorldParams][] => [
  ['as it is', worldParams(def, {})],
  ...def.variants.map((v): [string, WorldParams] => [v.title, worldParams(def, v.params)]),
];

const withId = (worlds: readonly EnvironmentDef[]) => worlds.map((def) => [def.id, def] as const);

describe('the registry', () => {
  it('names each world once, CartPole first', () => {
    const ids = environments.map((def) => def.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids[0]).toBe('cartpole');
    for (const def of environments) expect(environmentById(def.id)).toBe(def);
  });

  it('lists the worlds there are when asked for another', () => {
    expect(() => environmentById('chess')).toThrow(/no world "chess"; choose one of cartpole, mountaincar, /);
  });
});

describe.each(withId(environments))('%s', (_, def) => {
  it('describes itself without contradiction', () => {
    const { shape, names } = def.observation;
    expect(def.id).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(new Set(def.state).size).toBe(def.state.length);
    expect([1, 2, 3]).toContain(shape.length);
    // A list says what each of its places holds.
    expect(def.observation.things?.length).toBe(shape.length === 2 ? shape[0] : undefined);
    expect(names.length).toBe(shape.at(-1));
    const keys = def.action.kind === 'discrete' ? def.action.keys : def.action.axes.flatMap((a) => a.keys);
    const does = def.action.kind === 'discrete' ? def.action.names : def.action.axes.flatMap((a) => a.does);
    expect(keys.length).toBe(does.length);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(does).size).toBe(does.length);
    if (def.action.kind === 'continuous') {
      for (const { low, high } of def.action.axes) expect(low).toBeLessThan(high);
    }
    const [low, high] = def.returnRange;
    expect(def.solvedAt).toBeGreaterThan(low);
    expect(def.solvedAt).toBeLessThanOrEqual(high);
    expect(def.stepsPerSecond).toBeGreaterThan(0);
    expect(def.story.length).toBeGreaterThan(80);
    expect(new Set(def.variants.map((v) => v.id)).size).toBe(def.variants.length);
    for (const knob of Object.values(def.params)) expect(knob.help).toMatch(/\.$/);
    // Defaults and variants are within the knobs' ranges, or resolving them throws.
    expect(variantsOf(def).length).toBe(def.variants.length + 1);
    if (def.labelled) expect(def.expert).toBeDefined();
  });

  it('survives ten thousand random steps with finite numbers, and every episode ends', () => {
    const lanes = lanesOf(def, 8);
    let longest = 0;
    let episodes = 0;
    const [low, high] = def.returnRange;
    // Longer where an episode takes longer.
    play(lanes, randomPlayer(createRandom('play')), Math.max(10000 / 8, def.maxSteps), () => {
      expect(allFinite(lanes.rows) && allFinite(lanes.observations) && allFinite(lanes.rewards)).toBe(true);
      for (let i = 0; i < lanes.count; i++) {
        if (!lanes.terminated[i] && !lanes.truncated[i]) continue;
        episodes++;
        longest = Math.max(longest, lanes.finishedLengths[i]!);
        expect(lanes.finishedReturns[i]).toBeGreaterThanOrEqual(low);
        expect(lanes.finishedReturns[i]).toBeLessThanOrEqual(high);
      }
    });
    expect(episodes).toBeGreaterThan(0);
    expect(longest).toBeLessThanOrEqual(def.maxSteps);
  });

  it('repeats itself from the same seed, and only from that', () => {
    const run = (seed: string): Float64Array => {
      const lanes = lanesOf(def, 2, worldParams(def, {}), seed);
      play(lanes, randomPlayer(createRandom('play')), 300);
      return lanes.rows;
    };
    expect(run('a')).toEqual(run('a'));
    expect(run('a')).not.toEqual(run('b'));
  });

  it('plays one lane as it plays eight', () => {
    const eight = lanesOf(def, 8);
    const one = lanesOf(def, 1);
    const stream = createRandom('lane 0');
    const others = createRandom('others');
    const size = one.actionSize;
    const actions = new Float32Array(8 * size);
    for (let t = 0; t < 400; t++) {
      for (let i = 0; i < 8; i++) anyAction(def.action, actions, i * size, i === 0 ? stream : others);
      eight.step(actions);
      one.step(actions.subarray(0, size));
      expect(eight.rewards[0]).toBe(one.rewards[0]);
    }
    expect(eight.rows.slice(0, eight.stride)).toEqual(one.rows);
    expect(eight.observations.slice(0, one.observationSize)).toEqual(one.observations);
  });

  it('observes exactly as much as it declares, and changes nothing by being looked at', () => {
    const lanes = lanesOf(def, 1);
    const size = sizeOf(def);
    const marker = 12345;
    const room = new Float32Array(size + 20);
    play(lanes, randomPlayer(createRandom('play')), 60, () => {
      const s = lanes.rows.slice(0, def.state.length);
      const before = s.slice();
      room.fill(Number.NaN);
      room.fill(marker, 0, 10).fill(marker, size + 10);
      def.observe(s, room, 10, lanes.params);
      def.terminated(s, lanes.params);
      if (isContinuous(def)) def.expert?.(s, new Float64Array(lanes.actionSize), lanes.params);
      else def.expert?.(s, lanes.params);
      expect(s).toEqual(before);
      expect(room.slice(10, size + 10).every((value) => Number.isFinite(value))).toBe(true);
      expect([...room.slice(0, 10), ...room.slice(size + 10)].every((value) => value === marker)).toBe(true);
      expect(room.slice(10, size + 10)).toEqual(lanes.observations);
    });
  });

  it('goes on exactly from a copy of its rows, even in another set of lanes', () => {
    const lanes = lanesOf(def, 4);
    play(lanes, randomPlayer(createRandom('before')), 37);
    const rows = lanes.rows.slice();
    const trail: number[] = [];
    const record = (of: Lanes) => () => trail.push(...of.rows, ...of.rewards, ...of.terminated);
    play(lanes, randomPlayer(createRandom('after')), 100, record(lanes));
    const first = trail.splice(0);
    const restored = lanesOf(def, 4, worldParams(def, {}), 'another');
    restored.rows.set(rows);
    restored.refresh();
    play(restored, randomPlayer(createRandom('after')), 100, record(restored));
    expect(trail).toEqual(first);
    expect(restored.observations).toEqual(lanes.observations);
  });

  it('stays finite at the ends of all its knobs', () => {
    for (const params of extremeParams(def)) {
      const lanes = lanesOf(def, 4, params);
      play(lanes, randomPlayer(createRandom('extremes')), 150);
      if (def.expert) play(lanes, expertPlays, 150);
      const finite =
        allFinite(lanes.rows) && allFinite(lanes.observations) && allFinite(lanes.finishedReturns);
      expect(finite, JSON.stringify(params)).toBe(true);
    }
  });

  it('is the world it says for every variant: something changes', () => {
    for (const [title, params] of variantsOf(def).slice(1)) {
      const usual = lanesOf(def, 1);
      const changed = lanesOf(def, 1, params);
      const same = (): boolean =>
        usual.observations.every((value, i) => value === changed.observations[i]) &&
        usual.rewards[0] === changed.rewards[0];
      let alike = same();
      const [usualPlay, changedPlay] = [0, 1].map(() => randomPlayer(createRandom('variant')));
      for (let t = 0; t < 200 && alike; t++) {
        play(usual, usualPlay!, 1);
        play(changed, changedPlay!, 1);
        alike = same();
      }
      expect(alike, title).toBe(false);
    }
  });
});

describe.each(withId(environments.filter((def) => def.probes)))('the probes of %s', (_, def) => {
  it('are as many as it says, each a whole observation and nothing more', () => {
    for (const [title, params] of variantsOf(def)) {
      const lanes = lanesOf(def, 1, params);
      const size = sizeOf(def);
      const count = def.probes!.count(params);
      expect(count, title).toBeGreaterThan(0);
      expect(count, title).toBeLessThanOrEqual(mostProbes);
      const before = lanes.rows.slice();
      const room = new Float32Array(size + 2);
      const seen = new Set<string>();
      for (let i = 0; i < count; i++) {
        room.fill(Number.NaN);
        def.probes!.write(i, room, 1, params, lanes.rows.subarray(0, def.state.length));
        expect(room.slice(1, size + 1).every((value) => Number.isFinite(value))).toBe(true);
        expect([room[0], room[size + 1]]).toEqual([Number.NaN, Number.NaN]);
        seen.add(room.join());
      }
      expect(seen.size, title).toBe(count);
      expect(lanes.rows).toEqual(before);
    }
  });
});

describe.each(withId(environments.filter((def) => def.expert)))('the expert of %s', (_, def) => {
  it('answers with actions, and with every one of them now and then', () => {
    const lanes = lanesOf(def, 8);
    const { action } = lanes.def;
    const answer = new Float32Array(lanes.actionSize);
    const asked = new Set<number>();
    play(lanes, randomPlayer(createRandom('play')), 400, () => {
      for (let i = 0; i < lanes.count; i++) {
        lanes.expert(i, answer, 0);
        if (action.kind === 'discrete') asked.add(answer[0]!);
        else {
          action.axes.forEach(({ low, high }, d) => {
            expect(answer[d]).toBeGreaterThanOrEqual(low);
            expect(answer[d]).toBeLessThanOrEqual(high);
            asked.add(2 * d + (answer[d]! > (low + high) / 2 ? 1 : 0));
          });
        }
      }
    });
    const all = action.kind === 'discrete' ? action.names.length : 2 * action.axes.length;
    expect([...asked].sort((a, b) => a - b)).toEqual(Array.from({ length: all }, (_, i) => i));
  });

  it('solves the world, stays far above chance in every variant, and chance solves nothing', () => {
    const quarter = (def.solvedAt - def.returnRange[0]) / 4;
    variantsOf(def).forEach(([title, params], i) => {
      const expert = mean(returnsOf(lanesOf(def, 10, params), expertPlays, 4));
      const chance = mean(returnsOf(lanesOf(def, 10, params), randomPlayer(createRandom('play')), 10));
      // A variant in which steps cost nothing leaves chance at 0, above the world's own scale, and far below the expert.
      const free = i > 0 && expert > 0 ? expert / 2 : Number.NEGATIVE_INFINITY;
      expect(chance, title).toBeLessThan(Math.max(def.solvedAt - quarter, free));
      expect(expert, title).toBeGreaterThanOrEqual(i === 0 ? def.solvedAt : (chance + def.solvedAt) / 2);
    });
  });
});

describe.each(withId(environments.filter((def) => def.labelled)))('the labels of %s', (_, def) => {
  it('are the truth: whoever follows them is paid in full', () => {
    const lanes = lanesOf(def, 4);
    play(lanes, expertPlays, 100, () => expect([...lanes.rewards]).toEqual([1, 1, 1, 1]));
  });
});

describe('scores that are known', () => {
  const scores = (
    id: string,
    player: Player,
    each: number,
    given: Readonly<Record<string, unknown>> = {},
  ) => {
    const def = environmentById(id);
    return returnsOf(lanesOf(def, 10, worldParams(def, given)), player, each);
  };

  it('random CartPole falls after 22 steps (Gymnasium: 22.1, standard deviation 11.5)', () => {
    expect(Math.abs(mean(scores('cartpole', randomPlayer(createRandom('r')), 30)) - 22.1)).toBeLessThan(2.5);
  });

  it('the CartPole expert never falls in a hundred games of each variant', () => {
    for (const variant of [{ params: {} }, ...environmentById('cartpole').variants]) {
      expect(Math.min(...scores('cartpole', expertPlays, 10, variant.params))).toBe(500);
    }
  });

  it('random Breakout takes half a brick, its expert more than three walls when nothing sticks', () => {
    expect(mean(scores('breakout', randomPlayer(createRandom('r')), 30))).toBeLessThan(0.7);
    expect(mean(scores('breakout', expertPlays, 1, { stickyActionProbability: 0 }))).toBeGreaterThan(90);
  });
});

describe('the belt', () => {
  it('remembers the card just sorted, the chute it went to and whether that was right', () => {
    const def = environmentById('digits');
    const lanes = lanesOf(def, 1);
    const card = lanes.rows.slice(0, digitsAt.lastItem);
    const wrong = (card[0]! + 1) % 10;
    lanes.step([wrong]);
    expect(lanes.rows.slice(digitsAt.lastItem, 2 * digitsAt.lastItem)).toEqual(card);
    expect([...lanes.rows.slice(digitsAt.lastChute, digitsAt.lastChute + 4)]).toEqual([wrong, 0, 1, 0]);
    play(lanes, expertPlays, 1);
    expect([...lanes.rows.slice(digitsAt.lastRight, digitsAt.lastRight + 3)]).toEqual([1, 2, 1]);
  });

  it('shows every digit with ink enough to read, inside the picture, and no two alike', () => {
    const digits = environmentById('digits');
    const clean = worldParams(digits, { noise: 0 });
    const random = createRandom('ink');
    const s = new Float64Array(digits.state.length);
    const picture = new Float32Array(sizeOf(digits));
    const seen = new Set<string>();
    for (let i = 0; i < 500; i++) {
      digits.reset(s, random, clean);
      digits.observe(s, picture, 0, clean);
      const ink = picture.reduce((a, b) => a + b, 0);
      expect(ink).toBeGreaterThan(4);
      expect(ink).toBeLessThan(60);
      expect(picture.every((value) => value >= 0 && value <= 1)).toBe(true);
      seen.add(picture.join());
    }
    expect(seen.size).toBe(500);
  });
});
