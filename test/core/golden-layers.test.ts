// Layers and optimisers against values that PyTorch computed in float64 (golden/layers.json, golden/optimizers.json),
// by both kernel sets.
import { describe, expect, test } from 'vitest';
import { convImages, convWeight, denseWeight } from '../../src/cli/pytorch-layout.ts';
import { createArena, type Tensor } from '../../src/core/arena.ts';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { activationCode, type KernelSetName } from '../../src/core/kernels.ts';
import { pow } from '../../src/core/math.ts';
import layerCases from '../golden/layers.json' with { type: 'json' };
import optimizerCases from '../golden/optimizers.json' with { type: 'json' };

interface Values {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}
interface LayerCase {
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inputs: { readonly x: Values };
  readonly params: Readonly<Record<string, Values>>;
  readonly outputs: { readonly y: Values };
  readonly upstream: Values;
  readonly grads: Readonly<Record<string, Values>>;
}
interface OptimizerCase {
  readonly name: string;
  readonly config: {
    readonly lr: number;
    readonly momentum?: number;
    readonly betas?: readonly number[];
    readonly eps?: number;
    readonly clip_grad_norm: number | null;
  };
  readonly inputs: { readonly x: Values; readonly y: Values };
  readonly params: { readonly w: Values; readonly b: Values };
  readonly outputs: { readonly w: Values; readonly b: Values };
  readonly losses: readonly number[];
}
const layers = layerCases as unknown as readonly LayerCase[];
const optimizers = optimizerCases as unknown as readonly OptimizerCase[];

/**
 * Within 1e-5 of each value. What is left of a sum that nearly cancels keeps the rounding of its float32 terms,
 * so a value smaller than its tensor's root mean square counts as that large. Never tighter than 1e-6.
 */
function expectClose(
  actual: ArrayLike<number>,
  expected: readonly number[] | Float64Array,
  what: string,
): void {
  expect(actual.length).toBe(expected.length);
  let squares = 0;
  for (const value of expected) squares += value * value;
  const typical = Math.max(0.1, Math.sqrt(squares / expected.length));
  for (let i = 0; i < expected.length; i++) {
    const [a, e] = [actual[i]!, expected[i]!];
    const bound = 1e-5 * Math.max(Math.abs(e), typical);
    if (!(Math.abs(a - e) <= bound)) expect.fail(`${what}[${i}] is ${a}, not ${e}`);
  }
}

describe.each<KernelSetName>(['simd', 'reference'])('%s kernels', async (set) => {
  const factory = await loadKernels(set);
  function memory() {
    const arena = createArena(262144);
    return {
      k: factory(arena.memory),
      zeros: (length: number): Tensor => arena.f32(length),
      of(values: ArrayLike<number>): Tensor {
        const tensor = arena.f32(values.length);
        tensor.data.set(values);
        return tensor;
      },
    };
  }

  test.each(layers.filter(({ name }) => name.startsWith('dense')))('$name', (c) => {
    const [n, inputs] = c.inputs.x.shape as [number, number];
    const outputs = c.outputs.y.shape[1]!;
    const { k, zeros, of } = memory();
    const [x, b, dy] = [of(c.inputs.x.data), of(c.params['bias']!.data), of(c.upstream.data)];
    const w = of(denseWeight(c.params['weight']!.data, outputs, inputs));
    const [y, dx, dw, db] = [zeros(n * outputs), zeros(n * inputs), zeros(inputs * outputs), zeros(outputs)];
    const scratch = zeros(inputs * outputs);
    k.dense(y.ptr, x.ptr, w.ptr, b.ptr, n, inputs, outputs);
    k.denseBackward(dx.ptr, dw.ptr, db.ptr, dy.ptr, x.ptr, w.ptr, scratch.ptr, n, inputs, outputs);
    expectClose(y.data, c.outputs.y.data, 'y');
    expectClose(dx.data, c.grads['x']!.data, 'dx');
    expectClose(dw.data, denseWeight(c.grads['weight']!.data, outputs, inputs), 'dw');
    expectClose(db.data, c.grads['bias']!.data, 'db');
  });

  test.each(layers.filter(({ name }) => name.startsWith('conv2d')))('$name', (c) => {
    const [n, inputs, height, width] = c.inputs.x.shape as [number, number, number, number];
    const [, outputs, outHeight, outWidth] = c.outputs.y.shape as [number, number, number, number];
    const { kernel, stride, padding } = c.config as Record<'kernel' | 'stride' | 'padding', number>;
    const images = ({ data }: Values) => convImages(data, n, inputs, height, width);
    const outImages = ({ data }: Values) => convImages(data, n, outputs, outHeight, outWidth);
    const weight = ({ data }: Values) => convWeight(data, outputs, inputs, kernel);

    const { k, zeros, of } = memory();
    const [x, dy] = [of(images(c.inputs.x)), of(outImages(c.upstream))];
    const [w, b] = [of(weight(c.params['weight']!)), of(c.params['bias']!.data)];
    const [y, dx, dw, db] = [
      zeros(dy.data.length),
      zeros(x.data.length),
      zeros(w.data.length),
      zeros(outputs),
    ];
    const unfolded = kernel * kernel * inputs;
    const scratch = zeros(2 * outHeight * outWidth * unfolded + unfolded * outputs).ptr;
    const sizes = [n, height, width, inputs, outputs, kernel, stride, padding] as const;
    k.conv2d(y.ptr, x.ptr, w.ptr, b.ptr, scratch, ...sizes);
    k.conv2dBackward(dx.ptr, dw.ptr, db.ptr, dy.ptr, x.ptr, w.ptr, scratch, ...sizes);
    expectClose(y.data, outImages(c.outputs.y), 'y');
    expectClose(dx.data, images(c.grads['x']!), 'dx');
    expectClose(dw.data, weight(c.grads['weight']!), 'dw');
    expectClose(db.data, c.grads['bias']!.data, 'db');
  });

  test.each(['relu', 'tanh', 'sigmoid'] as const)('%s', (name) => {
    const c = layers.find((one) => one.name === `activation ${name}`)!;
    const { k, zeros, of } = memory();
    const [x, dy] = [of(c.inputs.x.data), of(c.upstream.data)];
    const [y, dx] = [zeros(x.data.length), zeros(x.data.length)];
    k.activate(activationCode[name], y.ptr, x.ptr, x.data.length);
    k.activateBackward(activationCode[name], dx.ptr, dy.ptr, y.ptr, x.data.length);
    expectClose(y.data, c.outputs.y.data, 'y');
    expectClose(dx.data, c.grads['x']!.data, 'dx');
  });

  test.each([
    ['softmax', 'softmax'],
    ['logSoftmax', 'log_softmax'],
  ] as const)('%s', (kernel, name) => {
    const c = layers.find((one) => one.name === `activation ${name}`)!;
    const [n, classes] = c.inputs.x.shape as [number, number];
    const { k, zeros, of } = memory();
    const [x, y] = [of(c.inputs.x.data), zeros(n * classes)];
    k[kernel](y.ptr, x.ptr, n, classes);
    expectClose(y.data, c.outputs.y.data, 'y');
  });

  // 25 updates of y = x wT + b under the mean squared error, from the same weights.
  test.each(optimizers)('$name', ({ config, inputs, params, outputs, losses }) => {
    const [n, size] = inputs.x.shape as [number, number];
    const outs = inputs.y.shape[1]!;
    const { k, zeros, of } = memory();
    const [x, target] = [of(inputs.x.data), inputs.y.data];
    // One vector of parameters, as in a network: weights, then biases.
    const weights = size * outs;
    const count = weights + outs;
    const values = of([...denseWeight(params.w.data, outs, size), ...params.b.data]);
    const [grads, first, second] = [zeros(count), zeros(count), zeros(count)];
    const [y, dy, scratch] = [zeros(n * outs), zeros(n * outs), zeros(weights)];
    const [b, db] = [values.ptr + weights * 4, grads.ptr + weights * 4];
    const actual = losses.map((_loss, step) => {
      k.dense(y.ptr, x.ptr, values.ptr, b, n, size, outs);
      let loss = 0;
      y.data.forEach((value, i) => {
        const error = value - target[i]!;
        loss += (error * error) / target.length;
        dy.data[i] = (2 * error) / target.length;
      });
      grads.data.fill(0);
      k.denseBackward(0, grads.ptr, db, dy.ptr, x.ptr, values.ptr, scratch.ptr, n, size, outs);
      const norm = Math.sqrt(k.sumOfSquares(grads.ptr, count));
      const clip = config.clip_grad_norm ?? Infinity;
      if (norm > clip) k.scale(grads.ptr, clip / (norm + 1e-6), count);
      if (config.betas) {
        const [beta1, beta2] = config.betas as [number, number];
        const corrections = [1 - pow(beta1, step + 1), 1 - pow(beta2, step + 1)] as const;
        k.adam(
          values.ptr,
          grads.ptr,
          first.ptr,
          second.ptr,
          config.lr,
          beta1,
          beta2,
          config.eps!,
          ...corrections,
          count,
        );
      } else {
        k.sgd(values.ptr, grads.ptr, first.ptr, config.lr, config.momentum ?? 0, count);
      }
      return loss;
    });
    expectClose(actual, losses, 'loss');
    const expected = [...denseWeight(outputs.w.data, outs, size), ...outputs.b.data];
    expectClose(values.data, expected, 'parameters');
  });
});
