// From numbers of deviation 1 to those of a unit: y_i = mean_i + deviation_i x_i. Means and deviations are buffers, measured by
// whoever teaches what comes out, so that a network may answer in a unit without its weights having to grow into it.
// Backward: dx_i += deviation_i dy_i.
import type { LayerDef } from './layer.ts';

export interface RescaleSpec {
  readonly kind: 'rescale';
  readonly name: string;
}

export const rescale: LayerDef<RescaleSpec> = {
  outputShape: (_spec, input) => input,
  parameters: () => [],
  buffers: (_spec, input) => [
    { name: 'mean', shape: [input.at(-1)!], initial: 0 },
    { name: 'deviation', shape: [input.at(-1)!], initial: 1 },
  ],
  build(_spec, input, { x, dx, y, dy, buffers }) {
    const size = input.at(-1)!;
    const perRow = input.reduce((a, b) => a * b, 1);
    const [mean, deviation] = [buffers['mean']!.data, buffers['deviation']!.data];
    return {
      forward(n) {
        for (let i = 0; i < n * perRow; i++) y.data[i] = mean[i % size]! + deviation[i % size]! * x.data[i]!;
      },
      backward(n) {
        if (!dx) return;
        for (let i = 0; i < n * perRow; i++) dx.data[i] = dx.data[i]! + deviation[i % size]! * dy.data[i]!;
      },
    };
  },
};
