// Replays recorded layers of sequences.
import { denseWeight } from '../pytorch-layout.ts';
import { type Recorded, tensor, tensorOfRank, wholeNumber } from './reading.ts';
import { type LayerCase, replayLayer } from './replay-layer.ts';
import { onlyConfigured, type Replayer } from './workshop.ts';

/** A weight [outputs, inputs] and its gradient in our layout. */
const weightOf = ({ name, params, grads }: Recorded, of: string, outputs: number, inputs: number) => ({
  value: denseWeight(tensor(params, of, name, [outputs, inputs]).data, outputs, inputs),
  grad: denseWeight(tensor(grads, of, name, [outputs, inputs]).data, outputs, inputs),
});

const vectorOf = ({ name, params, grads }: Recorded, of: string, size: number) => ({
  value: tensor(params, of, name, [size]).data,
  grad: tensor(grads, of, name, [size]).data,
});

const embedding: Replayer = {
  title: 'embedding',
  accepts: (recorded) => /^embedding\b/.test(recorded.name) && onlyConfigured(recorded),
  replay(recorded, sets) {
    const { name, inputs, outputs, params, grads, all } = recorded;
    const ids = tensor(inputs, 'ids', name);
    const weight = tensorOfRank(params, 'weight', name, 2);
    const [vocabulary, size] = weight.shape as [number, number];
    const [n = 1, ...row] = ids.shape;
    const given: LayerCase = {
      layer: { kind: 'embedding', name: 'layer', vocabulary, size, init: { scheme: 'zeros' } },
      n,
      input: row,
      output: [...row, size],
      x: ids.data,
      y: tensor(outputs, 'y', name, [...ids.shape, size]).data,
      dy: tensor(all, 'upstream', name, [...ids.shape, size]).data,
      parameters: {
        weight: { value: weight.data, grad: tensor(grads, 'weight', name, weight.shape).data },
      },
    };
    return sets.map((set) => replayLayer(name, given, set));
  },
};

/** Weights [n, heads, time, time] as the reference gives them: the mean over the heads. */
function meanOverHeads(weights: Float32Array, n: number, heads: number, area: number): Float64Array {
  const mean = new Float64Array(n * area);
  for (let i = 0; i < n * heads * area; i++) {
    mean[Math.floor(i / (heads * area)) * area + (i % area)]! += weights[i]! / heads;
  }
  return mean;
}

const selfAttention: Replayer = {
  title: 'self_attention',
  accepts: (recorded) =>
    /^self_attention\b/.test(recorded.name) && onlyConfigured(recorded, 'heads', 'causal', 'in_proj'),
  replay(recorded, sets) {
    const { name, config, inputs, outputs, grads, all } = recorded;
    const heads = wholeNumber(config, 'heads', name, 1);
    const x = tensorOfRank(inputs, 'x', name, 3);
    const [n, time, size] = x.shape as [number, number, number];
    const causal = config['causal'] === true;
    const looked = tensor(outputs, 'attention_mean_over_heads', name, [n, time, time]).data;
    const given: LayerCase = {
      layer: { kind: 'selfAttention', name: 'layer', heads, causal, init: { scheme: 'zeros' } },
      n,
      input: [time, size],
      output: [time, size],
      x: x.data,
      y: tensor(outputs, 'y', name, x.shape).data,
      dx: tensor(grads, 'x', name, x.shape).data,
      dy: tensor(all, 'upstream', name, x.shape).data,
      parameters: {
        inWeight: weightOf(recorded, 'in_proj_weight', 3 * size, size),
        inBias: vectorOf(recorded, 'in_proj_bias', 3 * size),
        outWeight: weightOf(recorded, 'out_proj_weight', size, size),
        outBias: vectorOf(recorded, 'out_proj_bias', size),
      },
      innerAfter: (inner) => [[meanOverHeads(inner('attention'), n, heads, time * time), looked]],
    };
    return sets.map((set) => replayLayer(name, given, set));
  },
};

const gru: Replayer = {
  title: 'gru',
  accepts: (recorded) => /^gru\b/.test(recorded.name) && onlyConfigured(recorded, 'gates'),
  replay(recorded, sets) {
    const { name, inputs, outputs, grads, all } = recorded;
    const x = tensorOfRank(inputs, 'x', name, 3);
    const [n, time, size] = x.shape as [number, number, number];
    const units = tensorOfRank(outputs, 'y', name, 3).shape[2]!;
    const initialGrad = tensor(grads, 'h0', name, [n, units]).data;
    const given: LayerCase = {
      layer: { kind: 'gru', name: 'layer', units, returns: 'all', init: { scheme: 'zeros' } },
      n,
      input: [time, size],
      output: [time, units],
      x: x.data,
      y: tensor(outputs, 'y', name, [n, time, units]).data,
      dx: tensor(grads, 'x', name, x.shape).data,
      dy: tensor(all, 'upstream', name, [n, time, units]).data,
      parameters: {
        inputWeight: weightOf(recorded, 'weight_ih', 3 * units, size),
        hiddenWeight: weightOf(recorded, 'weight_hh', 3 * units, units),
        inputBias: vectorOf(recorded, 'bias_ih', 3 * units),
        hiddenBias: vectorOf(recorded, 'bias_hh', 3 * units),
      },
      innerBefore: { initial: tensor(inputs, 'h0', name, [n, units]).data },
      innerAfter: (inner) => [[inner('initialGrad'), initialGrad]],
    };
    return sets.map((set) => replayLayer(name, given, set));
  },
};

export const sequenceReplayers: readonly Replayer[] = [embedding, selfAttention, gru];
