// Who may import whom, as ARCHITECTURE.md has it, checked against every import statement there is (imports of
// types count too). A folder or a package that no rule names fails.
import { builtinModules } from 'node:module';
import { describe, expect, it } from 'vitest';
import { importsOf, readSource, sourceFiles } from './source.ts';

/** Parts of the project; the first pattern that fits a path names its part. */
const parts = [
  ['core', /^src\/core\//],
  ['learners', /^src\/learners\//],
  ['training', /^src\/training\//],
  ['models', /^src\/models\//],
  ['app', /^src\/app\//],
  ['cli', /^src\/cli\//],
  // What draws: the views of worlds with their walls and pieces, what they share, their list, the view of any state.
  [
    'views',
    /^envs\/(view\.ts|views\.ts|generic-view\.ts|drawing\/.*|[^/]+\/(view|wall|pieces|floor|visits)\.ts)$/,
  ],
  // What an author writes, and what the games of one family share.
  ['environment', /^envs\/(environment|minatar|sorter)\.ts$/],
  ['vectorize', /^envs\/(vectorize|seeing)\.ts$/],
  ['registry', /^envs\/registry\.ts$/],
  // A world's rules, with the files of its folder that they need.
  ['dynamics', /^envs\/[^/]+\/.+\.ts$/],
] as const satisfies readonly (readonly [string, RegExp])[];
type Part = (typeof parts)[number][0];

const partOf = (file: string): Part | undefined => parts.find(([, pattern]) => pattern.test(file))?.[0];

const rules: Readonly<Record<Part, readonly Part[]>> = {
  core: ['core'],
  environment: ['core', 'environment'],
  vectorize: ['core', 'environment', 'vectorize'],
  dynamics: ['core', 'environment', 'dynamics'],
  registry: ['environment', 'dynamics'],
  views: ['core', 'environment', 'vectorize', 'registry', 'dynamics', 'views'],
  learners: ['core', 'learners', 'environment', 'vectorize'],
  models: ['core', 'models'],
  training: ['core', 'learners', 'models', 'training', 'environment', 'vectorize', 'registry'],
  cli: ['core', 'learners', 'models', 'training', 'environment', 'vectorize', 'registry', 'dynamics', 'cli'],
  app: [
    'core',
    'learners',
    'models',
    'training',
    'environment',
    'vectorize',
    'registry',
    'dynamics',
    'views',
    'app',
  ],
};

/** Packages, and the only files that may import them. */
const packages: Readonly<Record<string, RegExp>> = {
  'umap-js': /^src\/app\/umap-worker\.ts$/,
  'idb-keyval': /^src\/models\/store\/browser\.ts$/,
  seedrandom: /^src\/core\/random\.ts$/,
  '@noble/hashes': /^src\/models\/fingerprint\.ts$/,
  preact: /^src\/app\//,
  '@preact/signals': /^src\/app\//,
  uplot: /^src\/app\//,
  '@fontsource-variable/inter': /^src\/app\//,
  '@fontsource-variable/jetbrains-mono': /^src\/app\//,
  node: /^src\/(cli\/|models\/store\/disk\.ts)/,
};

function packageOf(target: string): string {
  const name = target.split('/', target.startsWith('@') ? 2 : 1).join('/');
  return target.startsWith('node:') || builtinModules.includes(name) ? 'node' : name;
}

/** What is wrong with one import, or undefined. */
function problem(file: string, target: string): string | undefined {
  const from = partOf(file);
  if (!from) return `${file} belongs to no part of the project`;
  if (!/^(src|envs)\//.test(target)) {
    if (target.startsWith('..') || target.startsWith('test/'))
      return `${file} imports ${target}, outside src and envs`;
    const name = packageOf(target);
    // It throws on import where there is no page, and would take the command line and every test with it.
    const allowed = name === 'pixi.js' ? from === 'views' || from === 'app' : packages[name]?.test(file);
    return allowed ? undefined : `${file} imports ${target}, which it may not`;
  }
  const to = partOf(target);
  if (!to || !rules[from].includes(to)) return `${file} (${from}) imports ${target} (${to ?? 'no part'})`;
  // One world's folder is not another's business.
  const [world, other] = [file, target].map((path) => /^envs\/(?!drawing\/)([^/]+)\//.exec(path)?.[1]);
  if (world && other && world !== other) return `${file} imports ${target}, which is another world's`;
  return undefined;
}

// The AssemblyScript kernels are compiled on their own and import only each other.
const files = sourceFiles('src', 'envs').filter((file) => !file.startsWith('src/core/kernels/simd/'));

describe('who may import whom', () => {
  it.each(files)('%s', (file) => {
    const text = readSource(file);
    const problems = importsOf(file, text).flatMap((target) => problem(file, target) ?? []);
    expect(partOf(file), 'every file belongs to a part').toBeDefined();
    expect(problems).toEqual([]);
    expect(text, 'a computed import cannot be checked').not.toMatch(/\bimport\((?!\s*['"])/);
  });

  it.each([
    ['src/core/network.ts', '../learners/learner.ts'],
    ['src/core/network.ts', '../../envs/environment.ts'],
    ['src/core/network.ts', 'seedrandom'],
    ['src/learners/supervised/imitation.ts', '../../training/protocol.ts'],
    ['src/learners/supervised/imitation.ts', '../../../envs/registry.ts'],
    ['src/models/card.ts', '../training/protocol.ts'],
    ['src/models/card.ts', 'node:fs'],
    ['src/models/store/disk.ts', 'idb-keyval'],
    ['src/training/session.ts', '../app/run.ts'],
    ['src/training/session.ts', '../../envs/cartpole/view.ts'],
    ['src/training/session.ts', 'pixi.js'],
    ['src/cli/main.ts', '../app/format.ts'],
    ['src/cli/main.ts', '../../envs/cartpole/view.ts'],
    ['envs/cartpole/dynamics.ts', './view.ts'],
    ['envs/cartpole/dynamics.ts', 'pixi.js/unsafe-eval'],
    ['envs/cartpole/dynamics.ts', '../breakout/dynamics.ts'],
    ['envs/digits/dynamics.ts', './pieces.ts'],
    ['envs/digits/glyphs.ts', 'pixi.js'],
    ['envs/cartpole/view.ts', '../breakout/view.ts'],
    ['envs/cartpole/wall.ts', '../breakout/pieces.ts'],
    ['src/cli/main.ts', '../../envs/breakout/wall.ts'],
    ['envs/registry.ts', './cartpole/view.ts'],
    ['src/app/run.ts', 'left-pad'],
    ['src/app/run.ts', '../../test/models/fixtures.ts'],
    ['src/elsewhere/x.ts', './y.ts'],
  ])('would catch %s importing %s', (file, target) => {
    const [resolved = ''] = importsOf(file, `import type { X } from '${target}';`);
    expect(problem(file, resolved)).toBeDefined();
  });

  it('sees every kind of import', () => {
    const text = [
      "import a from './a.ts';",
      "import {\n  b,\n  type B,\n} from './b.ts';",
      "import type { C } from './c.ts';",
      "import './d.ts';",
      "export * from './e.ts';",
      "export type { F } from './f.ts';",
      "const g = await import('./g.ts');",
      "let h: import('./h.ts').H;",
      "new Worker(new URL('./i.ts', import.meta.url), {});",
      "// import z from './z.ts';",
    ].join('\n');
    expect(importsOf('src/x.ts', text).sort()).toEqual([...'abcdefghi'].map((name) => `src/${name}.ts`));
  });
});
