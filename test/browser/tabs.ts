// Real tabs. Playwright keeps every page in the foreground, and so cannot hide one; this speaks to Chromium
// through its debugging pipe, where a tab behind another is hidden and slowed as for a person.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { findBrowser } from '../../scripts/ensure-browser.mjs';
import { browserFlags } from './setup.ts';

export interface Tab {
  /** Evaluates an expression in the page; its value must be JSON. */
  evaluate(expression: string): Promise<unknown>;
  /** Brings it before the others, which become hidden. */
  show(): Promise<void>;
}

export interface Tabs {
  open(address: string): Promise<Tab>;
  close(): Promise<void>;
}

type Message = Readonly<Record<string, unknown>>;

export function launchTabs(): Tabs {
  const profile = mkdtempSync(path.join(tmpdir(), 'relearn-tabs-'));
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const flags = [
    '--headless',
    '--remote-debugging-pipe',
    `--user-data-dir=${profile}`,
    ...sandbox,
    ...browserFlags,
  ];
  const chromium: ChildProcess = spawn(findBrowser()!, [...flags, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const commands = chromium.stdio[3] as Writable;
  const answers = chromium.stdio[4] as Readable;
  const waiting = new Map<number, (answer: Message) => void>();
  let last = 0;
  let text = '';
  answers.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    for (let end = text.indexOf('\0'); end >= 0; end = text.indexOf('\0')) {
      const message = JSON.parse(text.slice(0, end)) as Message;
      text = text.slice(end + 1);
      waiting.get(message['id'] as number)?.(message);
    }
  });
  const send = (method: string, params: Message, sessionId?: string): Promise<Message> =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, (answer) => {
        waiting.delete(id);
        if (answer['error']) reject(new Error(`${method}: ${JSON.stringify(answer['error'])}`));
        else resolve(answer['result'] as Message);
      });
      commands.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`);
    });

  return {
    async open(address) {
      const { targetId } = await send('Target.createTarget', { url: address });
      const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
      return {
        async evaluate(expression) {
          const params = { expression, returnByValue: true, awaitPromise: true };
          const answer = await send('Runtime.evaluate', params, sessionId as string);
          return (answer['result'] as Message)['value'];
        },
        async show() {
          await send('Target.activateTarget', { targetId });
        },
      };
    },
    async close() {
      const ended = new Promise((resolve) => chromium.once('exit', resolve));
      chromium.kill();
      await ended;
      // Its helpers may still be writing for a moment; rmSync's own retries would not look for what is new.
      for (let tries = 0; existsSync(profile); tries++) {
        try {
          rmSync(profile, { recursive: true, force: true });
        } catch (error) {
          if (tries === 100) throw error;
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
    },
  };
}
