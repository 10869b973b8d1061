// The fingerprint: the same numbers under the same names give the same digits, and nothing else does.
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { NamedTensor } from '../../src/core/safetensors.ts';
import { fingerprintOf, isFingerprint } from '../../src/models/fingerprint.ts';

const tensor = (shape: readonly number[], ...numbers: number[]): NamedTensor => ({
  shape,
  data: Float32Array.from(numbers),
});

it('is SHA-256 of names, shapes and little-endian bytes', () => {
  const bytes = Buffer.alloc(8);
  bytes.writeFloatLE(1.5, 0);
  bytes.writeFloatLE(-2, 4);
  const expected = createHash('sha256').update('["a.weight",[1,2],8]\n').update(bytes).digest('hex');
  expect(fingerprintOf([['a.weight', tensor([1, 2], 1.5, -2)]])).toBe(expected);
  expect(isFingerprint(expected)).toBe(true);
});

it('sees every change: a bit, a name, a shape, the order, where one tensor ends', () => {
  const [a, b] = [tensor([2], 1, 2), tensor([2], 3, 4)];
  const all = [
    fingerprintOf([]),
    fingerprintOf([
      ['a', a],
      ['b', b],
    ]),
    fingerprintOf([
      ['b', b],
      ['a', a],
    ]),
    fingerprintOf([
      ['a', b],
      ['b', a],
    ]),
    fingerprintOf([['a', tensor([4], 1, 2, 3, 4)]]),
    fingerprintOf([['a', tensor([2, 2], 1, 2, 3, 4)]]),
    fingerprintOf([['a', tensor([4], 1, 2, 3, 4.0000005)]]),
  ];
  expect(new Set(all).size).toBe(all.length);
});

it('reads a view of a larger memory as that view alone', () => {
  const memory = Float32Array.of(9, 1, 2, 9);
  expect(fingerprintOf([['a', { shape: [2], data: memory.subarray(1, 3) }]])).toBe(
    fingerprintOf([['a', tensor([2], 1, 2)]]),
  );
});
