// Pick: one position of a list, y[size] = x[index, size]. Where a list of things has one that acts (a player, a question), what
// attention has gathered at its place is what a policy or an answer is read from. Backward: dx[index] += dy.
import { type LayerDef, misfit } from './layer.ts';

export interface PickSpec {
  readonly kind: 'pick';
  readonly name: string;
  readonly index: number;
}

export const pick: LayerDef<PickSpec> = {
  outputShape({ name, index }, input) {
    if (input.length !== 2 || !Number.isInteger(index) || index < 0 || index >= input[0]!) {
      throw misfit(name, input, input.slice(1), `there must be a list, and a position ${index} in it`);
    }
    return [input[1]!];
  },
  parameters: () => [],
  build({ index }, input, { x, dx, y, dy }) {
    const [time, size] = input as [number, number];
    return {
      forward(n) {
        for (let row = 0; row < n; row++) {
          const from = (row * time + index) * size;
          for (let i = 0; i < size; i++) y.data[row * size + i] = x.data[from + i]!;
        }
      },
      backward(n) {
        if (!dx) return;
        for (let row = 0; row < n; row++) {
          const to = (row * time + index) * size;
          for (let i = 0; i < size; i++) dx.data[to + i]! += dy.data[row * size + i]!;
        }
      },
    };
  },
};
