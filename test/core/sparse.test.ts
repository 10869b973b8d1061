// Skipping zeros changes nothing but the time: against the dense kernels, for any share of zeros.
import { describe, expect, test } from 'vitest';
import { createArena } from '../../src/core/arena.ts';
import { loadKernels } from '../../src/core/kernels/load.ts';
import type { KernelSetName } from '../../src/core/kernels.ts';
import { createRandom } from '../../src/core/random.ts';

const ragged = [1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33, 63, 64, 65];

describe.each<KernelSetName>(['simd', 'reference'])('%s kernels', async (set) => {
  const factory = await loadKernels(set);

  function layer(n: number, inputs: number, outputs: number, lit: number, seed = 'sparse') {
    const arena = createArena(1 << 20);
    const k = factory(arena.memory);
    const random = createRandom(seed);
    const draw = (...shape: number[]) => {
      const tensor = arena.f32(...shape);
      for (let i = 0; i < tensor.data.length; i++) tensor.data[i] = random.normal();
      return tensor;
    };
    const x = arena.f32(n, inputs);
    for (let i = 0; i < x.data.length; i++) x.data[i] = random.next() < lit ? random.normal() : 0;
    const [w, b, dy] = [draw(inputs, outputs), draw(outputs), draw(n, outputs)];
    const [y, dw, dense, dDense] = [
      arena.f32(n, outputs),
      arena.f32(inputs, outputs),
      arena.f32(n, outputs),
      arena.f32(inputs, outputs),
    ];
    const after = arena.f32(4);
    after.data.fill(7);
    const scratch = arena.f32(2 * inputs + inputs * outputs);
    return { k, x, w, b, dy, y, dw, dense, dDense, after, scratch };
  }

  test('the same as dense, over ragged sizes and every share of zeros', () => {
    for (const inputs of ragged) {
      for (const outputs of ragged) {
        for (const lit of [0, 0.1, 1]) {
          const n = 5;
          const l = layer(n, inputs, outputs, lit);
          l.k.sparseDense(l.y.ptr, l.x.ptr, l.w.ptr, l.b.ptr, l.scratch.ptr, n, inputs, outputs);
          l.k.dense(l.dense.ptr, l.x.ptr, l.w.ptr, l.b.ptr, n, inputs, outputs);
          l.k.sparseDenseBackward(l.dw.ptr, l.dy.ptr, l.x.ptr, l.scratch.ptr, n, inputs, outputs);
          l.k.denseBackward(
            0,
            l.dDense.ptr,
            0,
            l.dy.ptr,
            l.x.ptr,
            l.w.ptr,
            l.scratch.ptr,
            n,
            inputs,
            outputs,
          );
          const worst = (a: Float32Array, b: Float32Array): number =>
            a.reduce(
              (most, value, i) => Math.max(most, Math.abs(value - b[i]!) / Math.max(1, Math.abs(b[i]!))),
              0,
            );
          expect(worst(l.y.data, l.dense.data)).toBeLessThan(1e-5);
          expect(worst(l.dw.data, l.dDense.data)).toBeLessThan(1e-5);
          expect([...l.after.data]).toEqual([7, 7, 7, 7]);
        }
      }
    }
  });

  test('a row alone gives the bits it gives in a batch, and gradients accumulate', () => {
    const [n, inputs, outputs] = [9, 65, 37];
    const l = layer(n, inputs, outputs, 0.2);
    l.k.sparseDense(l.y.ptr, l.x.ptr, l.w.ptr, l.b.ptr, l.scratch.ptr, n, inputs, outputs);
    for (let row = 0; row < n; row++) {
      const from = l.x.ptr + row * inputs * 4;
      l.k.sparseDense(l.dense.ptr, from, l.w.ptr, l.b.ptr, l.scratch.ptr, 1, inputs, outputs);
      const whole = l.y.data.subarray(row * outputs, (row + 1) * outputs);
      expect(l.dense.data.subarray(0, outputs)).toEqual(whole);
    }
    l.k.sparseDenseBackward(l.dw.ptr, l.dy.ptr, l.x.ptr, l.scratch.ptr, 1, inputs, outputs);
    const once = l.dw.data.slice();
    l.k.sparseDenseBackward(l.dw.ptr, l.dy.ptr, l.x.ptr, l.scratch.ptr, 1, inputs, outputs);
    expect(l.dw.data).toEqual(once.map((value) => 2 * value));
  });

  test('a NaN is no zero', () => {
    const l = layer(2, 9, 6, 0.3);
    l.x.data[4] = NaN;
    l.k.sparseDense(l.y.ptr, l.x.ptr, l.w.ptr, l.b.ptr, l.scratch.ptr, 2, 9, 6);
    expect(Array.from(l.y.data, Number.isNaN)).toEqual(Array.from(l.y.data, (_value, i) => i < 6));
  });
});
