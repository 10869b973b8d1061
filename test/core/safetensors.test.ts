// The container: what goes out comes back bit by bit, and no file, however bad, gives anything but a sentence.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeSafetensors,
  encodeSafetensors,
  type NamedTensor,
  type TensorMap,
} from '../../src/core/safetensors.ts';

const sample: TensorMap = {
  'trunk.hidden1.weight': { shape: [2, 3], data: Float32Array.of(1, -2.5, 3e-40, -0, Infinity, NaN) },
  counts: { shape: [3], data: Int32Array.of(-1, 0, 2147483647) },
  flags: { shape: [3], data: Uint8Array.of(0, 7, 255) },
  rows: { shape: [1, 2], data: Float64Array.of(Math.PI, -1e-300) },
  none: { shape: [0, 4], data: new Float32Array(0) },
  one: { shape: [], data: Float32Array.of(42) },
};

const bytesOf = (tensor: NamedTensor): number[] => [
  ...new Uint8Array(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength),
];

function expectSame(decoded: TensorMap, original: TensorMap): void {
  expect(Object.keys(decoded)).toEqual(Object.keys(original));
  for (const [name, tensor] of Object.entries(original)) {
    expect(decoded[name]!.shape).toEqual(tensor.shape);
    expect(decoded[name]!.data.constructor).toBe(tensor.data.constructor);
    expect(bytesOf(decoded[name]!)).toEqual(bytesOf(tensor));
  }
}

/** A file with any header, however wrong. */
function file(header: unknown, data: number, text = JSON.stringify(header)): Uint8Array {
  const encoded = new TextEncoder().encode(text);
  const bytes = new Uint8Array(8 + encoded.length + data);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(encoded.length), true);
  bytes.set(encoded, 8);
  return bytes;
}

const messageOf = (bytes: Uint8Array): string => {
  try {
    decodeSafetensors(bytes);
  } catch (error) {
    expect((error as Error).constructor).toBe(Error);
    return (error as Error).message;
  }
  return 'accepted';
};

describe('safetensors', () => {
  it('gives back what it was given, bit by bit, in the same order', () => {
    const bytes = encodeSafetensors(sample, { title: 'a "quoted" näme', empty: '' });
    const { tensors, metadata } = decodeSafetensors(bytes);
    expectSame(tensors, sample);
    expect({ ...metadata }).toEqual({ title: 'a "quoted" näme', empty: '' });
    expect(encodeSafetensors(tensors, metadata)).toEqual(bytes);
  });

  it('reads from the middle of a larger buffer and copies', () => {
    const bytes = encodeSafetensors(sample, {});
    const larger = Buffer.alloc(bytes.length + 13);
    larger.set(bytes, 5);
    const { tensors } = decodeSafetensors(larger.subarray(5, 5 + bytes.length));
    larger.fill(0);
    expectSame(tensors, sample);
  });

  it('aligns the header and every tensor, without holes', () => {
    const bytes = encodeSafetensors(sample, { a: 'b' });
    const headerBytes = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(headerBytes % 8).toBe(0);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerBytes))) as Record<
      string,
      { data_offsets: [number, number] }
    >;
    for (const [name, tensor] of Object.entries(sample)) {
      expect(header[name]!.data_offsets[0] % tensor.data.BYTES_PER_ELEMENT).toBe(0);
    }
  });

  it('round-trips any tensors', () => {
    const data = fc.oneof(
      fc.float32Array({ maxLength: 9 }),
      fc.float64Array({ maxLength: 9 }),
      fc.int32Array({ maxLength: 9 }),
      fc.uint8Array({ maxLength: 9 }),
    );
    const tensor = data.map((values): NamedTensor => ({ shape: [1, values.length], data: values }));
    const name = fc
      .string({ unit: 'binary' })
      .filter((text) => text !== '__proto__' && text !== '__metadata__');
    const metadata = fc.dictionary(name, fc.string({ unit: 'binary' }), { noNullPrototype: true });
    fc.assert(
      fc.property(fc.dictionary(name, tensor, { noNullPrototype: true }), metadata, (tensors, texts) => {
        const decoded = decodeSafetensors(encodeSafetensors(tensors, texts));
        expectSame(decoded.tensors, tensors);
        expect({ ...decoded.metadata }).toEqual(texts);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('refuses a file cut anywhere, or with a byte too many', () => {
    const bytes = encodeSafetensors(sample, { title: 't' });
    for (let length = 0; length < bytes.length; length++) {
      expect(messageOf(bytes.subarray(0, length))).toMatch(/^not a model file: .*\.$/);
    }
    expect(messageOf(Uint8Array.from([...bytes, 0]))).toMatch(/must end together/);
  });

  it('never gives anything but a sentence, whatever the bytes', () => {
    const sentence = /^(accepted|not a model file: [^\n]*\.)$/;
    const random = fc.uint8Array({ maxLength: 64 });
    fc.assert(
      fc.property(random, (bytes) => {
        expect(messageOf(bytes)).toMatch(sentence);
      }),
      { seed: 2 },
    );
    // Good files with a few bytes changed get much further into the checks.
    const good = encodeSafetensors(sample, { title: 't' });
    const damage = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(damage, (changes) => {
        const bytes = good.slice();
        for (const [at, value] of changes) bytes[at] = value;
        expect(messageOf(bytes)).toMatch(sentence);
      }),
      { seed: 3, numRuns: 2000 },
    );
    // And so do well-formed headers of any JSON.
    const part = fc.record(
      { dtype: fc.constantFrom('F32', 'U8', 'F16'), shape: fc.jsonValue(), data_offsets: fc.jsonValue() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(part, fc.jsonValue())), (header) => {
        expect(messageOf(file(header, 8))).toMatch(sentence);
      }),
      { seed: 4, numRuns: 500 },
    );
  });

  const f32 = (shape: unknown, begin: unknown, end: unknown) => ({
    dtype: 'F32',
    shape,
    data_offsets: [begin, end],
  });
  it.each<[string, Uint8Array, string]>([
    ['too short', Uint8Array.of(1, 2), 'it has 2 bytes; even an empty one has 8'],
    [
      'another kind of file',
      Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0x40, ...new Array<number>(15)),
      'it says that its header has 4611686018427388000 bytes; in a file of 23 bytes 2 to 15 are allowed',
    ],
    ['not JSON', file(0, 0, '{"a":'), 'its header of 5 bytes is not JSON'],
    [
      'not UTF-8',
      Uint8Array.of(4, 0, 0, 0, 0, 0, 0, 0, 0x22, 0xff, 0xfe, 0x22),
      'its header of 4 bytes is not JSON',
    ],
    ['a list', file([1, 2], 0), 'its header is [1,2]; it must be a JSON object'],
    ['a wrong entry', file({ a: 5 }, 0), 'tensor "a" is 5; it must have a dtype, a shape and data_offsets'],
    [
      'a wrong dtype',
      file({ a: { dtype: 'BF16', shape: [2], data_offsets: [0, 4] } }, 4),
      'tensor "a" has dtype "BF16"; allowed: F64, F32, I32, U8',
    ],
    [
      'a dtype that objects inherit',
      file({ a: { dtype: 'toString', shape: [2], data_offsets: [0, 4] } }, 4),
      'tensor "a" has dtype "toString"; allowed: F64, F32, I32, U8',
    ],
    [
      'a negative size',
      file({ a: f32([-1], 0, 4) }, 4),
      'tensor "a" has shape [-1]; it must be a list of whole numbers, 0 or more',
    ],
    [
      'a size that does not fit',
      file({ a: f32([2], 0, 4) }, 4),
      'tensor "a" of shape [2] and dtype F32 needs 8 bytes',
    ],
    [
      'a shape whose size overflows',
      file({ a: f32([4294967296, 4294967296, 2], 0, 4) }, 4),
      'needs 147573952589676410000 bytes; its data_offsets span 4',
    ],
    [
      'offsets in the wrong order',
      file({ a: f32([1], 4, 0) }, 4),
      '[4,0]; they must be in order and at most 4',
    ],
    ['offsets out of range', file({ a: f32([1], 4, 8) }, 4), '[4,8]; they must be in order and at most 4'],
    [
      'offsets that are no numbers',
      file({ a: f32([1], 0, '4') }, 4),
      '[0,"4"]; they must be two whole numbers',
    ],
    [
      'overlap',
      file({ a: f32([2], 0, 8), b: f32([1], 4, 8) }, 8),
      'tensor "b" begins at byte 4, inside another that ends at 8',
    ],
    [
      'a gap',
      file({ a: f32([1], 0, 4), b: f32([1], 8, 12) }, 12),
      'bytes 4 to 8, before tensor "b", belong to no tensor',
    ],
    [
      'bytes of nobody',
      file({ a: f32([1], 0, 4) }, 6),
      'its tensors end at byte 4 of the data, which has 6 bytes',
    ],
    [
      'a name twice',
      file(0, 4, '{"a":{"dtype":"U8","shape":[],"data_offsets":[0,1]}, "\\u0061" : 1}'),
      'its header names "a" twice',
    ],
    [
      'a name that pollutes',
      file(0, 0, '{"__proto__":{"a":1}}'),
      'a tensor is named "__proto__", which no tensor may be',
    ],
    [
      'metadata that is no text',
      file({ __metadata__: { a: 1 } }, 0),
      'its metadata has 1 for "a"; it must be a text',
    ],
    [
      'metadata that is no object',
      file({ __metadata__: 'x' }, 0),
      'its metadata is "x"; it must be an object of texts',
    ],
  ])('says what is wrong: %s', (_what, bytes, sentence) => {
    expect(messageOf(bytes)).toMatch(/^not a model file: [^\n]*\.$/);
    expect(messageOf(bytes)).toContain(sentence);
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });

  it('holds texts of megabytes', () => {
    const text = '"\\'.repeat(1e6);
    expect(decodeSafetensors(encodeSafetensors({}, { text })).metadata['text']).toBe(text);
  });

  it('finds no tensor by a name that objects inherit', () => {
    expect(decodeSafetensors(encodeSafetensors({}, {})).tensors['constructor']).toBeUndefined();
  });

  it('refuses to write what it could not read', () => {
    const data = new Float32Array(2);
    expect(() => encodeSafetensors({ a: { shape: [3], data } }, {})).toThrow(
      'tensor "a" has shape [3] but 2 numbers.',
    );
    expect(() => encodeSafetensors({ __metadata__: { shape: [2], data } }, {})).toThrow('cannot be named');
    expect(() => encodeSafetensors(Object.fromEntries([['__proto__', { shape: [2], data }]]), {})).toThrow(
      'a tensor cannot be named "__proto__"; choose another name.',
    );
  });
});
