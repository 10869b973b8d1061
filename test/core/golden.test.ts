// Layers, losses, advantages, and whole short trainings (optimisers, schedules) against values that PyTorch computed
// in float64 (rounded to nine digits), through the same function as `verify`; and what that function says of wrong and of damaged files.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { verifiableCore, verifyCoreFile } from '../../src/cli/verify-core.ts';

interface Case {
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

const golden = (name: string): readonly Case[] =>
  JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), 'utf8'));

const verified = async (cases: readonly unknown[]) => {
  const result = await verifyCoreFile(cases);
  expect(result).toBeDefined();
  return result!;
};

describe('every recorded case is reproduced by both kernel sets', () => {
  test.each(['layers', 'losses', 'optimizers'])('%s', async (file) => {
    const recorded = golden(file).map(({ name }) => name);
    const { cases, notBuilt } = await verified(golden(file));
    for (const { name, mismatches, worst } of cases) {
      expect(mismatches, `${name}: worst ${worst}`).toBe(0);
    }
    expect(notBuilt).toEqual([]);
    // One line for each kernel set, or a single one where kernels have no part in it.
    const names = new Set(cases.map(({ name }) => name.replace(/ \((simd|reference)\)$/, '')));
    expect([...names].sort()).toEqual([...new Set(recorded)].sort());
  });
});

describe('a difference is found', () => {
  /** A copy of the named case of a list with the value at `path` changed (or taken away). */
  function altered(
    cases: readonly Case[],
    name: string,
    path: readonly (string | number)[],
    change: (value: unknown) => unknown,
  ): unknown[] {
    const copy = structuredClone(cases.filter((one) => one.name === name));
    let at = copy[0] as unknown as Record<string | number, unknown>;
    for (const key of path.slice(0, -1)) at = at[key] as typeof at;
    const last = path.at(-1)!;
    at[last] = change(at[last]);
    return copy;
  }
  const nudge = (value: unknown): number => Number(value) + 1e-4 * Math.max(1, Math.abs(Number(value)));

  const surrogate = 'ppo clipped surrogate, categorical, clip 0.2, entropy 0.01';
  test.each([
    ['losses', 'cross_entropy mean', ['outputs', 'loss'], 2],
    ['losses', 'cross_entropy mean', ['grads', 'logits', 'data', 3], 2],
    ['losses', 'mse mean', ['grads', 'y', 'data', 20], 1],
    ['losses', surrogate, ['grads', 'logits', 'data', 0], 2],
    // Its return is the same number again.
    ['losses', 'generalised advantage estimation', ['outputs', 'advantage', 'data', 35], 2],
    ['layers', 'dense 8x1->2', ['outputs', 'y', 'data', 15], 2],
    ['layers', 'dense 8x1->2', ['grads', 'x', 'data', 0], 2],
    ['layers', 'conv2d 3x1x8x8 o5 k3 s2 p1', ['grads', 'weight', 'data', 44], 2],
    ['layers', 'activation softmax', ['grads', 'x', 'data', 4], 2],
  ] as const)('in %s, %s, at %j', async (file, name, path, mismatches) => {
    const { cases } = await verified(altered(golden(file), name, path, nudge));
    expect(cases.reduce((sum, one) => sum + one.mismatches, 0)).toBe(mismatches);
    expect(Math.max(...cases.map(({ worst }) => worst))).toBeGreaterThan(5e-5);
  });

  test.each([
    [['trace', 24, 'loss'], 2],
    [['trace', 3, 'lr'], 2],
    [['outputs', 'w', 'data', 0], 2],
  ] as const)('in a training, at %j', async (path, mismatches) => {
    const wrong = (value: unknown): number => Number(value) + 1e-3;
    const { cases } = await verified(altered(golden('optimizers'), 'schedule cosine', path, wrong));
    expect(cases.reduce((sum, one) => sum + one.mismatches, 0)).toBe(mismatches);
  });

  test('what is not built is named and not checked', async () => {
    const unknown = { name: 'lstm B3', config: {}, inputs: {}, outputs: {} };
    const { cases, notBuilt } = await verified([
      unknown,
      ...altered(golden('losses'), 'mse mean', ['name'], () => 'hinge'),
      ...altered(golden('losses'), 'cross_entropy mean', ['config'], () => ({ ignore_index: 3 })),
      ...altered(golden('optimizers'), 'sgd', ['config', 'weight_decay'], () => 0.01),
      ...altered(golden('optimizers'), 'adam', ['name'], () => 'adamax'),
    ]);
    expect(cases).toEqual([]);
    expect(notBuilt).toEqual(['lstm B3', 'hinge', 'cross_entropy mean', 'sgd', 'adamax']);
  });

  test('a list of something else is not a reference file', async () => {
    expect(await verifyCoreFile([])).toBeUndefined();
    expect(await verifyCoreFile([1, { name: 'x' }, null, { name: 3, inputs: {} }])).toBeUndefined();
    expect(verifiableCore).toContain('conv2d');
    expect(new Set(verifiableCore).size).toBe(verifiableCore.length);
  });

  test.each([
    ['losses', 'mse mean', ['inputs', 'y', 'shape'], [7, 4], 'has 21 numbers where [7,4] holds 28'],
    ['losses', 'mse mean', ['inputs', 'targets', 'shape'], [3, 7], 'the shape [3,7] where [7,3] belongs'],
    ['losses', 'mse mean', ['inputs', 'y', 'shape'], [-7, -3], 'the shape [-7,-3], which is none'],
    ['losses', 'mse mean', ['inputs', 'y', 'data', 2], '0.5', 'something in "data" that is no number'],
    ['losses', 'mse mean', ['outputs'], null, '"outputs" of mse mean is not an object'],
    ['losses', 'mse mean', ['outputs', 'loss'], undefined, 'has no number "loss"'],
    ['losses', 'cross_entropy mean', ['inputs', 'classes', 'data', 0], 5, 'none of 0 to 4'],
    ['losses', 'cross_entropy mean', ['inputs', 'classes', 'data', 0], 0.5, 'none of 0 to 4'],
    ['losses', 'generalised advantage estimation', ['inputs', 'done', 'data', 0], 0.5, 'other than 0 and 1'],
    ['layers', 'dense 8x1->2', ['upstream'], undefined, '"upstream" of dense 8x1->2 is not an object'],
    ['layers', 'conv2d 2x3x9x7 o4 k2 s2 p0', ['config', 'stride'], 0, '"stride" of 0'],
    ['layers', 'conv2d 2x3x9x7 o4 k2 s2 p0', ['config', 'padding'], 1e9, 'where the layer gives'],
    ['optimizers', 'schedule cosine', ['config', 't_max'], -1, '"t_max" of -1'],
    ['optimizers', 'schedule cosine', ['config', 'lr'], 0, 'learning rate of 0'],
    ['optimizers', 'schedule cosine', ['trace', 7], 3, 'step 8 of schedule cosine is not an object'],
  ] as const)('damage in %s, %s, at %j (%j) is told in a sentence', async (file, name, path, value, why) => {
    const damaged = altered(golden(file), name, path, () => value);
    await expect(verifyCoreFile(damaged)).rejects.toThrow(/^Not a usable reference file: [^\n]*\.$/);
    await expect(verifyCoreFile(damaged)).rejects.toThrow(why);
  });

  test('a case that is none among others is damage too', async () => {
    await expect(verifyCoreFile([...golden('losses').slice(0, 4), 3])).rejects.toThrow(
      'case 5 is not an object',
    );
  });
});
