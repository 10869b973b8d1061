// Both kernel sets, held against each other and against what the contract promises: any size, any batch,
// NaN stays NaN, nothing outside the output is touched.
import { describe, expect, test } from 'vitest';
import { createArena, type Tensor } from '../../src/core/arena.ts';
import { activationCode } from '../../src/core/kernels/contract/activations.ts';
import { loadKernels } from '../../src/core/kernels/load.ts';
import type { KernelFactory, KernelSetName } from '../../src/core/kernels.ts';
import { exp, log, tanh } from '../../src/core/math.ts';
import { createRandom } from '../../src/core/random.ts';

const setNames: readonly KernelSetName[] = ['simd', 'reference'];
const factories: Record<KernelSetName, KernelFactory> = {
  simd: await loadKernels('simd'),
  reference: await loadKernels('reference'),
};

/** Fresh memory with a kernel set over it. Numbers drawn in the same order are the same numbers. */
function bench(set: KernelSetName, mebibytes = 0.5) {
  const arena = createArena(mebibytes * 1048576);
  const random = createRandom('kernels');
  return {
    k: factories[set](arena.memory),
    zeros: (...shape: number[]): Tensor => arena.f32(...shape),
    normals(...shape: number[]): Tensor {
      const tensor = arena.f32(...shape);
      for (let i = 0; i < tensor.data.length; i++) tensor.data[i] = random.normal();
      return tensor;
    },
    of(values: readonly number[]): Tensor {
      const tensor = arena.f32(values.length);
      tensor.data.set(values);
      return tensor;
    },
  };
}
type Bench = ReturnType<typeof bench>;

const bits = (tensor: Tensor): Uint32Array =>
  new Uint32Array(tensor.data.buffer, tensor.data.byteOffset, tensor.data.length);

/** Largest |a - b| / max(floor, |b|); infinite if only one of a pair is NaN. */
function disagreement(a: Tensor, b: Tensor, floor: number): number {
  let worst = 0;
  for (let i = 0; i < b.data.length; i++) {
    const [p, q] = [a.data[i]!, b.data[i]!];
    if (Object.is(p, q)) continue;
    const difference = Math.abs(p - q) / Math.max(floor, Math.abs(q));
    worst = Number.isNaN(difference) ? Infinity : Math.max(worst, difference);
  }
  return worst;
}

interface Convolution {
  readonly n: number;
  readonly height: number;
  readonly width: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

/** Forward and backward of one convolution of random numbers; all its results. */
function convolve(on: Bench, c: Convolution, x = on.normals(c.n, c.height, c.width, c.inputs)) {
  const side = (size: number): number => Math.floor((size + 2 * c.padding - c.kernel) / c.stride) + 1;
  const [outHeight, outWidth] = [side(c.height), side(c.width)];
  const under = c.kernel * c.kernel * c.inputs;
  const w = on.normals(under, c.outputs);
  const b = on.normals(c.outputs);
  const dy = on.normals(c.n, outHeight, outWidth, c.outputs);
  const y = on.zeros(c.n, outHeight, outWidth, c.outputs);
  const dx = on.normals(c.n, c.height, c.width, c.inputs);
  const dw = on.normals(under, c.outputs);
  const db = on.normals(c.outputs);
  const scratch = on.normals(2 * outHeight * outWidth * under + under * c.outputs);
  const sizes = [c.n, c.height, c.width, c.inputs, c.outputs, c.kernel, c.stride, c.padding] as const;
  on.k.conv2d(y.ptr, x.ptr, w.ptr, b.ptr, scratch.ptr, ...sizes);
  on.k.conv2dBackward(dx.ptr, dw.ptr, db.ptr, dy.ptr, x.ptr, w.ptr, scratch.ptr, ...sizes);
  return { y, dx, dw, db };
}

/** Forward and backward of one dense layer of random numbers; all its results. */
function denseBoth(on: Bench, n: number, inputs: number, outputs: number) {
  const [x, w, b, dy] = [
    on.normals(n, inputs),
    on.normals(inputs, outputs),
    on.normals(outputs),
    on.normals(n, outputs),
  ];
  const [y, scratch] = [on.zeros(n, outputs), on.normals(inputs, outputs)];
  const [dx, dw, db] = [on.normals(n, inputs), on.normals(inputs, outputs), on.normals(outputs)];
  on.k.dense(y.ptr, x.ptr, w.ptr, b.ptr, n, inputs, outputs);
  on.k.denseBackward(dx.ptr, dw.ptr, db.ptr, dy.ptr, x.ptr, w.ptr, scratch.ptr, n, inputs, outputs);
  return { x, w, b, dy, y, dx, dw, db };
}

/** log(1 + t) for 0 <= t <= 1. */
const log1p = (t: number): number => (1 + t === 1 ? t : (log(1 + t) * t) / (1 + t - 1));

const raggedSizes = [1, 2, 3, 4, 5, 7, 8, 9, 63, 64, 65] as const;

/** Every kernel but the two layers, as a function of a row count and a row size. */
const rowKernels: Record<string, (on: Bench, n: number, size: number) => Tensor[]> = {
  ...Object.fromEntries(
    Object.entries(activationCode).map(([name, code]) => [
      name,
      (on: Bench, n: number, size: number) => {
        const [x, dy, dx, y] = [
          on.normals(n, size),
          on.normals(n, size),
          on.normals(n, size),
          on.zeros(n, size),
        ];
        on.k.activate(code, y.ptr, x.ptr, n * size);
        on.k.activateBackward(code, dx.ptr, dy.ptr, y.ptr, x.ptr, n * size);
        return [y, dx];
      },
    ]),
  ),
  softmax(on, n, size) {
    const [x, y] = [on.normals(n, size), on.zeros(n, size)];
    on.k.softmax(y.ptr, x.ptr, n, size);
    return [y];
  },
  logSoftmax(on, n, size) {
    const [x, y] = [on.normals(n, size), on.zeros(n, size)];
    on.k.logSoftmax(y.ptr, x.ptr, n, size);
    return [y];
  },
  normalize(on, n, size) {
    const [mean, scale, x, y] = [on.normals(size), on.normals(size), on.normals(n, size), on.zeros(n, size)];
    on.k.normalize(y.ptr, x.ptr, mean.ptr, scale.ptr, 1.5, n, size);
    return [y];
  },
  distances(on, n, size) {
    const [c, x, y] = [on.normals(5, size), on.normals(n, size), on.zeros(n, 5)];
    on.k.distances(y.ptr, x.ptr, c.ptr, n, 5, size);
    return [y];
  },
};

describe('the two kernel sets agree within 1e-5', () => {
  /** Runs on both sets and compares every result. */
  function expectAgreement(run: (on: Bench) => Tensor[], what: string, floor = 1, mebibytes = 0.5): void {
    const [simd, reference] = [run(bench('simd', mebibytes)), run(bench('reference', mebibytes))];
    simd.forEach((tensor, i) => {
      const worst = disagreement(tensor, reference[i]!, floor);
      if (!(worst <= 1e-5)) expect.fail(`${what}: result ${i} differs by ${worst}`);
    });
  }

  test.each(raggedSizes)('dense, forward and backward, %i rows by any sizes', (n) => {
    for (const inputs of raggedSizes) {
      for (const outputs of raggedSizes) {
        expectAgreement((on) => {
          const { y, dx, dw, db } = denseBoth(on, n, inputs, outputs);
          return [y, dx, dw, db];
        }, `${n}x${inputs}->${outputs}`);
      }
    }
  });

  test('dense beyond one block of the matrix product', () => {
    // Sums of this many products are about as large as the root of their number.
    for (const [n, inputs, outputs] of [
      [6, 1600, 70],
      [700, 9, 6],
      [40, 130, 200],
      [20, 2500, 3],
    ] as const) {
      const floor = Math.sqrt(Math.max(n, inputs, outputs));
      expectAgreement(
        (on) => Object.values(denseBoth(on, n, inputs, outputs)),
        `${n}x${inputs}->${outputs}`,
        floor,
        4,
      );
    }
  });

  test('conv2d, forward and backward', () => {
    for (const [kernel, stride, padding] of [
      [1, 1, 0],
      [2, 2, 0],
      [3, 1, 0],
      [3, 1, 1],
      [3, 2, 1],
      [5, 1, 2],
      [4, 3, 3],
    ] as const) {
      for (const inputs of [1, 2, 3, 4, 5, 8]) {
        for (const outputs of [1, 2, 3, 4, 5, 7, 8, 9, 16]) {
          const shape = { n: 3, height: 7, width: 6, inputs, outputs, kernel, stride, padding };
          expectAgreement((on) => Object.values(convolve(on, shape)), JSON.stringify(shape));
        }
      }
    }
  });

  test.each(Object.entries(rowKernels))('%s', (name, run) => {
    for (const n of raggedSizes) {
      for (const size of raggedSizes) expectAgreement((on) => run(on, n, size), `${name} ${n}x${size}`);
    }
  });

  test('gradients of the distances', () => {
    for (const n of raggedSizes) {
      for (const size of raggedSizes) {
        expectAgreement((on) => {
          const [x, c, dy] = [on.normals(n, size), on.normals(4, size), on.normals(n, 4)];
          const [dx, dc] = [on.normals(n, size), on.normals(4, size)];
          on.k.distancesBackward(dx.ptr, dc.ptr, dy.ptr, x.ptr, c.ptr, n, 4, size);
          on.k.distancesBackward(0, dc.ptr, dy.ptr, x.ptr, c.ptr, n, 4, size);
          return [dx, dc];
        }, `${n}x${size}`);
      }
    }
  });

  test('whole-vector kernels', () => {
    for (const count of raggedSizes) {
      expectAgreement((on) => {
        const [w, g, v, m] = [on.normals(count), on.normals(count), on.normals(count), on.normals(count)];
        const square = on.zeros(count);
        on.k.scale(g.ptr, 0.37, count);
        on.k.sgd(w.ptr, g.ptr, v.ptr, 0.05, 0.9, count);
        for (const step of [1, 2, 3]) {
          on.k.adam(
            w.ptr,
            g.ptr,
            m.ptr,
            square.ptr,
            0.01,
            0.9,
            0.999,
            1e-5,
            1 - 0.9 ** step,
            1 - 0.999 ** step,
            count,
          );
        }
        return [w, g, v, m, square, on.of([on.k.sumOfSquares(w.ptr, count)])];
      }, `count ${count}`);
    }
  });
});

describe.each(setNames)('%s kernels', (set) => {
  test('a row alone gives the bits it gives in a batch: dense, forward and dx', () => {
    for (const [inputs, outputs] of [
      [64, 64],
      [2500, 2],
      [64, 1],
      [63, 3],
      [7, 5],
      [3, 9],
      [4, 65],
      [150, 130],
      [1600, 6],
    ] as const) {
      const on = bench(set, 4);
      const n = 19;
      const { x, w, b, dy, y } = denseBoth(on, n, inputs, outputs);
      const [dx, dx1, y1] = [on.zeros(n, inputs), on.zeros(1, inputs), on.zeros(1, outputs)];
      const [dw, db, scratch] = [on.zeros(inputs, outputs), on.zeros(outputs), on.zeros(inputs, outputs)];
      on.k.denseBackward(dx.ptr, dw.ptr, db.ptr, dy.ptr, x.ptr, w.ptr, scratch.ptr, n, inputs, outputs);
      for (let row = 0; row < n; row++) {
        const [xRow, dyRow] = [x.ptr + row * inputs * 4, dy.ptr + row * outputs * 4];
        on.k.dense(y1.ptr, xRow, w.ptr, b.ptr, 1, inputs, outputs);
        expect(bits(y1)).toEqual(bits(y).subarray(row * outputs, (row + 1) * outputs));
        dx1.data.fill(0);
        on.k.denseBackward(dx1.ptr, dw.ptr, db.ptr, dyRow, xRow, w.ptr, scratch.ptr, 1, inputs, outputs);
        expect(bits(dx1)).toEqual(bits(dx).subarray(row * inputs, (row + 1) * inputs));
      }
    }
  });

  test('a row alone gives the bits it gives in a batch: conv2d', () => {
    for (const outputs of [1, 2, 3, 6, 16]) {
      const shape = { n: 5, height: 7, width: 6, inputs: 3, outputs, kernel: 3, stride: 1, padding: 1 };
      const image = shape.height * shape.width * shape.inputs;
      const whole = convolve(bench(set), shape);
      for (let row = 0; row < shape.n; row++) {
        const on = bench(set);
        const all = on.normals(shape.n, shape.height, shape.width, shape.inputs);
        const x = { ptr: all.ptr + row * image * 4, shape: [1], data: all.data };
        const { y } = convolve(on, { ...shape, n: 1 }, x);
        const size = y.data.length;
        expect(bits(y)).toEqual(bits(whole.y).subarray(row * size, (row + 1) * size));
      }
    }
  });

  test.each(Object.entries(rowKernels))('a row alone gives the bits it gives in a batch: %s', (name, run) => {
    for (const size of [1, 2, 3, 5, 6, 64]) {
      const batch = run(bench(set), 7, size)[0]!;
      // The first row of any batch is drawn from the same numbers.
      const alone = run(bench(set), 1, size)[0]!;
      expect(bits(alone), name).toEqual(bits(batch).subarray(0, alone.data.length));
    }
  });

  test('elementwise kernels give the same bits in every place of a vector', () => {
    for (const code of Object.values(activationCode)) {
      const on = bench(set);
      const [x, y, y1] = [on.normals(23), on.zeros(23), on.zeros(1)];
      on.k.activate(code, y.ptr, x.ptr, 23);
      for (let i = 0; i < 23; i++) {
        on.k.activate(code, y1.ptr, x.ptr + 4 * i, 1);
        expect(bits(y1)[0]).toBe(bits(y)[i]);
      }
    }
  });

  test('backward accumulates, and a dx of 0 is left alone', () => {
    const on = bench(set);
    const [x, w, dy] = [on.normals(6, 5), on.normals(5, 3), on.normals(6, 3)];
    const [dx, dw, db, scratch] = [on.zeros(6, 5), on.zeros(5, 3), on.zeros(3), on.zeros(5, 3)];
    on.k.denseBackward(dx.ptr, dw.ptr, db.ptr, dy.ptr, x.ptr, w.ptr, scratch.ptr, 6, 5, 3);
    const [once, onceDx] = [Float32Array.from(dw.data), Float32Array.from(dx.data)];
    on.k.denseBackward(0, dw.ptr, db.ptr, dy.ptr, x.ptr, w.ptr, scratch.ptr, 6, 5, 3);
    expect(dw.data).toEqual(once.map((value) => 2 * value));
    expect(dx.data).toEqual(onceDx);
    const first = new Float32Array(dw.data.buffer, 0, 1)[0];
    const shape = { n: 2, height: 4, width: 4, inputs: 2, outputs: 3, kernel: 3, stride: 1, padding: 1 };
    const c = convolve(on, shape);
    const before = Float32Array.from(c.dx.data);
    const [cx, cdy, cw, s] = [on.normals(64), on.normals(96), on.normals(54), on.zeros(2 * 16 * 18 + 54)];
    on.k.conv2dBackward(0, c.dw.ptr, c.db.ptr, cdy.ptr, cx.ptr, cw.ptr, s.ptr, 2, 4, 4, 2, 3, 3, 1, 1);
    expect(c.dx.data).toEqual(before);
    expect(new Float32Array(dw.data.buffer, 0, 1)[0]).toBe(first);
  });

  test('an empty batch changes nothing', () => {
    const on = bench(set);
    const [y, x, w, b, scratch] = [
      on.normals(64),
      on.normals(64),
      on.normals(64),
      on.normals(64),
      on.zeros(512),
    ];
    const before = [y, x, w, b].map((tensor) => Float32Array.from(tensor.data));
    on.k.dense(y.ptr, x.ptr, w.ptr, b.ptr, 0, 8, 8);
    on.k.denseBackward(x.ptr, w.ptr, b.ptr, y.ptr, x.ptr, w.ptr, scratch.ptr, 0, 8, 8);
    on.k.denseBackward(x.ptr, w.ptr, b.ptr, y.ptr, x.ptr, w.ptr, scratch.ptr, 0, 8, 2);
    on.k.conv2d(y.ptr, x.ptr, w.ptr, b.ptr, scratch.ptr, 0, 4, 4, 2, 3, 3, 1, 0);
    on.k.conv2dBackward(x.ptr, w.ptr, b.ptr, y.ptr, x.ptr, w.ptr, scratch.ptr, 0, 4, 4, 2, 3, 3, 1, 0);
    for (const code of Object.values(activationCode)) {
      on.k.activate(code, y.ptr, x.ptr, 0);
      on.k.activateBackward(code, y.ptr, x.ptr, w.ptr, b.ptr, 0);
    }
    on.k.softmax(y.ptr, x.ptr, 0, 5);
    on.k.logSoftmax(y.ptr, x.ptr, 0, 5);
    on.k.normalize(y.ptr, x.ptr, w.ptr, b.ptr, 5, 0, 8);
    on.k.distances(y.ptr, x.ptr, w.ptr, 0, 3, 8);
    on.k.distancesBackward(y.ptr, w.ptr, b.ptr, x.ptr, w.ptr, 0, 3, 8);
    expect(on.k.sumOfSquares(x.ptr, 0)).toBe(0);
    on.k.scale(x.ptr, 2, 0);
    on.k.sgd(y.ptr, x.ptr, w.ptr, 0.1, 0.9, 0);
    on.k.adam(y.ptr, x.ptr, w.ptr, b.ptr, 0.1, 0.9, 0.999, 1e-8, 0.1, 0.001, 0);
    expect([y, x, w, b].map((tensor) => tensor.data)).toEqual(before);
  });

  test('nothing beyond the output is written', () => {
    for (const size of [1, 2, 3, 5, 6, 7, 9]) {
      const on = bench(set);
      const [x, w, b] = [on.normals(3, size), on.normals(size, size), on.normals(size)];
      const y = on.zeros(3 * size + 8);
      y.data.fill(7);
      const check = (): void => expect(Array.from(y.data.subarray(3 * size))).toEqual(new Array(8).fill(7));
      on.k.dense(y.ptr, x.ptr, w.ptr, b.ptr, 3, size, size);
      check();
      on.k.activate(activationCode.tanh, y.ptr, x.ptr, 3 * size);
      check();
      on.k.softmax(y.ptr, x.ptr, 3, size);
      on.k.logSoftmax(y.ptr, x.ptr, 3, size);
      on.k.normalize(y.ptr, x.ptr, b.ptr, b.ptr, 5, 3, size);
      check();
      on.k.distances(y.ptr, x.ptr, w.ptr, 3, size, size);
      on.k.scale(y.ptr, 2, 3 * size);
      on.k.sgd(y.ptr, x.ptr, x.ptr, 0.1, 0.9, 3 * size);
      check();
    }
  });

  test('softmax and logSoftmax in place', () => {
    const on = bench(set);
    for (const kernel of ['softmax', 'logSoftmax'] as const) {
      const [x, y] = [on.normals(5, 6), on.zeros(5, 6)];
      on.k[kernel](y.ptr, x.ptr, 5, 6);
      on.k[kernel](x.ptr, x.ptr, 5, 6);
      expect(x.data).toEqual(y.data);
    }
  });

  test('probabilities sum to 1 for any finite logits', () => {
    const rows = [
      [1e30, -1e30, 0, 3],
      [-1e30, -1e30, -1e30, -1e30],
      [3e38, 3e38, -3e38, 1],
      [0, 0, 0, 0],
      [1e-40, -1e-40, 88, 89],
      [-1e4, -1.0001e4, -1e4, -9999],
    ];
    for (const classes of [1, 2, 3, 4]) {
      const on = bench(set);
      const x = on.of(rows.flatMap((row) => row.slice(0, classes)));
      const [y, logY] = [on.zeros(rows.length, classes), on.zeros(rows.length, classes)];
      on.k.softmax(y.ptr, x.ptr, rows.length, classes);
      on.k.logSoftmax(logY.ptr, x.ptr, rows.length, classes);
      for (let row = 0; row < rows.length; row++) {
        const at = row * classes;
        const p = Array.from(y.data.subarray(at, at + classes));
        expect(Math.abs(p.reduce((sum, value) => sum + value) - 1)).toBeLessThan(1e-6);
        p.forEach((value, i) => {
          expect(value >= 0 && value <= 1).toBe(true);
          expect(logY.data[at + i]).toBeLessThanOrEqual(0);
          expect(Math.abs(exp(logY.data[at + i]!) - value)).toBeLessThan(1e-6);
        });
      }
    }
  });

  test('a NaN stays a NaN, in every place', () => {
    const size = 7;
    const poisoned = (on: Bench, at: number): Tensor => {
      const tensor = on.normals(size);
      tensor.data[at] = NaN;
      return tensor;
    };
    for (let at = 0; at < size; at++) {
      const on = bench(set);
      const x = poisoned(on, at);
      const onlyAt = (tensor: Tensor): void =>
        expect(Array.from(tensor.data, Number.isNaN)).toEqual(Array.from(x.data, Number.isNaN));
      for (const code of Object.values(activationCode)) {
        const y = on.zeros(size);
        on.k.activate(code, y.ptr, x.ptr, size);
        onlyAt(y);
        for (const value of [-0.5, 0, 0.5]) {
          const [dx, fine] = [on.zeros(size), on.zeros(size)];
          fine.data.fill(value);
          on.k.activateBackward(code, dx.ptr, x.ptr, fine.ptr, fine.ptr, size);
          onlyAt(dx);
        }
        // linear has no use for y
        if (code === activationCode.linear) continue;
        const dx = on.zeros(size);
        on.k.activateBackward(code, dx.ptr, on.normals(size).ptr, y.ptr, x.ptr, size);
        onlyAt(dx);
      }
      for (const kernel of ['softmax', 'logSoftmax'] as const) {
        const y = on.zeros(size);
        on.k[kernel](y.ptr, x.ptr, 1, size);
        expect(Array.from(y.data)).toEqual(new Array(size).fill(NaN));
      }
      const y = on.zeros(size);
      on.k.normalize(y.ptr, x.ptr, on.normals(size).ptr, on.normals(size).ptr, 1, 1, size);
      onlyAt(y);
      const distance = on.zeros(1);
      on.k.distances(distance.ptr, x.ptr, on.normals(size).ptr, 1, 1, size);
      expect(distance.data[0]).toBeNaN();
      expect(on.k.sumOfSquares(x.ptr, size)).toBeNaN();
      const [w, m, v] = [on.normals(size), on.zeros(size), on.zeros(size)];
      on.k.sgd(w.ptr, x.ptr, m.ptr, 0.1, 0.9, size);
      onlyAt(w);
      const [w2, m2] = [on.normals(size), on.zeros(size)];
      on.k.adam(w2.ptr, x.ptr, m2.ptr, v.ptr, 0.1, 0.9, 0.999, 1e-8, 0.1, 0.001, size);
      [w2, m2, v].forEach(onlyAt);
      on.k.scale(x.ptr, 0, size);
      expect(x.data[at]).toBeNaN();

      for (const outputs of [1, 2, 3, 4, 7, 9]) {
        const [input, weights, bias] = [on.normals(2, size), on.normals(size, outputs), on.normals(outputs)];
        input.data[size + at] = NaN;
        const out = on.zeros(2, outputs);
        on.k.dense(out.ptr, input.ptr, weights.ptr, bias.ptr, 2, size, outputs);
        expect(Array.from(out.data, Number.isNaN)).toEqual(Array.from(out.data, (_value, i) => i >= outputs));
        const [dx, dw, db, scratch] = [
          on.zeros(2, size),
          on.zeros(size, outputs),
          on.zeros(outputs),
          on.zeros(size, outputs),
        ];
        on.k.denseBackward(
          dx.ptr,
          dw.ptr,
          db.ptr,
          out.ptr,
          input.ptr,
          weights.ptr,
          scratch.ptr,
          2,
          size,
          outputs,
        );
        expect(dx.data.subarray(0, size).some(Number.isNaN)).toBe(false);
        expect(dx.data.subarray(size).every(Number.isNaN)).toBe(true);
        expect([...dw.data, ...db.data].every(Number.isNaN)).toBe(true);
      }
    }
  });

  test('a NaN in an image reaches what looks at it', () => {
    const on = bench(set);
    const x = on.normals(1, 5, 5, 2);
    x.data[0] = NaN;
    const shape = { n: 1, height: 5, width: 5, inputs: 2, outputs: 3, kernel: 3, stride: 1, padding: 0 };
    const { y, dw } = convolve(on, shape, x);
    expect(Array.from(y.data, Number.isNaN)).toEqual(Array.from(y.data, (_value, i) => i < 3));
    expect(dw.data.subarray(0, 3).every(Number.isNaN)).toBe(true);
  });

  test.each([
    // Name, true value, lowest and highest x, units in the last place (see activationCode).
    ['tanh', tanh, -12, 12, 2.5],
    ['sigmoid', (x: number) => 1 / (1 + exp(-x)), -86.9, 90, 2.5],
    ['elu', (x: number) => (x < 0 ? tanh(x / 2) * (exp(x) + 1) : x), -90, 5, 2.5],
    ['silu', (x: number) => x / (1 + exp(-x)), -80, 90, 3],
    [
      'gelu',
      (x: number) => x / (1 + exp(-2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))),
      -1,
      9,
      3,
    ],
    ['softplus', (x: number) => (x > 0 ? x : 0) + log1p(exp(-Math.abs(x))), -80, 90, 2.5],
  ] as const)('%s is within a few units in the last place', (name, exact, low, high, bound) => {
    const on = bench(set);
    const count = 20_000;
    const [x, y] = [on.zeros(count), on.zeros(count)];
    let worst = 0;
    for (const [from, to] of [
      [low, high],
      [-1, 1],
      [-0.01, 0.01],
    ] as const) {
      for (let part = 0; part < 5; part++) {
        for (let i = 0; i < count; i++) x.data[i] = from + ((to - from) * (i + part / 5)) / count;
        on.k.activate(activationCode[name], y.ptr, x.ptr, count);
        for (let i = 0; i < count; i++) {
          const expected = exact(x.data[i]!);
          const ulp = 2 ** (Math.floor(Math.log2(Math.max(Math.abs(expected), 2 ** -126))) - 23);
          worst = Math.max(worst, Math.abs(y.data[i]! - expected) / ulp);
        }
      }
    }
    expect(worst).toBeLessThan(bound);
  });

  test('activations saturate', () => {
    const ends = [-Infinity, -3e38, 0, 0, 3e38, Infinity, 1e-30, -1e-30];
    const tiny = [1e-30, -1e-30].map(Math.fround);
    const expected: Record<string, readonly number[]> = {
      tanh: [-1, -1, 0, 0, 1, 1, ...tiny],
      sigmoid: [0, 0, 0.5, 0.5, 1, 1, 0.5, 0.5],
      elu: [-1, -1, 0, 0, Math.fround(3e38), Infinity, ...tiny],
      softplus: [
        0,
        0,
        ...new Array(2).fill(Math.fround(Math.LN2)),
        Math.fround(3e38),
        Infinity,
        ...new Array(2).fill(Math.fround(Math.LN2)),
      ],
    };
    for (const [name, values] of Object.entries(expected)) {
      const on = bench(set);
      const [x, y] = [on.of(ends), on.zeros(8)];
      on.k.activate(activationCode[name as 'tanh'], y.ptr, x.ptr, 8);
      expect(Array.from(y.data), name).toEqual(values);
    }
    const on = bench(set);
    const [x, y] = [on.of([-1e4, -100, -20, 20, 100, 1e4]), on.zeros(6)];
    for (const name of ['silu', 'gelu'] as const) {
      on.k.activate(activationCode[name], y.ptr, x.ptr, 6);
      y.data.forEach((value, i) => {
        expect(value).toBeCloseTo(Math.max(0, x.data[i]!), 6);
      });
    }
  });

  test('logSoftmax of two near-equal classes is the logarithm of a half', () => {
    const on = bench(set);
    const [x, y] = [on.of([50, 50]), on.zeros(2)];
    on.k.logSoftmax(y.ptr, x.ptr, 1, 2);
    expect(y.data[0]).toBeCloseTo(log(0.5), 6);
  });

  test('sumOfSquares does not overflow where float32 would', () => {
    const on = bench(set);
    const x = on.of([1e25, -1e25, 1e25, 3, 1e25]);
    expect(on.k.sumOfSquares(x.ptr, 5) / 4e50).toBeCloseTo(1, 5);
    x.data[3] = Infinity;
    expect(on.k.sumOfSquares(x.ptr, 5)).toBe(Infinity);
  });
});
