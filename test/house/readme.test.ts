// The README and ARCHITECTURE.md say only what is there: set-up commands, tests, scripts and files.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const read = (name: string): string => readFileSync(path.join(root, name), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };
const readme = read('README.md');

describe('README', () => {
  it('has exactly two set-up commands, and CI runs the second', () => {
    const commands = readme.match(/^npm install && .*$/gm);
    expect(commands).toEqual(['npm install && npm start', 'npm install && npm test']);
    expect(read('.ci/run')).toContain('{ npm install && npm test; }');
  });

  it('shows every promise by a test or a command', () => {
    const [, table = ''] = /## What it promises[^\n]*\n\n((?:\|[^\n]*\n)+)/.exec(readme) ?? [];
    const rows = table.trim().split('\n').slice(2);
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows) {
      const shown = row.split('|')[2] ?? '';
      expect(shown, row).toMatch(/`(test\/[^`]+\.test\.ts|npm run [^`]+|npx relearn [^`]+)`/);
    }
  });
});

describe.each(['README.md', 'ARCHITECTURE.md'])('%s', (name) => {
  const text = read(name);

  it('names only files that exist', () => {
    const named = [...text.matchAll(/`((?:src|envs|test|scripts|\.ci)\/[\w./*-]*)`/g)].map(
      ([, file = '']) => file,
    );
    const linked = [...text.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, file = '']) => file);
    const missing = [...named, ...linked].filter(
      (file) =>
        !file.includes('*') &&
        !existsSync(path.join(root, file)) &&
        !existsSync(path.join(root, `${file}.ts`)),
    );
    expect(missing).toEqual([]);
  });

  it('names only scripts that exist', () => {
    const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, script = '']) => script);
    expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });
});
