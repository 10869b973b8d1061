// The machine's limit: the highest rate of f32x4 multiplications and additions that one core reaches in WASM.
import { readFileSync } from 'node:fs';
import { measure } from './timing.mjs';

const rounds = 100_000;

/** Floating-point operations a second, in billions: the best of eight and of twelve independent sums. */
export function machineLimit(file: string): { chains: number; gigaflops: number; spread: number } {
  const memory = new WebAssembly.Memory({ initial: 1 });
  new Float32Array(memory.buffer).fill(0.001);
  const probe = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file)), { env: { memory } })
    .exports as Record<'chains8' | 'chains12', (at: number, rounds: number) => number>;
  const found = ([8, 12] as const).map((chains) => {
    const { min, spread } = measure(() => probe[`chains${chains}`](1024, rounds), { rounds: 31 });
    // Four lanes, a multiplication and an addition each.
    return { chains, gigaflops: (rounds * chains * 8) / (min * 1e6), spread };
  });
  return found.reduce((best, one) => (one.gigaflops > best.gigaflops ? one : best));
}
