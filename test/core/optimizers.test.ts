// Optimisers, schedules, regularisation and initialisers beyond PyTorch's traces: kernel sets agree in every size,
// nothing moves that must stand, every optimiser gets to the bottom of a valley, penalties do what they are for.
import { describe, expect, test } from 'vitest';
import { createArena } from '../../src/core/arena.ts';
import { freshEarlyStopping, observeValidation } from '../../src/core/early-stopping.ts';
import { type InitializerSpec, initialize } from '../../src/core/initializers.ts';
import { loadKernels } from '../../src/core/kernels/load.ts';
import type { KernelFactory, KernelSetName } from '../../src/core/kernels.ts';
import type { Params } from '../../src/core/network.ts';
import { adam, createOptimizer, type OptimizerSpec, type Range } from '../../src/core/optimizers.ts';
import { freshPlateau, observePlateau } from '../../src/core/plateau.ts';
import { createRandom } from '../../src/core/random.ts';
import { scheduleFactor } from '../../src/core/schedules.ts';

const setNames: readonly KernelSetName[] = ['simd', 'reference'];
const factories: Record<KernelSetName, KernelFactory> = {
  simd: await loadKernels('simd'),
  reference: await loadKernels('reference'),
};

const clip = 0;
const specs: Readonly<Record<string, OptimizerSpec>> = {
  sgd: { kind: 'sgd', rate: 0.1, momentum: 0, clip },
  momentum: { kind: 'sgd', rate: 0.05, momentum: 0.9, clip },
  nesterov: { kind: 'sgd', rate: 0.05, momentum: 0.9, nesterov: true, clip },
  adagrad: { kind: 'adagrad', rate: 0.5, epsilon: 1e-10, clip },
  rmsprop: { kind: 'rmsprop', rate: 0.01, decay: 0.99, epsilon: 1e-8, clip },
  adam: adam(0.05, clip),
  adamw: { ...adam(0.05, clip), regularization: { decay: 0.01 } },
  'adam with all penalties': { ...adam(0.05, 0.7), regularization: { l1: 1e-3, l2: 1e-3, decay: 1e-3 } },
};

function bench(spec: OptimizerSpec, set: KernelSetName, count: number) {
  const arena = createArena(1 << 18);
  const params: Params = { values: arena.f32(count), grads: arena.f32(count), slots: [] };
  const random = createRandom('weights');
  for (let i = 0; i < count; i++) params.values.data[i] = random.normal();
  const optimizer = createOptimizer(spec, params, arena, factories[set](arena.memory));
  return { params, optimizer, after: arena.f32(4) };
}

/** Steps down sum (w - target)^2 / 2. */
function descend(
  spec: OptimizerSpec,
  set: KernelSetName,
  count: number,
  steps: number,
  ranges: readonly Range[] = [{ offset: 0, length: count }],
  factor = 1,
) {
  const made = bench(spec, set, count);
  const { values, grads } = made.params;
  for (let t = 0; t < steps; t++) {
    for (let i = 0; i < count; i++) grads.data[i] = values.data[i]! - Math.sin(i);
    made.optimizer.update(ranges, factor, made.optimizer.gradientNorm(ranges));
  }
  return made;
}

describe.each(Object.entries(specs))('%s', (name, spec) => {
  test('kernel sets agree in every ragged size, and write nothing beyond', () => {
    for (const count of [1, 2, 3, 4, 5, 7, 8, 9, 63, 64, 65]) {
      const [fast, plain] = setNames.map((set) => descend(spec, set, count, 10));
      fast!.params.values.data.forEach((value, i) => {
        expect(Math.abs(value - plain!.params.values.data[i]!)).toBeLessThan(1e-5);
      });
      expect([...fast!.after.data]).toEqual([0, 0, 0, 0]);
    }
  });

  test.each(setNames)('gets to the bottom of a valley (%s kernels)', (set) => {
    const { values } = descend(spec, set, 9, 1000).params;
    // Penalties pull the bottom towards 0 a little.
    const near = name.includes('penalties') || name === 'adamw' ? 0.03 : 0.01;
    values.data.forEach((value, i) => {
      expect(Math.abs(value - Math.sin(i))).toBeLessThan(near);
    });
  });

  test.each(setNames)(
    'a learning rate of 0 changes nothing, frozen ranges never change (%s kernels)',
    (set) => {
      const before = bench(spec, set, 20).params.values.data;
      expect(descend(spec, set, 20, 5, undefined, 0).params.values.data).toEqual(before);
      const { values } = descend(spec, set, 20, 50, [
        { offset: 4, length: 5 },
        { offset: 12, length: 4 },
      ]).params;
      values.data.forEach((value, i) => {
        const moves = (i >= 4 && i < 9) || (i >= 12 && i < 16);
        if (moves) expect(value).not.toBe(before[i]);
        else expect(value).toBe(before[i]);
      });
    },
  );

  test('a NaN in a gradient reaches its weight', () => {
    for (const set of setNames) {
      const { params, optimizer } = bench(spec, set, 7);
      params.grads.data[5] = Number.NaN;
      optimizer.update([{ offset: 0, length: 7 }], 1, 1);
      expect(Array.from(params.values.data, Number.isNaN)).toEqual([0, 0, 0, 0, 0, 1, 0].map(Boolean));
    }
  });
});

describe('regularisation', () => {
  /** Weights after 500 updates without any loss. */
  const left = (regularization: OptimizerSpec['regularization'], start: number): number => {
    const { params, optimizer } = bench(
      { kind: 'sgd', rate: 0.1, momentum: 0, clip, regularization: regularization! },
      'simd',
      1,
    );
    params.values.data[0] = start;
    for (let t = 0; t < 500; t++) {
      params.grads.data[0] = 0;
      optimizer.update([{ offset: 0, length: 1 }], 1, 0);
    }
    return params.values.data[0]!;
  };

  test('L1 takes small weights to 0, L2 and decay shrink all by their share', () => {
    expect(Math.abs(left({ l1: 0.01 }, 0.3))).toBeLessThan(2e-3);
    expect(left({ l1: 0.01 }, 10)).toBeCloseTo(9.5, 3);
    const share = (1 - 0.1 * 0.01) ** 500;
    expect(left({ l2: 0.01 }, 10) / 10).toBeCloseTo(share, 4);
    expect(left({ decay: 0.01 }, 10) / 10).toBeCloseTo(share, 4);
  });

  test('early stopping waits for its patience, and for ever where it has none', () => {
    const state = freshEarlyStopping();
    const looks = [3, 2, 2.5, 1, 1.5, 1.2, 1.1].map((loss) => observeValidation(state, loss, 3));
    expect(looks).toEqual([false, false, false, false, false, false, true]);
    expect(state.best).toBe(1);
    const patient = freshEarlyStopping();
    for (let i = 0; i < 1000; i++) expect(observeValidation(patient, i, 0)).toBe(false);
  });
});

describe('schedules', () => {
  test('step falls in equal falls, exponential evenly, warm-up rises first', () => {
    const step = { kind: 'step', floor: 1 / 16, drops: 4 } as const;
    expect([0, 0.24, 0.25, 0.5, 0.99, 1].map((p) => scheduleFactor(step, p))).toEqual([
      1,
      1,
      0.5,
      0.25,
      0.125,
      1 / 16,
    ]);
    expect(scheduleFactor({ kind: 'exponential', floor: 0.01 }, 0.5)).toBeCloseTo(0.1, 12);
    const warm = { kind: 'linear', floor: 0, warmup: 0.2 } as const;
    expect([0, 0.1, 0.2, 0.6, 1].map((p) => scheduleFactor(warm, p))).toEqual([0, 0.5, 1, 0.5, 0]);
    expect(scheduleFactor({ ...warm, warmupFrom: 0.5 }, 0.1)).toBeCloseTo(0.75, 12);
  });

  test('a plateau halves the rate, a falling loss does not, and losses below 0 count as well', () => {
    const flat = freshPlateau();
    for (let t = 0; t < 250; t++) observePlateau(flat, 1);
    expect(flat.factor).toBe(0.5);
    for (const start of [100, -100]) {
      const falling = freshPlateau();
      for (let t = 0; t < 2000; t++) observePlateau(falling, start - 0.1 * t);
      expect(falling.factor).toBe(1);
    }
    for (let t = 0; t < 100_000; t++) observePlateau(flat, 1);
    expect(flat.factor).toBe(1 / 1024);
  });
});

describe('initialisers', () => {
  const [fanIn, fanOut, count] = [50, 30, 100_000];
  const drawn = (init: InitializerSpec): Float32Array => {
    const values = new Float32Array(count);
    initialize(values, [count], init, fanIn, fanOut, createRandom('init'));
    return values;
  };
  const he = Math.sqrt(2 / fanIn);
  const xavier = Math.sqrt(6 / (fanIn + fanOut));

  test.each<readonly [InitializerSpec, number, number]>([
    [{ scheme: 'uniform', limit: 0.3 }, 0.3 / Math.sqrt(3), 0.3],
    [{ scheme: 'normal', deviation: 0.2 }, 0.2, Infinity],
    [{ scheme: 'xavier' }, xavier / Math.sqrt(3), xavier],
    [{ scheme: 'he' }, he, Infinity],
    [{ scheme: 'tooLarge' }, 10 * he, Infinity],
    [{ scheme: 'tooSmall' }, 0.01 * he, Infinity],
  ])('%o has its spread', (init, deviation, limit) => {
    const values = drawn(init);
    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
    expect(Math.abs(mean)).toBeLessThan((5 * deviation) / Math.sqrt(count));
    expect(Math.sqrt(variance) / deviation).toBeCloseTo(1, 1);
    expect(values.every((value) => Math.abs(value) <= limit)).toBe(true);
  });

  test('constants are constant', () => {
    expect(new Set(drawn({ scheme: 'constant', value: 0.5 }))).toEqual(new Set([0.5]));
    expect(new Set(drawn({ scheme: 'zeros' }))).toEqual(new Set([0]));
  });
});
