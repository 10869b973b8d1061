// How the command line is built for Node: two plain JavaScript entries with everything bundled in, so that the
// oldest supported Node runs them as they are and nothing but Node's own modules is needed.
import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: false,
  ssr: { target: 'node', noExternal: true },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'build/cli',
    emptyOutDir: true,
    minify: false,
    rolldownOptions: {
      // The thread is an entry of its own, because a worker thread starts from a file.
      input: { relearn: 'src/cli/main.ts', thread: 'src/cli/thread.ts' },
      output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
    },
  },
});
