// What a training step costs as the network grows: it must follow the number of multiplications.
import type { KernelFactory } from '../../src/core/kernels.ts';
import { ms, table, title } from './print.ts';
import { ourStep } from './task.ts';
import { measure } from './timing.mjs';

const batch = 256;
const shapes = [
  ...[16, 32, 64, 128, 256, 512].map((width) => ({ width, depth: 2 })),
  ...[1, 2, 4, 8, 16].map((depth) => ({ width: 64, depth })),
];

export function sizes(kernels: KernelFactory) {
  const results = shapes.map(({ width, depth }) => {
    const layers = [8, ...new Array<number>(depth).fill(width), 4];
    const { step } = ourStep({ sizes: layers, activation: 'tanh', batch }, kernels);
    const multiplications =
      batch * layers.slice(1).reduce((sum, size, i) => sum + size * layers[i]! * (i === 0 ? 2 : 3), 0);
    return { width, depth, multiplications, ...measure(step) };
  });
  title(`Cost against size: one training step of 8-width-...-width-4, tanh, batch ${batch}`);
  table(
    ['width x depth', 'multiplications', 'step', 'ps each'],
    results.map((one) => [
      `${one.width} x ${one.depth}`,
      one.multiplications.toLocaleString('en'),
      ms(one.min),
      ((one.min * 1e9) / one.multiplications).toFixed(1),
    ]),
  );
  return results;
}
