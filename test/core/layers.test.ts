// What every kind of layer promises, in ragged sizes and by both kernel sets: gradients are those of central
// differences, the fast set agrees with the plain one, rows do not see each other, a NaN is not swallowed, and a
// shape that does not fit is an error before anything runs.
import { describe, expect, test } from 'vitest';
import { createArena } from '../../src/core/arena.ts';
import { activationCode } from '../../src/core/kernels/contract/activations.ts';
import { loadKernels } from '../../src/core/kernels/load.ts';
import type { KernelFactory, KernelSetName } from '../../src/core/kernels.ts';
import type { LayerSpec } from '../../src/core/layers/registry.ts';
import { createNetwork, initializeParams, type Network, planNetwork } from '../../src/core/network.ts';
import { createRandom } from '../../src/core/random.ts';

const setNames: readonly KernelSetName[] = ['simd', 'reference'];
const factories: Record<KernelSetName, KernelFactory> = {
  simd: await loadKernels('simd'),
  reference: await loadKernels('reference'),
};
const ragged = [1, 2, 3, 4, 5, 7, 8, 9, 63, 64, 65] as const;

interface Case {
  readonly input: readonly number[];
  readonly layers: readonly LayerSpec[];
  /** Inputs are ids below this instead of normal draws. */
  readonly ids?: number;
}

const init = { scheme: 'xavier' } as const;
const name = 'layer';

/** A small network around each kind of layer, for a ragged size. */
const kinds: Readonly<Record<string, (size: number) => Case>> = {
  dense: (size) => ({ input: [3], layers: [{ kind: 'dense', name, units: size, init }] }),
  'dense from many': (size) => ({ input: [size], layers: [{ kind: 'dense', name, units: 3, init }] }),
  'dense over the last axis': (size) => ({
    input: [2, size],
    layers: [{ kind: 'dense', name, units: 5, init }],
  }),
  'dense that skips zeros': (size) => ({
    input: [size],
    layers: [{ kind: 'dense', name, units: 6, init, skipZeros: true }],
  }),
  conv2d: (size) => ({
    input: [5, 4, Math.min(size, 9)],
    layers: [{ kind: 'conv2d', name, channels: 3, kernel: 3, stride: 2, padding: 1, init }],
  }),
  conv2dTranspose: (size) => ({
    input: [3, 2, Math.min(size, 9)],
    layers: [{ kind: 'conv2dTranspose', name, channels: 5, kernel: 3, stride: 2, padding: 1, init }],
  }),
  maxPool2d: (size) => ({
    input: [5, 4, Math.min(size, 9)],
    layers: [{ kind: 'maxPool2d', name, size: 2, stride: 1 }],
  }),
  batchNorm: (size) => ({
    input: [size],
    layers: [{ kind: 'batchNorm', name, momentum: 0.1, epsilon: 1e-2 }],
  }),
  'batchNorm of an image': (size) => ({
    input: [2, 3, Math.min(size, 9)],
    layers: [{ kind: 'batchNorm', name, momentum: 0.1, epsilon: 1e-2 }],
  }),
  condition: (size) => ({ input: [size], layers: [{ kind: 'condition', name, size: 3 }] }),
  'condition of an image': (size) => ({
    input: [2, 3, Math.min(size, 9)],
    layers: [{ kind: 'condition', name, size: 2 }],
  }),
  // Nothing is ruled out: what is, is no smooth function of anything (see test/learners/masks.test.ts).
  mask: (size) => ({
    input: [size],
    layers: [{ kind: 'mask', name, forbidden: Array.from({ length: size }, () => []) }],
  }),
  rescale: (size) => ({ input: [size], layers: [{ kind: 'rescale', name }] }),
  layerNorm: (size) => ({ input: [2, size], layers: [{ kind: 'layerNorm', name, epsilon: 1e-2 }] }),
  dropout: (size) => ({ input: [size], layers: [{ kind: 'dropout', name, rate: 0.3 }] }),
  softmax: (size) => ({ input: [size], layers: [{ kind: 'softmax', name }] }),
  logSoftmax: (size) => ({ input: [size], layers: [{ kind: 'logSoftmax', name }] }),
  embedding: (size) => ({
    input: [3],
    layers: [{ kind: 'embedding', name, vocabulary: 5, size, init: { scheme: 'normal', deviation: 1 } }],
    ids: 5,
  }),
  selfAttention: (size) => ({
    input: [Math.min(size, 9), 6],
    layers: [{ kind: 'selfAttention', name, heads: 2, causal: false, init }],
  }),
  'causal selfAttention': (size) => ({
    input: [4, 2 * Math.min(size, 9)],
    layers: [{ kind: 'selfAttention', name, heads: 2, causal: true, init }],
  }),
  'selfAttention among what is there': (size) => ({
    input: [5, 2 * Math.min(size, 9)],
    layers: [
      { kind: 'activation', name: 'things', activation: 'relu' },
      { kind: 'selfAttention', name, heads: 2, causal: false, present: 'things', init },
    ],
  }),
  pick: (size) => ({
    input: [4, 3],
    layers: [
      { kind: 'dense', name: 'each', units: size, init },
      { kind: 'pick', name, index: 2 },
    ],
  }),
  gru: (size) => ({
    input: [3, Math.min(size, 9)],
    layers: [{ kind: 'gru', name, units: 5, returns: 'last', init }],
  }),
  'gru, all states': (size) => ({
    input: [4, 3],
    layers: [{ kind: 'gru', name, units: Math.min(size, 9), returns: 'all', init }],
  }),
  residual: (size) => ({
    input: [size],
    layers: [
      { kind: 'dense', name: 'one', units: size, init },
      { kind: 'activation', name: 'bend', activation: 'tanh' },
      { kind: 'residual', name, from: 'one' },
    ],
  }),
  'flatten and reshape': (size) => ({
    input: [2, 3, Math.min(size, 9)],
    layers: [
      { kind: 'flatten', name },
      { kind: 'reshape', name: 'again', shape: [Math.min(size, 9), 6] },
      { kind: 'dense', name: 'last', units: 3, init },
    ],
  }),
  spread: (size) => ({ input: [size], layers: [{ kind: 'spread', name, initial: -0.5 }] }),
  centroids: (size) => ({
    input: [size],
    layers: [
      { kind: 'centroids', name, clusters: 5 },
      { kind: 'activation', name: 'bend', activation: 'sigmoid' },
    ],
  }),
  'a transformer block': (size) => ({
    input: [3],
    layers: [
      {
        kind: 'embedding',
        name: 'symbols',
        vocabulary: 5,
        size: 6,
        init: { scheme: 'normal', deviation: 1 },
      },
      { kind: 'layerNorm', name: 'norm', epsilon: 1e-5 },
      { kind: 'selfAttention', name, heads: 3, causal: true, init },
      { kind: 'residual', name: 'around', from: 'symbols' },
      { kind: 'dense', name: 'wide', units: Math.min(size, 9), init },
      { kind: 'activation', name: 'bend', activation: 'gelu' },
    ],
    ids: 5,
  }),
  ...Object.fromEntries(
    (Object.keys(activationCode) as (keyof typeof activationCode)[]).map((activation) => [
      activation,
      (size: number): Case => ({ input: [size], layers: [{ kind: 'activation', name, activation }] }),
    ]),
  ),
};

const head = 'head';

/** The case's network on an empty trunk, so that the input's gradient is `featuresGrad`. */
function build({ input, layers, ids }: Case, set: KernelSetName, n: number): Network {
  const arena = createArena(8 << 20);
  const spec = { input, normalize: false, trunk: [], heads: { [head]: layers } };
  const network = createNetwork(spec, arena, factories[set](arena.memory), n);
  initializeParams(network.params, createRandom('weights'));
  const random = createRandom('input');
  const { data } = network.input;
  for (let i = 0; i < data.length; i++) data[i] = ids ? random.integer(ids) : random.normal();
  return network;
}

/** Forward and backward of sum(output * upstream). @returns that sum. */
function pass(network: Network, n: number, upstream: Float32Array, backward: boolean): number {
  network.forward(n, [head], 'train');
  const y = network.output(head).data;
  if (backward) {
    network.clearGrads(n);
    network.featuresGrad.data.fill(0);
    network.outputGrad(head).data.set(upstream);
    network.backward(n, [head]);
  }
  let sum = 0;
  for (let i = 0; i < y.length; i++) sum += y[i]! * upstream[i]!;
  return sum;
}

const upstreamOf = (network: Network): Float32Array => {
  const random = createRandom('upstream');
  return Float32Array.from(network.output(head).data, () => random.normal());
};

/** The same numbers are dropped in every pass: a fresh network draws its first mask. */
const drops = (kind: string): boolean => kind === 'dropout';
const mixesRows = (kind: string): boolean => kind.startsWith('batchNorm') || drops(kind);

describe.each(Object.entries(kinds))('%s', (kind, caseOf) => {
  test.each(setNames)('gradients are those of central differences (%s kernels)', (set) => {
    for (const size of [1, 2, 3, 5, 8, 9]) {
      if (drops(kind)) continue;
      const n = 3;
      const network = build(caseOf(size), set, n);
      const upstream = upstreamOf(network);
      pass(network, n, upstream, true);
      const step = 2 ** -8;
      const check = (values: Float32Array, grads: Float32Array, what: string): void => {
        const scale = Math.max(1, ...grads.map(Math.abs));
        for (let i = 0; i < values.length; i += Math.max(1, Math.floor(values.length / 11))) {
          const before = values[i]!;
          // A step across a kink measures the kink.
          if (/relu|elu|Relu|Pool|skips/.test(kind) && Math.abs(before) < 0.05 && what === 'x') continue;
          values[i] = before + step;
          const above = pass(network, n, upstream, false);
          values[i] = before - step;
          const below = pass(network, n, upstream, false);
          values[i] = before;
          const slope = (above - below) / (2 * step);
          // Third derivatives times step^2, and the rounding of float32 outputs divided by the step.
          expect(Math.abs(slope - grads[i]!) / scale, `${what}[${i}] at size ${size}`).toBeLessThan(2e-3);
        }
      };
      const dx = network.featuresGrad.data.slice();
      if (!caseOf(size).ids && !(kind === 'maxPool2d')) check(network.input.data, dx, 'x');
      const grads = network.params.grads.data.slice();
      for (const { name: of, offset, length } of network.params.slots) {
        check(
          network.params.values.data.subarray(offset, offset + length),
          grads.subarray(offset, offset + length),
          of,
        );
      }
    }
  });

  test('the fast set agrees with the plain one in every ragged size', () => {
    for (const size of ragged) {
      for (const n of [1, 5, 9]) {
        const results = setNames.map((set) => {
          const network = build(caseOf(size), set, n);
          pass(network, n, upstreamOf(network), true);
          return [network.output(head), network.featuresGrad, network.params.grads].map(({ data }) => data);
        });
        results[0]!.forEach((values, which) => {
          const plain = results[1]![which]!;
          const scale = Math.max(1, ...plain.map(Math.abs));
          values.forEach((value, i) => {
            const error = Math.abs(value - plain[i]!) / scale;
            if (!(error < 1e-5))
              expect.fail(`size ${size}, n ${n}, ${which}[${i}]: ${value}, not ${plain[i]}`);
          });
        });
      }
    }
  });

  test.each(setNames)('a batch gives, bit for bit, what its rows give one by one (%s kernels)', (set) => {
    if (mixesRows(kind)) return;
    const n = 5;
    for (const size of [3, 8, 65]) {
      const all = build(caseOf(size), set, n);
      all.forward(n, [head], 'train');
      const alone = build(caseOf(size), set, n);
      const [perRow, perOutput] = [all.input.data.length / n, all.output(head).data.length / n];
      for (let row = n - 1; row >= 0; row--) {
        alone.input.data.set(all.input.data.subarray(row * perRow, (row + 1) * perRow));
        alone.forward(1, [head], 'train');
        const whole = all.output(head).data.subarray(row * perOutput, (row + 1) * perOutput);
        expect(alone.output(head).data.subarray(0, perOutput)).toEqual(whole);
      }
    }
  });

  test.each(setNames)('a NaN in a row reaches its output and no other row (%s kernels)', (set) => {
    if (mixesRows(kind)) return;
    const network = build(caseOf(5), set, 3);
    const perRow = network.input.data.length / 3;
    network.input.data.fill(Number.NaN, perRow, 2 * perRow);
    network.forward(3, [head], 'train');
    const y = network.output(head).data;
    const perOutput = y.length / 3;
    const bad = Array.from({ length: 3 }, (_, row) =>
      y.subarray(row * perOutput, (row + 1) * perOutput).some(Number.isNaN),
    );
    expect(bad).toEqual([false, true, false]);
  });
});

describe('a shape that does not fit', () => {
  const flat = [12] as const;
  test.each<readonly [string, readonly number[], LayerSpec, string, string]>([
    [
      'transposed convolution of a flat row',
      flat,
      { kind: 'conv2dTranspose', name: 'up', channels: 2, kernel: 3, stride: 1, padding: 0, init },
      '[12]',
      'height',
    ],
    [
      'padding that leaves nothing',
      [1, 1, 2],
      { kind: 'conv2dTranspose', name: 'up', channels: 2, kernel: 2, stride: 1, padding: 1, init },
      '[1,1,2]',
      '[0,0,2]',
    ],
    [
      'pooling of more than there is',
      [2, 5, 1],
      { kind: 'maxPool2d', name: 'up', size: 3, stride: 1 },
      '[2,5,1]',
      '[0,3,1]',
    ],
    [
      'pooling by a half',
      [4, 4, 1],
      { kind: 'maxPool2d', name: 'up', size: 2, stride: 0.5 },
      '[4,4,1]',
      '0.5',
    ],
    [
      'attention of a flat row',
      flat,
      { kind: 'selfAttention', name: 'up', heads: 2, causal: false, init },
      '[12]',
      'time',
    ],
    [
      'heads that do not divide',
      [3, 8],
      { kind: 'selfAttention', name: 'up', heads: 3, causal: false, init },
      '[3,8]',
      'heads is 3',
    ],
    ['a position beyond the list', [3, 8], { kind: 'pick', name: 'up', index: 3 }, '[3,8]', 'position 3'],
    [
      'a GRU of a flat row',
      flat,
      { kind: 'gru', name: 'up', units: 4, returns: 'last', init },
      '[12]',
      '[4]',
    ],
    [
      'an embedding of nothing',
      flat,
      { kind: 'embedding', name: 'up', vocabulary: 0, size: 4, init },
      '[12]',
      '[12,4]',
    ],
    ['a reshape that loses numbers', flat, { kind: 'reshape', name: 'up', shape: [3, 5] }, '[12]', '[3,5]'],
    ['everything dropped', flat, { kind: 'dropout', name: 'up', rate: 1 }, '[12]', 'the rate is 1'],
    ['no epsilon', flat, { kind: 'layerNorm', name: 'up', epsilon: 0 }, '[12]', 'epsilon is 0'],
    [
      'too much momentum',
      flat,
      { kind: 'batchNorm', name: 'up', momentum: 2, epsilon: 1e-5 },
      '[12]',
      'momentum is 2',
    ],
  ])('%s is refused with the layer and both shapes', (_what, input, layer, from, to) => {
    const attempt = (): unknown => planNetwork({ input, normalize: false, trunk: [layer], heads: {} });
    expect(attempt).toThrow('layer up');
    expect(attempt).toThrow(from);
    expect(attempt).toThrow(to);
  });

  test('a residual needs an earlier layer, of the same shape', () => {
    const plan = (...trunk: LayerSpec[]) => planNetwork({ input: [4], normalize: false, trunk, heads: {} });
    const around = { kind: 'residual', name: 'around', from: 'one' } as const;
    expect(() => plan(around)).toThrow('no layer "one" before it');
    const [one, two] = [3, 5].map(
      (units, i): LayerSpec => ({ kind: 'dense', name: ['one', 'two'][i]!, units, init }),
    );
    expect(() => plan(one!, two!, around)).toThrow(/around.*\[3\].*\[5\]/);
  });
});

describe.each(setNames)('%s kernels', (set) => {
  test('running statistics follow training, serve evaluation, and stand still in a frozen layer', () => {
    const layers: LayerSpec[] = [{ kind: 'batchNorm', name, momentum: 0.5, epsilon: 1e-5 }];
    const network = build({ input: [3], layers }, set, 4);
    const mean = network.buffers.get('head.layer.runningMean')!.data;
    network.forward(4, [head], 'evaluate');
    expect([...mean]).toEqual([0, 0, 0]);
    network.forward(4, [head], 'train');
    const column = [0, 1, 2, 3].map((row) => network.input.data[row * 3]!);
    expect(mean[0]).toBeCloseTo(0.5 * (column.reduce((a, b) => a + b) / 4), 5);
    const before = [...mean];
    network.frozen.add('head.layer');
    network.forward(4, [head], 'train');
    expect([...mean]).toEqual(before);
    // Evaluation by rows: what stands beside a row does not matter.
    network.forward(4, [head], 'evaluate');
    const first = network.output(head).data.slice(0, 3);
    network.forward(1, [head], 'evaluate');
    expect(network.output(head).data.slice(0, 3)).toEqual(first);
  });

  test('dropout drops its share, keeps the expectation, and does nothing in evaluation', () => {
    const network = build({ input: [100], layers: [{ kind: 'dropout', name, rate: 0.25 }] }, set, 100);
    network.input.data.fill(1);
    network.forward(100, [head], 'train');
    const first = network.output(head).data.slice();
    const kept = first.filter((y) => y !== 0);
    expect(Math.abs(kept.length / 10_000 - 0.75)).toBeLessThan(0.02);
    expect(new Set(kept)).toEqual(new Set([Math.fround(1 / 0.75)]));
    network.forward(100, [head], 'train');
    expect(network.output(head).data).not.toEqual(first);
    const mask = network.inner('head.layer', 'mask').data.slice();
    pass(network, 100, new Float32Array(10_000).fill(1), true);
    expect(network.featuresGrad.data).toEqual(network.inner('head.layer', 'mask').data);
    expect(network.inner('head.layer', 'mask').data).not.toEqual(mask);
    network.forward(100, [head], 'evaluate');
    expect([...new Set(network.output(head).data)]).toEqual([1]);
  });

  test('later positions never reach earlier ones under a causal mask; attention rows sum to 1', () => {
    const layers: LayerSpec[] = [{ kind: 'selfAttention', name, heads: 2, causal: true, init }];
    const network = build({ input: [6, 4], layers }, set, 1);
    network.forward(1, [head], 'evaluate');
    const before = network.output(head).data.slice();
    network.input.data.fill(9, 4 * 4);
    network.forward(1, [head], 'evaluate');
    expect(network.output(head).data.subarray(0, 16)).toEqual(before.subarray(0, 16));
    const weights = network.inner('head.layer', 'attention').data;
    for (let row = 0; row < 12; row++) {
      const looked = weights.subarray(row * 6, (row + 1) * 6);
      expect(looked.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 6);
      expect([...looked.subarray((row % 6) + 1)].every((weight) => weight === 0)).toBe(true);
    }
  });

  test('nobody looks at what is not there, and it changes nothing', () => {
    const layers: LayerSpec[] = [
      { kind: 'reshape', name: 'things', shape: [5, 4] },
      { kind: 'selfAttention', name, heads: 2, causal: false, present: 'things', init },
    ];
    const network = build({ input: [5, 4], layers }, set, 1);
    const x = network.input.data;
    const there = [1, 0, 1, 0, 1];
    there.forEach((flag, t) => {
      x[4 * t] = flag;
    });
    network.forward(1, [head], 'evaluate');
    const before = network.output(head).data.slice(0, 4);
    const weights = network.inner('head.layer', 'attention').data;
    for (let row = 0; row < 10; row++) {
      const looked = [...weights.subarray(row * 5, (row + 1) * 5)];
      expect(looked.map((weight) => (weight === 0 ? 0 : 1))).toEqual(there);
      expect(looked.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 6);
    }
    for (const t of [1, 3]) x.fill(9, 4 * t + 1, 4 * t + 4);
    network.forward(1, [head], 'evaluate');
    expect(network.output(head).data.slice(0, 4)).toEqual(before);
    // Nothing at all: no weight anywhere, and no number that is not one.
    for (let t = 0; t < 5; t++) x[4 * t] = 0;
    network.forward(1, [head], 'evaluate');
    expect([...weights].every((weight) => weight === 0)).toBe(true);
    expect([...network.output(head).data].every(Number.isFinite)).toBe(true);
  });

  test('without a mask, moved positions move the outputs with them', () => {
    const layers: LayerSpec[] = [{ kind: 'selfAttention', name, heads: 2, causal: false, init }];
    const network = build({ input: [5, 4], layers }, set, 1);
    network.forward(1, [head], 'evaluate');
    const [x, y] = [network.input.data.slice(), network.output(head).data.slice()];
    const order = [3, 0, 4, 1, 2];
    for (const [to, from] of order.entries()) {
      network.input.data.set(x.subarray(from * 4, from * 4 + 4), to * 4);
    }
    network.forward(1, [head], 'evaluate');
    order.forEach((from, to) => {
      for (let i = 0; i < 4; i++)
        expect(network.output(head).data[to * 4 + i]).toBeCloseTo(y[from * 4 + i]!, 5);
    });
  });

  test('an id that is not in the table gives NaN and reads nothing', () => {
    for (const id of [-1, 5, 1.5, Number.NaN, Infinity, 1e20]) {
      const network = build(kinds['embedding']!(4), set, 1);
      network.input.data[1] = id;
      pass(network, 1, new Float32Array(12).fill(1), true);
      const y = network.output(head).data;
      expect(Array.from(y, Number.isNaN)).toEqual([...'000011110000'].map((bit) => bit === '1'));
      expect(network.params.grads.data.every(Number.isFinite)).toBe(true);
    }
  });

  test('a state carried into a GRU is its first state', () => {
    const layers: LayerSpec[] = [{ kind: 'gru', name, units: 5, returns: 'last', init }];
    const whole = build({ input: [6, 3], layers }, set, 1);
    whole.forward(1, [head], 'evaluate');
    const half = build({ input: [3, 3], layers }, set, 1);
    const initial = half.inner('head.layer', 'initial').data;
    for (const part of [0, 1]) {
      half.input.data.set(whole.input.data.subarray(part * 9, part * 9 + 9));
      half.forward(1, [head], 'evaluate');
      if (part === 0) initial.set(half.output(head).data.subarray(0, 5));
    }
    expect(half.output(head).data.subarray(0, 5)).toEqual(whole.output(head).data.subarray(0, 5));
  });
});
