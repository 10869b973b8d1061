// How the page is built, served and tested. The command line has its own: vite.cli.config.ts.
import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** Nothing but our own files; WASM may be compiled (the kernels), text may not become code. */
const policy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Puts the content-security policy into the built page. The dev server needs inline scripts, so not there. */
const contentSecurityPolicy = (): Plugin => ({
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: policy },
      injectTo: 'head-prepend',
    },
  ],
});

const serviceWorker = 'service-worker.js';

/**
 * Copies the bundled models beside the page, then tells the service worker which files make the whole app.
 * (The dev server serves `pretrained/` from the project's root by itself.)
 */
function completeSite(): Plugin {
  let [root, site] = ['', ''];
  return {
    name: 'complete-site',
    apply: 'build',
    configResolved(config) {
      root = config.root;
      site = path.resolve(root, config.build.outDir);
    },
    closeBundle() {
      cpSync(path.join(root, 'pretrained'), path.join(site, 'pretrained'), { recursive: true });
      const files = readdirSync(site, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name !== serviceWorker)
        .map((entry) =>
          path.relative(site, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'),
        )
        .sort();
      const hash = createHash('sha256');
      for (const file of files) hash.update(file).update(readFileSync(path.join(site, file)));
      const script = path.join(site, serviceWorker);
      const text = readFileSync(script, 'utf8')
        .replaceAll('__FILES__', JSON.stringify(files))
        .replaceAll('__VERSION__', JSON.stringify(hash.digest('hex').slice(0, 16)));
      writeFileSync(script, text);
    },
  };
}

/** Browser tests that tell how quick or how smooth the page is, and so need the machine to themselves. */
const measuring = ['hidden', 'smooth', 'teaching'].map((name) => `test/browser/${name}.test.ts`);

export default defineConfig({
  // Relative addresses, so that any folder of any host can serve the built page.
  base: './',
  // A missing file is a 404, not the page once more.
  appType: 'mpa',
  plugins: [contentSecurityPolicy(), completeSite()],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    outDir: 'build/app',
    // The policy has no room for data: fonts, scripts or styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: 'index.html', 'service-worker': 'src/app/service-worker.ts' },
      output: {
        // A service worker reaches only what lies beside and below it, so it goes to the top, under a fixed name.
        entryFileNames: ({ name }) => (name === 'service-worker' ? serviceWorker : 'assets/[name]-[hash].js'),
      },
    },
  },
  test: {
    reporters: ['default', './test/closing-line.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**'],
          // Beside another worker and whatever else the machine does, the longest take half of this.
          testTimeout: 60_000,
          // Vitest leaves one core to its own process, which only listens; on two cores that would be half of them.
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          exclude: measuring,
          globalSetup: 'test/browser/serve.ts',
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Beside the unit tests: a browser waits half of its time.
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'measuring',
          include: measuring,
          globalSetup: 'test/browser/serve.ts',
          // One file at a time, after everything else.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
