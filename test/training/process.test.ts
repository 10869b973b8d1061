// Stopped after 200 updates, taken up by a new process, on to 400: every tensor and every number of the run is
// the same, byte for byte, as in one go. Through the command line, as a person would.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { shapeOfWorld } from '../../envs/environment.ts';
import { environmentById } from '../../envs/registry.ts';
import { decodeSafetensors, encodeSafetensors } from '../../src/core/safetensors.ts';
import { learnerById, learners } from '../../src/learners/registry.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'relearn-process-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const relearn = path.resolve(import.meta.dirname, '../../bin/relearn.mjs');
const train = (...words: string[]): void => {
  execFileSync(process.execPath, [relearn, 'train', '--episodes', '1', ...words], { stdio: 'ignore' });
};

/** The file without its card, which says when it was written. */
const withoutCard = (file: string): Uint8Array => {
  const { tensors, metadata } = decodeSafetensors(readFileSync(file));
  return encodeSafetensors(tensors, { run: metadata['run']! });
};

test.each(learners.map(({ id }) => id))('%s', (learner) => {
  const fits = learnerById(learner).unfit(shapeOfWorld(environmentById('cartpole'))) === undefined;
  const world = fits ? 'cartpole' : 'digits';
  const [half, resumed, whole] = ['half', 'resumed', 'whole'].map((name) =>
    path.join(folder, `${learner}-${name}`),
  );
  const small = world === 'digits' ? ['--set', 'filters=4'] : [];
  const recipe = ['--world', world, '--learner', learner, '--seed', '5', ...small];
  train(...recipe, '--updates', '200', '--out', half!);
  train('--resume', half!, '--updates', '400', '--out', resumed!);
  train(...recipe, '--updates', '400', '--out', whole!);
  expect(Buffer.from(withoutCard(resumed!)).equals(Buffer.from(withoutCard(whole!)))).toBe(true);
});
