// Gated recurrent unit (Cho et al. 2014, arXiv:1406.1078, in the form that PyTorch and cuDNN compute):
//   r = sigmoid(x Wr + h Ur), z = sigmoid(x Wz + h Uz), c = tanh(x Wc + r (h Uc)), h' = (1 - z) c + z h, biases left out.
// x[time, inputs] -> the last state [units], or all of them [time, units]. The first state is `inner.initial`
// [batch, units]: zeros, until a caller writes there what it carries over from before; `inner.initialGrad` is its gradient.
// Backward is backpropagation through time (Werbos 1990), from the last step to the first.
import type { InitializerSpec } from '../initializers.ts';
import { type LayerDef, misfit } from './layer.ts';

export interface GruSpec {
  readonly kind: 'gru';
  readonly name: string;
  readonly units: number;
  readonly returns: 'last' | 'all';
  readonly init: InitializerSpec;
}

export const gru: LayerDef<GruSpec> = {
  outputShape({ name, units, returns }, input) {
    const shape = returns === 'all' ? [input[0] ?? 0, units] : [units];
    if (input.length !== 2 || !Number.isInteger(units) || units < 1) {
      throw misfit(name, input, shape, 'a GRU needs [time, inputs] and a whole number of units, 1 or more');
    }
    return shape;
  },
  parameters({ units, init }, input) {
    const inputs = input[1]!;
    return [
      { name: 'inputWeight', shape: [inputs, 3 * units], init, fanIn: inputs, fanOut: units },
      { name: 'hiddenWeight', shape: [units, 3 * units], init, fanIn: units, fanOut: units },
      { name: 'inputBias', shape: [3 * units], init: { scheme: 'zeros' }, fanIn: inputs, fanOut: units },
      { name: 'hiddenBias', shape: [3 * units], init: { scheme: 'zeros' }, fanIn: units, fanOut: units },
    ];
  },
  build({ units, returns }, input, { arena, kernels, maxBatch, x, dx, y, dy, parameters }) {
    const [time, inputs] = input as [number, number];
    const [inputWeight, hiddenWeight] = [parameters['inputWeight']!, parameters['hiddenWeight']!];
    const [inputBias, hiddenBias] = [parameters['inputBias']!, parameters['hiddenBias']!];
    const wide = 3 * units;
    const initial = arena.f32(maxBatch, units);
    const initialGrad = arena.f32(maxBatch, units);
    // [batch, time, 3 units], like x; the rest is time by time, so that a step's rows lie together.
    const [fromX, dfromX] = [arena.f32(maxBatch, time, wide).ptr, arena.f32(maxBatch, time, wide).ptr];
    const states = arena.f32(time, maxBatch, units).ptr;
    const [gates, fromH] = [arena.f32(time, maxBatch, wide).ptr, arena.f32(time, maxBatch, wide).ptr];
    const dfromH = arena.f32(maxBatch, wide).ptr;
    const [dNow, dBefore] = [arena.f32(maxBatch, units).ptr, arena.f32(maxBatch, units).ptr];
    const transposed = arena.f32(Math.max(inputs, units), wide).ptr;
    const stateAt = (t: number): number => (t < 0 ? initial.ptr : states + t * maxBatch * units * 4);
    const wideAt = (base: number, t: number): number => base + t * maxBatch * wide * 4;
    return {
      inner: { initial, initialGrad },
      forward(n) {
        kernels.dense(fromX, x.ptr, inputWeight.value.ptr, inputBias.value.ptr, n * time, inputs, wide);
        for (let t = 0; t < time; t++) {
          const before = stateAt(t - 1);
          const h = stateAt(t);
          const memory = wideAt(fromH, t);
          kernels.dense(memory, before, hiddenWeight.value.ptr, hiddenBias.value.ptr, n, units, wide);
          kernels.gruStep(h, wideAt(gates, t), fromX + t * wide * 4, memory, before, time * wide, n, units);
          if (returns === 'all') kernels.copyRows(y.ptr + t * units * 4, time * units, h, units, n, units);
        }
        if (returns === 'last') kernels.copy(y.ptr, stateAt(time - 1), n * units);
      },
      backward(n) {
        kernels.clear(dNow, n * units);
        if (returns === 'last') kernels.add(dNow, dy.ptr, n * units);
        for (let t = time - 1; t >= 0; t--) {
          if (returns === 'all') kernels.addRows(dNow, units, dy.ptr + t * units * 4, time * units, n, units);
          kernels.clear(dBefore, n * units);
          const before = stateAt(t - 1);
          kernels.gruStepBackward(
            dfromX + t * wide * 4,
            dfromH,
            dBefore,
            dNow,
            wideAt(gates, t),
            wideAt(fromH, t),
            before,
            time * wide,
            n,
            units,
          );
          kernels.denseBackward(
            dBefore,
            hiddenWeight.grad.ptr,
            hiddenBias.grad.ptr,
            dfromH,
            before,
            hiddenWeight.value.ptr,
            transposed,
            n,
            units,
            wide,
          );
          kernels.copy(dNow, dBefore, n * units);
        }
        kernels.copy(initialGrad.ptr, dNow, n * units);
        kernels.denseBackward(
          dx?.ptr ?? 0,
          inputWeight.grad.ptr,
          inputBias.grad.ptr,
          dfromX,
          x.ptr,
          inputWeight.value.ptr,
          transposed,
          n * time,
          inputs,
          wide,
        );
      },
    };
  },
};
