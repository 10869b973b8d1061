// Fisher-Yates, from a named stream.
import type { RandomSource } from '../core/random.ts';

export function shuffle(order: Int32Array, random: RandomSource): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  }
}
