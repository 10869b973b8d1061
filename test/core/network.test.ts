// What a network promises beyond its layers' arithmetic: how it is planned and initialised, that heads share a
// trunk fairly, that rows do not see each other, that frozen numbers stand still; and the input's normaliser.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Arena, createArena, sizeOf } from '../../src/core/arena.ts';
import { type InitializerSpec, initialize } from '../../src/core/initializers.ts';
import { loadKernels } from '../../src/core/kernels/load.ts';
import type { KernelFactory, KernelSetName, Kernels } from '../../src/core/kernels.ts';
import type { LayerSpec } from '../../src/core/layers/registry.ts';
import {
  createNetwork,
  initializeParams,
  type Network,
  type NetworkSpec,
  planNetwork,
  type Slot,
} from '../../src/core/network.ts';
import { createNormalizer } from '../../src/core/normalizer.ts';
import { createOptimizer, type OptimizerSpec } from '../../src/core/optimizers.ts';
import { createRandom, type Random } from '../../src/core/random.ts';
import { scheduleFactor, scheduleKinds } from '../../src/core/schedules.ts';

const setNames: readonly KernelSetName[] = ['simd', 'reference'];
const factories: Record<KernelSetName, KernelFactory> = {
  simd: await loadKernels('simd'),
  reference: await loadKernels('reference'),
};

const he: InitializerSpec = { scheme: 'he' };
const dense = (name: string, units: number): LayerSpec => ({ kind: 'dense', name, units, init: he });
const conv = (name: string, channels: number, kernel: number, padding = 0): LayerSpec => ({
  kind: 'conv2d',
  name,
  channels,
  kernel,
  stride: 1,
  padding,
  init: he,
});
const tanh = (name: string): LayerSpec => ({ kind: 'activation', name, activation: 'tanh' });
const flat: LayerSpec = { kind: 'flatten', name: 'flat' };
const centroids = (name: string, clusters: number): LayerSpec => ({ kind: 'centroids', name, clusters });

const twoHeads: NetworkSpec = {
  input: [5],
  normalize: false,
  trunk: [dense('hidden1', 7), tanh('bend1'), dense('hidden2', 6), tanh('bend2')],
  heads: { policy: [dense('output', 3)], value: [dense('hidden', 4), tanh('bend'), dense('output', 1)] },
};

interface Built {
  readonly arena: Arena;
  readonly kernels: Kernels;
  readonly network: Network;
}

function build(spec: NetworkSpec, set: KernelSetName, maxBatch: number, seed = 'network'): Built {
  const arena = createArena(1048576);
  const kernels = factories[set](arena.memory);
  const network = createNetwork(spec, arena, kernels, maxBatch);
  initializeParams(network.params, createRandom(seed));
  return { arena, kernels, network };
}

const fillNormal = (data: Float32Array, random: Random): void => {
  for (let i = 0; i < data.length; i++) data[i] = random.normal();
};

/** Numbers as their bits, so that -0 differs from 0 and NaN equals itself. */
const bits = (data: Float32Array): Uint32Array =>
  new Uint32Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength));

const slotOf = ({ params }: Network, slot: Slot, of: 'values' | 'grads' = 'values'): Float32Array =>
  params[of].data.subarray(slot.offset, slot.offset + slot.length);

describe('planning', () => {
  const plan = (input: readonly number[], ...trunk: LayerSpec[]) =>
    planNetwork({ input, normalize: false, trunk, heads: {} });

  test('shapes run from layer to layer, and heads begin at the features', () => {
    const { layers, features } = planNetwork({
      input: [6, 5, 2],
      normalize: false,
      trunk: [conv('edges', 4, 3), tanh('bend'), flat, dense('hidden', 8)],
      heads: { policy: [dense('output', 3)], far: [centroids('clusters', 9)] },
    });
    expect(features).toEqual([8]);
    expect(layers.map(({ path, input, output }) => [path, input, output])).toEqual([
      ['trunk.edges', [6, 5, 2], [4, 3, 4]],
      ['trunk.bend', [4, 3, 4], [4, 3, 4]],
      ['trunk.flat', [4, 3, 4], [48]],
      ['trunk.hidden', [48], [8]],
      ['policy.output', [8], [3]],
      ['far.clusters', [8], [9]],
    ]);
  });

  test.each([
    ['a convolution larger than its image', [3, 9, 1], conv('edges', 4, 5), '[3,9,1]', '[-1,5,4]'],
    ['a convolution of a flat row', [12], conv('edges', 4, 3), '[12]', ',4]'],
    ['a dense layer of no units', [12], dense('edges', 0), '[12]', '[0]'],
    ['half a unit', [12], dense('edges', 1.5), '[12]', '[1.5]'],
    ['no clusters', [12], centroids('edges', 0), '[12]', '[0]'],
  ])('%s is refused with the layer and both shapes', (_what, input, layer, from, to) => {
    const attempt = (): unknown => plan(input, tanh('before'), layer);
    expect(attempt).toThrow('layer edges');
    expect(attempt).toThrow(from);
    expect(attempt).toThrow(to);
  });

  test('names differ within a part and may repeat across parts', () => {
    expect(() => plan([4], dense('same', 3), dense('same', 3))).toThrow('trunk.same');
    const { slots } = planNetwork(twoHeads);
    expect(slots.map(({ name }) => name)).toContain('policy.output.weight');
    expect(slots.map(({ name }) => name)).toContain('value.output.weight');
  });

  test('a head apart reads the input, and leaves the trunk alone', () => {
    const spec: NetworkSpec = {
      ...twoHeads,
      heads: { policy: [dense('output', 3)], value: [dense('own', 4), tanh('bend'), dense('output', 1)] },
      apart: ['value'],
    };
    expect(planNetwork(spec).layers.find(({ path }) => path === 'value.own')!.input).toEqual([5]);
    for (const set of setNames) {
      const { network } = build(spec, set, 3);
      fillNormal(network.input.data, createRandom('input'));
      network.forward(3, ['policy', 'value'], 'train');
      network.clearGrads(3);
      network.outputGrad('value').data.fill(1);
      network.backward(3, ['value']);
      const moved = network.params.slots.filter((slot) =>
        slotOf(network, slot, 'grads').some((g) => g !== 0),
      );
      expect(new Set(moved.map(({ layer }) => layer))).toEqual(new Set(['value.own', 'value.output']));
      // The loss is the sum of the outputs: nudge a weight and see.
      const slot = network.params.slots.find(({ name }) => name === 'value.own.weight')!;
      const lossOf = (): number => {
        network.forward(3, ['value'], 'train');
        return network
          .output('value')
          .data.subarray(0, 3)
          .reduce((sum, y) => sum + y, 0);
      };
      const step = 2 ** -8;
      const w = slotOf(network, slot);
      w[2]! += step;
      const above = lossOf();
      w[2]! -= 2 * step;
      const below = lossOf();
      expect((above - below) / (2 * step)).toBeCloseTo(slotOf(network, slot, 'grads')[2]!, 3);
    }
  });

  test('every parameter has its own name and its own aligned place', () => {
    const layer = fc.oneof(
      fc.integer({ min: 1, max: 9 }).map((units) => (name: string) => dense(name, units)),
      fc.integer({ min: 1, max: 9 }).map((clusters) => (name: string) => centroids(name, clusters)),
      fc.constant(tanh),
    );
    const part = fc
      .array(layer, { maxLength: 4 })
      .map((makers) => makers.map((make, i) => make(`layer${i}`)));
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        part,
        fc.dictionary(fc.stringMatching(/^[a-s]{1,4}$/), part, { maxKeys: 4, noNullPrototype: true }),
        (size, trunk, heads) => {
          const { slots, parameterFloats } = planNetwork({ input: [size], normalize: false, trunk, heads });
          expect(new Set(slots.map(({ name }) => name)).size).toBe(slots.length);
          let end = 0;
          for (const { offset, length, shape } of slots) {
            expect(offset % 4).toBe(0);
            expect(offset).toBeGreaterThanOrEqual(end);
            expect(length).toBe(sizeOf(shape));
            end = offset + length;
          }
          expect(parameterFloats).toBeGreaterThanOrEqual(end);
        },
      ),
    );
  });
});

describe('initialisation', () => {
  test('a parameter begins the same whatever other heads exist', () => {
    const small = { ...twoHeads, heads: { value: twoHeads.heads['value']! } };
    const large = { ...twoHeads, heads: { first: [dense('output', 9)], ...twoHeads.heads } };
    const [few, many] = [small, large].map((spec) => build(spec, 'reference', 1).network);
    const found = few!.params.slots.map((slot) => {
      const twin = many!.params.slots.find(({ name }) => name === slot.name)!;
      expect(slotOf(many!, twin), slot.name).toEqual(slotOf(few!, slot));
      return slotOf(few!, slot).some((value) => value !== 0);
    });
    expect(found.filter(Boolean).length).toBe(4);
  });

  test('another seed begins elsewhere, and only the wanted parameters are drawn', () => {
    const { network } = build(twoHeads, 'reference', 1);
    const before = network.params.values.data.slice();
    initializeParams(network.params, createRandom('another'), ({ layer }) => layer === 'policy.output');
    for (const slot of network.params.slots) {
      const same = slotOf(network, slot).every((value, i) => value === before[slot.offset + i]);
      expect(same, slot.name).toBe(slot.name !== 'policy.output.weight');
    }
  });

  test('the orthogonal initialiser gives orthogonal vectors as long as its gain', () => {
    const size = fc.integer({ min: 1, max: 12 });
    const gain = fc.double({ min: 0.01, max: 2, noNaN: true });
    fc.assert(
      fc.property(size, size, gain, fc.string(), (rows, columns, factor, seed) => {
        const w = new Float32Array(rows * columns);
        const init: InitializerSpec = { scheme: 'orthogonal', gain: factor };
        initialize(w, [rows, columns], init, rows, columns, createRandom(seed));
        const tall = rows >= columns;
        const at = (vector: number, k: number): number =>
          tall ? w[k * columns + vector]! : w[vector * columns + k]!;
        for (let i = 0; i < Math.min(rows, columns); i++) {
          for (let j = 0; j <= i; j++) {
            let dot = 0;
            for (let k = 0; k < Math.max(rows, columns); k++) dot += at(i, k) * at(j, k);
            expect(Math.abs(dot / (factor * factor) - (i === j ? 1 : 0))).toBeLessThan(1e-5);
          }
        }
      }),
    );
  });
});

describe.each(setNames)('a network on %s kernels', (set) => {
  test('two heads give the sum of what each gives alone', () => {
    const n = 9;
    const { network } = build(twoHeads, set, n);
    const random = createRandom('rows');
    fillNormal(network.input.data, random);
    const losses = { policy: new Float32Array(n * 3), value: new Float32Array(n) };
    for (const data of Object.values(losses)) fillNormal(data, random);
    const gradients = (heads: readonly (keyof typeof losses)[]) => {
      network.forward(n, heads, 'train');
      network.clearGrads(n);
      for (const head of heads) network.outputGrad(head).data.set(losses[head]);
      network.backward(n, heads);
      return [...network.params.grads.data, ...network.featuresGrad.data];
    };
    const [policy, value, both] = [
      gradients(['policy']),
      gradients(['value']),
      gradients(['policy', 'value']),
    ];
    const shared = both.map((grad, i) => [grad, policy[i]! + value[i]!] as const);
    for (const [grad, sum] of shared)
      expect(Math.abs(grad - sum)).toBeLessThan(1e-5 * Math.max(1, Math.abs(sum)));
    // Not the empty truth: the trunk hears of both.
    const trunk = network.params.slots[0]!;
    for (const alone of [policy, value]) expect(Math.abs(alone[trunk.offset]!)).toBeGreaterThan(1e-4);
  });

  test("a loss's own term on the features adds to what the heads send down", () => {
    const n = 3;
    const { network } = build(twoHeads, set, n);
    fillNormal(network.input.data, createRandom('rows'));
    const features = (own: number): Float32Array => {
      network.forward(n, ['policy'], 'train');
      network.clearGrads(n);
      network.outputGrad('policy').data.fill(0.5);
      network.featuresGrad.data.fill(own);
      network.backward(n, ['policy']);
      return network.featuresGrad.data.slice();
    };
    const [without, with2] = [features(0), features(2)];
    without.forEach((grad, i) => {
      expect(with2[i]).toBeCloseTo(grad + 2, 5);
    });
  });

  test('a batch gives, bit for bit, what its rows give one by one', () => {
    const sizes = fc.record({
      n: fc.integer({ min: 1, max: 11 }),
      input: fc.oneof(
        fc.tuple(fc.integer({ min: 1, max: 19 })),
        fc.tuple(
          fc.integer({ min: 3, max: 6 }),
          fc.integer({ min: 3, max: 6 }),
          fc.integer({ min: 1, max: 5 }),
        ),
      ),
      hidden: fc.integer({ min: 1, max: 19 }),
      output: fc.integer({ min: 1, max: 9 }),
      seed: fc.string(),
    });
    fc.assert(
      fc.property(sizes, ({ n, input, hidden, output, seed }) => {
        const trunk = [
          ...(input.length === 3 ? [conv('image', hidden, 3, 1), tanh('bend0'), flat] : []),
          dense('hidden', hidden),
          tanh('bend'),
        ];
        const heads = { policy: [dense('output', output)], far: [centroids('clusters', output)] };
        const names = Object.keys(heads);
        const { network } = build({ input, normalize: false, trunk, heads }, set, n, seed);
        fillNormal(network.input.data, createRandom(seed));
        fillNormal(network.params.values.data, createRandom(`${seed}/values`));
        const rows = network.input.data.slice();
        network.forward(n, names, 'evaluate');
        const together = names.map((head) => bits(network.output(head).data));
        const size = sizeOf(input);
        for (let row = 0; row < n; row++) {
          network.input.data.set(rows.subarray(row * size, (row + 1) * size));
          network.forward(1, names, 'evaluate');
          names.forEach((head, i) => {
            const alone = bits(network.output(head).data.subarray(0, output));
            expect(alone).toEqual(together[i]!.subarray(row * output, (row + 1) * output));
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  test('a batch too large, a head or a layer that is not there, are refused by name', () => {
    const { network } = build(twoHeads, set, 2);
    expect(() => network.forward(3, [], 'train')).toThrow('batch of 3 rows');
    expect(() => network.forward(1, ['polcy'], 'train')).toThrow('"polcy"; it has policy, value');
    expect(() => network.activation('trunk.hidden9')).toThrow('trunk.hidden9');
    expect(network.activation('trunk.bend2').data).toBe(network.features.data);
  });

  const optimizers: readonly OptimizerSpec[] = [
    { kind: 'adam', rate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clip: 0.5 },
    { kind: 'sgd', rate: 0.1, momentum: 0.9, clip: 0 },
  ];

  describe.each(optimizers)('trained by $kind', (spec) => {
    const slots = planNetwork(twoHeads).slots;

    /** Three updates on random gradients over the given slots; the values before and after. */
    function train(rate: number, ranges: readonly Slot[], factor: number, seed: string) {
      const { network, arena, kernels } = build(twoHeads, set, 1);
      const { values, grads } = network.params;
      const random = createRandom(seed);
      fillNormal(values.data, random);
      const optimizer = createOptimizer({ ...spec, rate }, network.params, arena, kernels);
      const before = values.data.slice();
      for (let step = 0; step < 3; step++) {
        fillNormal(grads.data, random);
        optimizer.update(ranges, factor, optimizer.gradientNorm(ranges));
      }
      expect(optimizer.steps).toBe(3);
      return { before, after: values.data, state: Object.values(optimizer.state) };
    }

    test('a learning rate of zero, or a factor of zero, changes nothing', () => {
      for (const [rate, factor] of [
        [0, 1],
        [0.1, 0],
      ] as const) {
        const { before, after } = train(rate, slots, factor, 'still');
        expect(bits(after)).toEqual(bits(before));
      }
    });

    test('what lies outside the ranges never changes, what lies inside does', () => {
      fc.assert(
        fc.property(fc.subarray([...slots]), fc.string(), (ranges, seed) => {
          const { before, after, state } = train(0.1, ranges, 1, seed);
          const [was, is] = [bits(before), bits(after)];
          const still = new Uint8Array(before.length).fill(1);
          for (const { offset, length } of ranges) {
            still.fill(0, offset, offset + length);
            const inside = (all: Uint32Array): Uint32Array => all.subarray(offset, offset + length);
            expect(inside(is)).not.toEqual(inside(was));
          }
          still.forEach((outside, i) => {
            if (outside === 0) return;
            expect(is[i]).toBe(was[i]);
            for (const { data } of state) expect(data[i]).toBe(0);
          });
        }),
        { numRuns: 30 },
      );
    });

    test('the gradient norm is that of the ranges alone', () => {
      const { network, arena, kernels } = build(twoHeads, set, 1);
      const optimizer = createOptimizer(spec, network.params, arena, kernels);
      fillNormal(network.params.grads.data, createRandom('norm'));
      const ranges = slots.slice(2, 5);
      const expected = Math.hypot(...ranges.flatMap((slot) => [...slotOf(network, slot, 'grads')]));
      expect(optimizer.gradientNorm(ranges) / expected).toBeCloseTo(1, 6);
      expect(optimizer.gradientNorm([])).toBe(0);
    });
  });
});

describe('schedules', () => {
  const floors = fc.double({ min: 0, max: 1, noNaN: true });

  test.each(scheduleKinds)('%s begins at 1 and ends where it should', (kind) => {
    fc.assert(
      fc.property(floors, (floor) => {
        const end = kind === 'constant' || kind === 'plateau' ? 1 : floor;
        expect(scheduleFactor({ kind, floor }, 0)).toBe(1);
        expect(scheduleFactor({ kind, floor }, 1)).toBeCloseTo(end, 12);
        // Past the budget it stays there; before it began it has not begun.
        expect(scheduleFactor({ kind, floor }, 1.5)).toBe(scheduleFactor({ kind, floor }, 1));
        expect(scheduleFactor({ kind, floor }, -1)).toBe(1);
      }),
    );
  });

  test.each(scheduleKinds)('%s never rises and never leaves [floor, 1]', (kind) => {
    const progress = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(floors, progress, progress, (floor, a, b) => {
        const [early, late] = [Math.min(a, b), Math.max(a, b)].map((p) => scheduleFactor({ kind, floor }, p));
        expect(late!).toBeLessThanOrEqual(early! + 1e-12);
        expect(early!).toBeLessThanOrEqual(1);
        expect(late!).toBeGreaterThanOrEqual(floor - 1e-12);
      }),
    );
  });

  test('halfway, linear and cosine are in the middle', () => {
    for (const kind of ['linear', 'cosine'] as const) {
      expect(scheduleFactor({ kind, floor: 0.2 }, 0.5)).toBeCloseTo(0.6, 12);
    }
    expect(scheduleFactor({ kind: 'cosine', floor: 0 }, 0.25)).toBeCloseTo((1 + Math.SQRT1_2) / 2, 12);
  });
});

describe.each(setNames)('the normaliser on %s kernels', (set) => {
  const size = 3;

  const workshop = (enabled = true) => {
    const arena = createArena(65536);
    return { arena, normalizer: createNormalizer(enabled, size, arena, factories[set](arena.memory)) };
  };

  /** Rows whose columns differ in place and spread. */
  function drawRows(n: number, seed: string): Float32Array {
    const random = createRandom(seed);
    return Float32Array.from(
      { length: n * size },
      (_, i) => [100, -3, 0][i % size]! + [0.1, 5, 1][i % size]! * random.normal(),
    );
  }

  test('batches merged one after the other give what one pass over all rows gives', () => {
    const batches = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(batches, fc.string(), (sizes, seed) => {
        const { normalizer } = workshop();
        const total = sizes.reduce((a, b) => a + b, 0);
        const rows = drawRows(total, seed);
        let from = 0;
        for (const n of sizes) {
          normalizer.observe(rows.subarray(from * size, (from + n) * size), n);
          from += n;
        }
        expect(normalizer.count[0]).toBe(total);
        if (total === 0) return;
        for (let i = 0; i < size; i++) {
          const column = rows.filter((_, at) => at % size === i);
          const mean = column.reduce((a, b) => a + b, 0) / total;
          const variance = column.reduce((a, b) => a + (b - mean) * (b - mean), 0) / total;
          expect(normalizer.mean[i]).toBeCloseTo(mean, 9);
          expect(normalizer.variance[i]).toBeCloseTo(variance, 8);
        }
      }),
    );
  });

  test('rows come out with mean 0 and variance 1, outliers clipped', () => {
    const { arena, normalizer } = workshop();
    const n = 500;
    const rows = arena.f32(n, size);
    rows.data.set(drawRows(n, 'rows'));
    normalizer.observe(rows.data, n);
    rows.data[0] = 1e6;
    rows.data[1] = -1e6;
    normalizer.apply(rows, n);
    expect(rows.data[0]).toBe(10);
    expect(rows.data[1]).toBe(-10);
    for (let i = 0; i < size; i++) {
      const column = rows.data.slice(size).filter((_, at) => at % size === i);
      const mean = column.reduce((a, b) => a + b, 0) / column.length;
      expect(mean).toBeCloseTo(0, 1);
      expect(column.reduce((a, b) => a + (b - mean) ** 2, 0) / column.length).toBeCloseTo(1, 1);
    }
  });

  test('frozen, it changes nothing; not enabled, it neither learns nor applies', () => {
    const { normalizer } = workshop();
    normalizer.observe(drawRows(20, 'before'), 20);
    const before = [normalizer.mean, normalizer.variance, normalizer.count].map((part) => part.slice());
    normalizer.frozen = true;
    normalizer.observe(drawRows(20, 'after'), 20);
    expect([normalizer.mean, normalizer.variance, normalizer.count]).toEqual(before);

    const off = workshop(false);
    const rows = off.arena.f32(4, size);
    rows.data.set(drawRows(4, 'rows'));
    const untouched = rows.data.slice();
    off.normalizer.observe(rows.data, 4);
    off.normalizer.apply(rows, 4);
    expect(rows.data).toEqual(untouched);
    expect(off.normalizer.count[0]).toBe(0);
  });

  test('restored, it normalises and goes on exactly as the one it was saved from', () => {
    const [original, restored] = [workshop(), workshop()];
    original.normalizer.observe(drawRows(20, 'before'), 20);
    for (const part of ['mean', 'variance', 'count'] as const) {
      restored.normalizer[part].set(original.normalizer[part]);
    }
    restored.normalizer.refresh();
    const outputs = [original, restored].map(({ arena, normalizer }) => {
      const rows = arena.f32(8, size);
      const read = (seed: string): Uint32Array => {
        rows.data.set(drawRows(8, seed));
        normalizer.apply(rows, 8);
        return bits(rows.data);
      };
      const first = read('next');
      normalizer.observe(drawRows(8, 'next'), 8);
      return [first, read('later'), [...normalizer.mean, ...normalizer.variance, ...normalizer.count]];
    });
    expect(outputs[1]).toEqual(outputs[0]);
  });
});
