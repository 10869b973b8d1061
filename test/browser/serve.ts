// Before the browser tests: builds the page as it is shipped and serves it, once for all of a project.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { preview } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the served page. */
    readonly address: string;
  }
}

/** Apart from build/app, so that a person's `npm start` is not pulled away under their feet. */
const folderOf = (project: string): string => `build/test-${project}`;

export async function servePage(
  outDir = folderOf('browser'),
): Promise<{ address: string; close(): Promise<void> }> {
  const server = await preview({
    build: { outDir },
    preview: { port: 0, host: '127.0.0.1' },
    logLevel: 'error',
  });
  return { address: server.resolvedUrls!.local[0]!, close: () => server.close() };
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // In a process of its own: vitest's NODE_ENV would make it a development build.
  const env = { ...process.env, NODE_ENV: 'production' };
  const outDir = folderOf(project.name);
  const vite = 'node_modules/vite/bin/vite.js';
  await promisify(execFile)(process.execPath, [vite, 'build', '--outDir', outDir, '--logLevel', 'error'], {
    env,
  });
  const { address, close } = await servePage(outDir);
  project.provide('address', address);
  return close;
}
