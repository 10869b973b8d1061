// npm run bench: builds the benchmark (test/bench) and runs it. What stands behind -- goes to it.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { build } from 'vite';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const outDir = path.join(root, 'build/bench');
await build({
  root,
  configFile: false,
  logLevel: 'error',
  publicDir: false,
  ssr: { target: 'node', noExternal: true },
  build: {
    ssr: 'test/bench/main.ts',
    target: 'node20',
    outDir,
    emptyOutDir: true,
    minify: false,
    rolldownOptions: { output: { entryFileNames: 'main.mjs' } },
  },
});
mkdirSync(outDir, { recursive: true });
const flags = '-O3 --noAssert --runtime stub --enable simd --importMemory --noExportMemory'.split(' ');
const { error, stderr } = await asc.main([
  'test/bench/limit.asc.ts',
  '--baseDir',
  root,
  '-o',
  'build/bench/limit.wasm',
  ...flags,
]);
if (error) throw new Error(`the machine's probe did not compile: ${error.message}\n${stderr.toString()}`);
execFileSync(process.execPath, [path.join(outDir, 'main.mjs'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
