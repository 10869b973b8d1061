// One whole training step beside the same step of others, each in a process of its own, on the same weights and data.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { KernelFactory } from '../../src/core/kernels.ts';
import { ms, percent, table, times, title } from './print.ts';
import { clip, ourStep, rate, type Task, tasks, writeTask } from './task.ts';
import { measure, type Timing } from './timing.mjs';

interface Result extends Timing {
  readonly name: string;
  readonly batch: number;
  /** After 20 steps; left out where the peer computes something else. */
  readonly loss?: number;
}

interface Peer {
  readonly name: string;
  readonly command: readonly string[];
}

function peersIn(folder: string): readonly Peer[] {
  const node = (file: string, ...more: string[]): readonly string[] => [
    process.execPath,
    path.join(folder, file),
    ...more,
  ];
  return [
    { name: 'TensorFlow.js wasm', command: node('tfjs.mjs', 'wasm') },
    { name: 'TensorFlow.js wasm, layers', command: node('tfjs.mjs', 'wasm', 'layers') },
    { name: 'TensorFlow.js cpu', command: node('tfjs.mjs', 'cpu') },
    { name: 'ConvNetJS', command: node('convnetjs.mjs') },
    { name: 'brain.js', command: node('brain.mjs') },
    { name: 'PyTorch', command: ['python3', path.join(folder, 'pytorch.py')] },
    // Where python3 is another one than the system's, which Debian's package belongs to.
    { name: 'PyTorch', command: ['/usr/bin/python3', path.join(folder, 'pytorch.py')] },
  ];
}

/** One thread; and OpenBLAS chooses the kernels for this processor itself, whatever a machine's settings say. */
function peerEnvironment(): NodeJS.ProcessEnv {
  const { OPENBLAS_CORETYPE: _kernels, OPENBLAS_L2_SIZE: _cache, ...others } = process.env;
  return { ...others, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
}

/** What a peer says of all tasks, or undefined where it is not installed. */
function ask({ command: [program, script, ...more] }: Peer, given: string): readonly Result[] | undefined {
  try {
    const text = execFileSync(program!, [script!, given, ...more], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: peerEnvironment(),
    });
    return text
      .split('\n')
      .filter((line) => line.startsWith('RESULT '))
      .map((line) => JSON.parse(line.slice(7)) as Result);
  } catch {
    return undefined;
  }
}

const aims: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  'TensorFlow.js wasm': { 32: 60, 256: 20 },
  'TensorFlow.js wasm, layers': { 32: 60, 256: 20 },
  PyTorch: { 32: 5, 256: 2, 2048: 1.5 },
};

export function steps(kernels: KernelFactory, limit: number, folder: string, peerFolder: string) {
  const given = JSON.stringify(
    tasks.map((task, i) => {
      const file = path.join(folder, `task${i}.bin`);
      writeTask(task, kernels, file);
      return { ...task, file, rate, clip };
    }),
  );
  const ours = tasks.map((task) => {
    const { step } = ourStep(task, kernels);
    let loss = 0;
    for (let i = 0; i < 20; i++) loss = step();
    return { ...task, loss, ...measure(step) };
  });
  const asked = new Map<string, readonly Result[]>();
  for (const peer of peersIn(peerFolder)) {
    if (asked.has(peer.name)) continue;
    const results = ask(peer, given);
    if (results && results.length > 0) asked.set(peer.name, results);
  }
  const missing = [...new Set(peersIn(peerFolder).map(({ name }) => name))].filter(
    (name) => !asked.has(name),
  );

  title(
    'One training step (forward, cross-entropy, backward, norm clipping, Adam): how many times faster than',
  );
  const find = (results: readonly Result[], { name, batch }: Task): Result | undefined =>
    results.find((one) => one.name === name && one.batch === batch);
  const ratio = (name: string, results: readonly Result[], one: (typeof ours)[number]): string => {
    const theirs = find(results, one);
    if (!theirs) return '-';
    const value = theirs.min / one.min;
    const aim = one.name === '4-64-64-2' || name !== 'PyTorch' ? aims[name]?.[one.batch] : undefined;
    return aim === undefined ? times(value) : `${times(value)} (aim ${aim}x)`;
  };
  table(
    ['', ...asked.keys()],
    ours.map((one) => [
      `${one.name} at ${one.batch}`,
      ...[...asked].map(([name, results]) => ratio(name, results, one)),
    ]),
  );
  title('The same, milliseconds: minimum (median, spread)');
  const shown = (timing: Timing | undefined): string =>
    timing ? `${ms(timing.min)} (${ms(timing.median)}, ${percent(timing.spread)})` : '-';
  const macs = ({ sizes, batch }: Task): number =>
    batch * sizes.slice(1).reduce((sum, size, i) => sum + size * sizes[i]! * (i === 0 ? 2 : 3), 0);
  table(
    ['', 'at the limit', 'Relearn', ...asked.keys()],
    ours.map((one) => [
      `${one.name} at ${one.batch}`,
      ms((2 * macs(one)) / (limit * 1e6)),
      shown(one),
      ...[...asked.values()].map((results) => shown(find(results, one))),
    ]),
  );
  console.log(
    '  TensorFlow.js, layers: model.trainOnBatch, no clipping; the other columns of it are written with its core.',
  );
  console.log(
    '  ConvNetJS: SGD with momentum, no clipping. brain.js: gradient descent after every example, squared error.',
  );
  if (missing.length > 0) console.log(`  Not installed here, so not compared: ${missing.join(', ')}.`);
  for (const [name, results] of asked) {
    for (const { name: net, batch, loss } of results) {
      const own = ours.find((one) => one.name === net && one.batch === batch)!.loss;
      // A loss that is nearly learned away is compared on the scale of a thousandth.
      if (loss !== undefined && !(Math.abs(loss - own) <= 1e-3 * Math.max(Math.abs(own), 1e-3))) {
        console.log(`  ${name} has another loss after 20 steps of ${net} at ${batch}: ${loss}, ours ${own}.`);
      }
    }
  }
  return { ours, peers: Object.fromEntries(asked) };
}
