// The same run everywhere: what decides a run may use neither the functions in whose last bits engines differ,
// nor a clock, nor a global random source. `core/math` and `core/random` are what to use instead.
import { describe, expect, it } from 'vitest';
import { bareCode, readSource, sourceFiles } from './source.ts';

/** Exactly defined by the language, or constants. */
const exact = new Set(
  'abs ceil clz32 floor fround imul max min round sign sqrt trunc PI E LN2 LN10 LOG2E LOG10E SQRT2 SQRT1_2'.split(
    ' ',
  ),
);

const forbidden: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\bMath\b(?!\s*\.)/g, 'name its functions one by one, so that they can be checked'],
  // The language only asks for an approximation. Every engine gives x * x for x ** 2; of x ** 3 that is no longer true.
  [/\*\*(?! 2\b(?![.e]))=?/g, 'products, or core/math'],
  [/\b(?:Date|performance)\b/g, 'no clock'],
  [/\b(?:setTimeout|setInterval|setImmediate|queueMicrotask|requestAnimationFrame)\b/g, 'no timers'],
  [/\bcrypto\b/g, 'core/random'],
  [/\b(?:Intl|toLocaleString|localeCompare)\b/g, 'nothing that depends on the language of the machine'],
];

function impurities(text: string): string[] {
  return bareCode(text)
    .split('\n')
    .flatMap((line, i) => {
      const found = forbidden.flatMap(([pattern, instead]) =>
        [...line.matchAll(pattern)].map(([what]) => `line ${i + 1}: ${what} (${instead})`),
      );
      for (const [what, name = ''] of line.matchAll(/\bMath\s*\.\s*(\w+)/g)) {
        if (!exact.has(name)) found.push(`line ${i + 1}: ${what} (core/math, core/random)`);
      }
      return found;
    });
}

const files = sourceFiles('src/core', 'src/learners', 'envs').filter(
  // AssemblyScript's Math is compiled into the WASM and so the same everywhere; views decide nothing.
  (file) =>
    !/^src\/core\/kernels\/simd\/|^envs\/(views?\.ts|generic-view\.ts|drawing\/|[^/]+\/view(\.ts|\/))/.test(
      file,
    ),
);

describe('what decides a run is the same on every engine', () => {
  it.each(files)('%s', (file) => {
    expect(impurities(readSource(file))).toEqual([]);
  });

  it.each([
    'Math.exp(1)',
    'Math.tanh(x)',
    'Math.random()',
    'const { sin } = Math;',
    'x ** 3',
    'x ** y',
    'x ** 2.5',
    'x ** 20',
    'x **= 0.5',
    'Date.now()',
    'new Date()',
    'performance.now()',
    `\`\${Math.pow(x, 2)}\``,
    `\`a \${\`b \${{ c: Math.log(x) }.c}\`}\``,
    'names.sort((a, b) => a.localeCompare(b))',
    'const quote = /[\'"]/; Math.cos(x);',
  ])('would catch %s', (code) => {
    expect(impurities(code)).not.toEqual([]);
  });

  it.each([
    'Math.sqrt(Math.abs(x)) * Math.PI',
    '// Math.exp is not used',
    '/** y ** 2 */',
    "throw new Error('Date')",
    `\`Math.exp \${x} Date\``,
    'const pattern = /Math.exp"/;',
    'a / b / c',
    '(x - y) ** 2 + 1',
  ])('lets %s pass', (code) => {
    expect(impurities(code)).toEqual([]);
  });
});
