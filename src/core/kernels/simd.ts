// Loads the f32x4 kernels: decodes the module that the build embeds as base64 and compiles it once per thread.
// An instance's exports are the kernels themselves; nothing stands between a layer and the machine code.
import type { KernelFactory, Kernels } from '../kernels.ts';
import { simdKernelsBase64 } from './simd.generated.ts';

let compiled: Promise<WebAssembly.Module> | undefined;

export async function loadSimdKernels(): Promise<KernelFactory> {
  compiled ??= WebAssembly.compile(Uint8Array.from(atob(simdKernelsBase64), (c) => c.charCodeAt(0)));
  const module = await compiled;
  return (memory) => new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
}
