// Looking into a network: hand-made networks with known answers; the loss surface's middle is the loss as it is and
// the weights come back; and a run that was looked into is the run that was not.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createArena } from '../../src/core/arena.ts';
import { histogramOf, inspectLayers, rootMeanSquare } from '../../src/core/inspection/layers.ts';
import { lossSurface } from '../../src/core/inspection/loss-surface.ts';
import { firstNonFinite } from '../../src/core/inspection/non-finite.ts';
import { updateRatios } from '../../src/core/inspection/update-ratio.ts';
import { loadKernels } from '../../src/core/kernels/load.ts';
import { createNetwork, initializeParams, type Network } from '../../src/core/network.ts';
import { createRandom } from '../../src/core/random.ts';
import { fingerprint } from '../../src/training/brain.ts';
import type { Inspection } from '../../src/training/inspection.ts';
import { createSession } from '../../src/training/session.ts';
import { pairs, smallRecipe, trainTo } from '../training/runs.ts';

const kernels = await loadKernels('simd');

function network(): Network {
  const arena = createArena(1 << 20);
  const init = { scheme: 'he' } as const;
  const made = createNetwork(
    {
      input: [3],
      normalize: false,
      trunk: [
        { kind: 'dense', name: 'one', units: 4, init },
        { kind: 'activation', name: 'bend', activation: 'relu' },
      ],
      heads: { out: [{ kind: 'dense', name: 'output', units: 2, init }] },
    },
    arena,
    kernels(arena.memory),
    5,
  );
  initializeParams(made.params, createRandom('weights'));
  const random = createRandom('input');
  for (let i = 0; i < made.input.data.length; i++) made.input.data[i] = random.normal();
  return made;
}

const slotOf = ({ params }: Network, name: string) => params.slots.find((slot) => slot.name === name)!;

test('sizes, means and dead units are what they are', () => {
  const net = network();
  // The second unit can only be below 0, whatever comes in.
  const bias = slotOf(net, 'trunk.one.bias');
  net.params.values.data[bias.offset + 1] = -1e3;
  net.forward(5, ['out'], 'train');
  net.clearGrads(5);
  net.outputGrad('out').data.fill(0.5);
  net.backward(5, ['out']);
  const reports = inspectLayers(net, 4, ['out']);
  expect(reports.map(({ path }) => path)).toEqual(['trunk.one', 'trunk.bend', 'out.output']);
  const bend = reports[1]!;
  expect(bend.silent).toBeGreaterThanOrEqual(0.25);
  expect(reports[0]!.silent).toBe(0);
  const y = net.activation('trunk.bend').data.subarray(0, 16);
  expect(bend.activation).toBeCloseTo(rootMeanSquare(y), 12);
  expect(bend.mean).toBeCloseTo(y.reduce((a, b) => a + b) / 16, 12);
  expect(reports[2]!.gradient).toBe(0.5);
  expect(bend.histogram.counts.reduce((a, b) => a + b)).toBe(16);
});

test('a histogram counts every number once, and what is not finite apart', () => {
  fc.assert(
    fc.property(fc.array(fc.float()), (values) => {
      const { counts, notFinite, low, high } = histogramOf(Float32Array.from(values));
      expect(counts.reduce((a, b) => a + b, 0) + notFinite).toBe(values.length);
      expect(notFinite).toBe(values.filter((value) => !Number.isFinite(value)).length);
      expect(low).toBeLessThanOrEqual(high);
    }),
  );
});

test('update ratios are lengths', () => {
  const net = network();
  const before = net.params.values.data.slice();
  const weight = slotOf(net, 'trunk.one.weight');
  for (let i = 0; i < weight.length; i++) net.params.values.data[weight.offset + i]! *= 1.5;
  const ratios = new Map(updateRatios(net.params, before).map(({ name, ratio }) => [name, ratio]));
  expect(ratios.get('trunk.one.weight')).toBeCloseTo(0.5, 6);
  expect(ratios.get('out.output.weight')).toBe(0);
  net.params.values.data[slotOf(net, 'trunk.one.bias').offset] = 1;
  expect(updateRatios(net.params, before).find(({ name }) => name === 'trunk.one.bias')!.ratio).toBe(
    Infinity,
  );
});

test('the middle of the surface is the loss as it is, and the weights come back, even from an error', () => {
  const net = network();
  const before = net.params.values.data.slice();
  const lossAt = (): number => {
    net.forward(5, ['out'], 'evaluate');
    return rootMeanSquare(net.output('out').data);
  };
  const now = lossAt();
  const draw = () => lossSurface(net.params, net.params.slots, createRandom('slice'), 7, 1, lossAt);
  const { losses } = draw();
  expect(losses).toHaveLength(49);
  expect(losses[24]).toBe(now);
  expect(new Set(losses).size).toBe(49);
  expect(net.params.values.data).toEqual(before);
  expect(draw().losses).toEqual(losses);
  let calls = 0;
  const failing = (): number => {
    if (++calls === 5) throw new Error('stop');
    return 0;
  };
  expect(() => lossSurface(net.params, net.params.slots, createRandom('slice'), 7, 1, failing)).toThrow(
    'stop',
  );
  expect(net.params.values.data).toEqual(before);
});

test('every filter of a direction is as long as that of the weights; biases stay', () => {
  const net = network();
  const { data } = net.params.values;
  const before = data.slice();
  const weight = slotOf(net, 'trunk.one.weight');
  const bias = slotOf(net, 'trunk.one.bias');
  const seen: Float32Array[] = [];
  // A row of three: minus one direction, none, plus one direction (the middle row is row 1).
  lossSurface(net.params, net.params.slots, createRandom('slice'), 3, 1, () => seen.push(data.slice()));
  const along = seen[5]!.map((value, i) => value - before[i]!);
  for (let unit = 0; unit < 4; unit++) {
    const length = (of: Float32Array): number => {
      let squares = 0;
      for (let i = unit; i < weight.length; i += 4) squares += of[weight.offset + i]! ** 2;
      return Math.sqrt(squares);
    };
    expect(length(along)).toBeCloseTo(length(before), 5);
  }
  expect(along.subarray(bias.offset, bias.offset + 4).every((moved) => moved === 0)).toBe(true);
});

test('the first tensor that is not finite, in the order in which it spreads', () => {
  const net = network();
  net.forward(5, ['out'], 'train');
  expect(firstNonFinite(net, 5)).toBeUndefined();
  net.params.grads.data[slotOf(net, 'out.output.bias').offset] = Infinity;
  expect(firstNonFinite(net, 5)).toEqual({
    where: 'gradient',
    name: 'out.output.bias',
    index: 0,
    value: Infinity,
  });
  net.activation('trunk.bend').data[7] = Number.NaN;
  expect(firstNonFinite(net, 1)?.where).toBe('gradient');
  expect(firstNonFinite(net, 5)).toMatchObject({ where: 'activation', name: 'trunk.bend', index: 7 });
  net.input.data[1] = Number.NaN;
  expect(firstNonFinite(net, 5)?.name).toBe('input');
  net.params.values.data[slotOf(net, 'out.output.weight').offset + 2] = -Infinity;
  expect(firstNonFinite(net, 5)).toMatchObject({ where: 'weight', name: 'out.output.weight', index: 2 });
});

test.each(pairs)('a run that was looked into is the run that was not: %o', (pair) => {
  const plain = createSession(smallRecipe(pair), kernels);
  trainTo(plain, 12);
  const watched = createSession(smallRecipe(pair), kernels);
  const seen: Inspection[] = [];
  for (const updates of [3, 4, 7, 9]) {
    trainTo(watched, updates);
    watched.inspect(updates !== 4, (inspection) => seen.push(inspection));
  }
  trainTo(watched, 12);
  expect(seen.map(({ updates }) => updates)).toEqual([4, 5, 8, 10]);
  expect(seen.map(({ surface }) => surface?.losses.length)).toEqual([625, undefined, 625, 625]);
  expect(seen[0]!.surface!.losses[312]).toBeCloseTo(seen[0]!.loss, 4);
  expect(fingerprint(watched.brain)).toBe(fingerprint(plain.brain));
  expect(watched.metrics).toEqual(plain.metrics);
});
