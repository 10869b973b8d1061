// The benchmark of the core: what the machine can do, what share of it the kernels reach, and how that compares.
// Arguments after --: --only limit,products,step,ppo,size,worlds and --json FILE.
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { machineLimit } from './limit.ts';
import { ppoRates } from './ppo.ts';
import { percent } from './print.ts';
import { products } from './products.ts';
import { sizes } from './size.ts';
import { steps } from './step.ts';
import { worldRates } from './worlds.ts';

const parts = ['products', 'step', 'ppo', 'size', 'worlds'] as const;
const { values } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'string' } } });
const wanted = values.only?.split(',') ?? [...parts];
const unknown = wanted.find((part) => part !== 'limit' && !parts.includes(part as 'step'));
if (unknown)
  throw new Error(`--only "${unknown}": there is no such part; there are limit, ${parts.join(', ')}.`);

const built = path.resolve(import.meta.dirname);
const kernels = await loadKernels('simd');
const limit = machineLimit(path.join(built, 'limit.wasm'));
console.log(
  `Node ${process.versions.node}, ${os.cpus()[0]?.model.trim() ?? 'unknown processor'}. The machine's limit: ` +
    `${limit.gigaflops.toFixed(1)} GFLOP/s of f32x4 multiplications and additions on one core (${limit.chains} sums at once; spread ${percent(limit.spread)}).`,
);
const results: Record<string, unknown> = { limit };
if (wanted.includes('step')) {
  const folder = path.join(built, 'tasks');
  mkdirSync(folder, { recursive: true });
  const peers = path.resolve(built, '../../test/bench/peers');
  results['step'] = steps(kernels, limit.gigaflops, folder, peers);
}
if (wanted.includes('ppo')) results['ppo'] = ppoRates(kernels);
if (wanted.includes('products')) results['products'] = products(kernels, limit.gigaflops);
if (wanted.includes('size')) results['size'] = sizes(kernels);
if (wanted.includes('worlds')) results['worlds'] = worldRates();
if (values.json) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
