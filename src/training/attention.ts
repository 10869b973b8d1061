// Where the one that acts or asks looks: the weights of the last attention of a trunk, as of its last forward.
import type { Network } from '../core/network.ts';

/**
 * Share of the first thing's attention that each thing of row `row` gets, the mean over the heads: [things], summing to 1.
 * Empty where the trunk has no attention.
 */
export function attentionOf(network: Network, row: number): Float32Array {
  const layer = network.plan.layers.findLast(
    ({ part, spec }) => part === 'trunk' && spec.kind === 'selfAttention',
  );
  if (layer?.spec.kind !== 'selfAttention') return new Float32Array();
  const { heads } = layer.spec;
  const things = layer.output[0]!;
  const { data } = network.inner(layer.path, 'attention');
  return Float32Array.from({ length: things }, (_, thing) => {
    let sum = 0;
    for (let head = 0; head < heads; head++) sum += data[(row * heads + head) * things * things + thing]!;
    return sum / heads;
  });
}
