// Matrix products at the sizes of playground networks, as shares of the machine's limit: forward, gradient of the
// weights, gradient of the input.
import { type Arena, createArena, type Tensor } from '../../src/core/arena.ts';
import type { KernelFactory, Kernels } from '../../src/core/kernels.ts';
import { createRandom } from '../../src/core/random.ts';
import { percent, table, title } from './print.ts';
import { measure } from './timing.mjs';

const batches = [1, 16, 64, 256, 2048] as const;
const layers = [
  [4, 64],
  [64, 64],
  [64, 2],
  [64, 256],
  [256, 256],
  [256, 10],
] as const;

/** What the issue of speed aims at: wide and deep products nearly at the limit, the others above half of it. */
const aimFor = (batch: number, inner: number): number => (batch >= 64 && inner >= 64 ? 0.85 : 0.6);

export interface Share {
  readonly product: string;
  readonly pass: 'forward' | 'weights' | 'input';
  readonly batch: number;
  readonly share: number;
  readonly aim: number;
}

const draws = createRandom('bench');
function drawn(arena: Arena, ...shape: number[]): Tensor {
  const tensor = arena.f32(...shape);
  for (let i = 0; i < tensor.data.length; i++) tensor.data[i] = draws.normal();
  return tensor;
}

function denseShares(k: Kernels, arena: Arena, limit: number, batch: number, i: number, o: number): Share[] {
  const [x, w, b, dy] = [drawn(arena, batch, i), drawn(arena, i, o), drawn(arena, o), drawn(arena, batch, o)];
  const [y, dx, dw] = [arena.f32(batch, o).ptr, arena.f32(batch, i).ptr, arena.f32(i, o).ptr];
  const scratch = arena.f32(i, o).ptr;
  const flops = 2 * batch * i * o;
  const share = (run: () => void): number => flops / (measure(run).min * 1e6) / limit;
  const product = `${i}x${o}`;
  return [
    {
      product,
      pass: 'forward',
      batch,
      share: share(() => k.dense(y, x.ptr, w.ptr, b.ptr, batch, i, o)),
      aim: aimFor(batch, i),
    },
    {
      product,
      pass: 'weights',
      batch,
      share: share(() => k.denseBackward(0, dw, 0, dy.ptr, x.ptr, w.ptr, scratch, batch, i, o)),
      aim: aimFor(batch, batch),
    },
    {
      product,
      pass: 'input',
      batch,
      share: share(() => k.denseBackward(dx, 0, 0, dy.ptr, x.ptr, w.ptr, scratch, batch, i, o)),
      aim: aimFor(batch, o),
    },
  ];
}

function convShares(k: Kernels, arena: Arena, limit: number, batch: number): Share[] {
  const [x, w, b] = [drawn(arena, batch, 400), drawn(arena, 36, 16), drawn(arena, 16)];
  const dy = drawn(arena, batch, 1024);
  const [y, dx, dw] = [arena.f32(batch, 1024).ptr, arena.f32(batch, 400).ptr, arena.f32(36, 16).ptr];
  const scratch = arena.f32(2 * 64 * 36 + 36 * 16).ptr;
  const sizes = [batch, 10, 10, 4, 16, 3, 1, 0] as const;
  const flops = 2 * batch * 64 * 36 * 16;
  const share = (run: () => void): number => flops / (measure(run).min * 1e6) / limit;
  const product = 'conv 10x10x4-16';
  const one = (pass: Share['pass'], run: () => void): Share => ({
    product,
    pass,
    batch,
    share: share(run),
    aim: 0.6,
  });
  return [
    one('forward', () => k.conv2d(y, x.ptr, w.ptr, b.ptr, scratch, ...sizes)),
    one('weights', () => k.conv2dBackward(0, dw, 0, dy.ptr, x.ptr, w.ptr, scratch, ...sizes)),
    one('input', () => k.conv2dBackward(dx, 0, 0, dy.ptr, x.ptr, w.ptr, scratch, ...sizes)),
  ];
}

export function products(kernels: KernelFactory, limit: number): readonly Share[] {
  const shares: Share[] = [];
  for (const batch of batches) {
    for (const [i, o] of layers) {
      const arena = createArena(32 << 20);
      shares.push(...denseShares(kernels(arena.memory), arena, limit, batch, i, o));
    }
    const arena = createArena(64 << 20);
    shares.push(...convShares(kernels(arena.memory), arena, limit, batch));
  }
  title('Matrix products: share of the limit, forward / gradient of weights / gradient of input');
  const names = [...layers.map(([i, o]) => `${i}x${o}`), 'conv 10x10x4-16'];
  table(
    ['', ...batches.map((batch) => `batch ${batch}`)],
    names.map((product) => [
      product,
      ...batches.map((batch) =>
        shares
          .filter((one) => one.product === product && one.batch === batch)
          .map(({ share, aim }) => `${percent(share)}${share >= aim ? '' : '*'}`)
          .join(' / '),
      ),
    ]),
  );
  const met = shares.filter(({ share, aim }) => share >= aim).length;
  console.log(
    `  ${met} of ${shares.length} reach their aim (85 % where batch and inner size are 64 or more, 60 % elsewhere); * falls short.`,
  );
  return shares;
}
