// The critic's loss: mean (V - R)^2 / 2, R the return that was observed (bootstrapped where it was cut off).
import type { Network } from '../../core/network.ts';

/** Writes coefficient * dLoss/dV to the head's first n rows. @returns the loss, not weighted. */
export function valueLoss(
  network: Network,
  returns: Float32Array,
  n: number,
  coefficient: number,
  head = 'value',
): number {
  const values = network.output(head).data;
  const dValues = network.outputGrad(head).data;
  let loss = 0;
  for (let k = 0; k < n; k++) {
    const error = values[k]! - returns[k]!;
    loss += (0.5 * error * error) / n;
    dValues[k] = (coefficient * error) / n;
  }
  return loss;
}
