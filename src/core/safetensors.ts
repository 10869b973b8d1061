// The safetensors container (https://github.com/huggingface/safetensors): an 8-byte little-endian header
// length, a JSON header, then the bytes. One format for models, snapshots and exports. Decoding trusts nothing:
// whatever is wrong with a file becomes one sentence, and no other error ever leaves this module.

export type TypedArray = Float32Array | Float64Array | Int32Array | Uint8Array;

export interface NamedTensor {
  readonly shape: readonly number[];
  readonly data: TypedArray;
}

export type TensorMap = Readonly<Record<string, NamedTensor>>;

export type Metadata = Readonly<Record<string, string>>;

export interface SafetensorsFile {
  /** In the order of the file's header. Both maps have no prototype: a missing name is undefined, whatever it is. */
  readonly tensors: TensorMap;
  readonly metadata: Metadata;
}

interface DType {
  readonly width: number;
  readonly from: (bytes: ArrayBuffer) => TypedArray;
}

const dtypes = {
  F64: { width: 8, from: (bytes) => new Float64Array(bytes) },
  F32: { width: 4, from: (bytes) => new Float32Array(bytes) },
  I32: { width: 4, from: (bytes) => new Int32Array(bytes) },
  U8: { width: 1, from: (bytes) => new Uint8Array(bytes) },
} as const satisfies Record<string, DType>;
type DTypeName = keyof typeof dtypes;

const allowedTypes = Object.keys(dtypes).join(', ');
const metadataName = '__metadata__';
/** Names that would mean something else than an entry in a JavaScript object or in the header. */
const forbiddenNames = [metadataName, '__proto__'];
/** The format's own limit. */
const maxHeaderBytes = 100_000_000;
const lengthBytes = 8;

function dtypeOf(data: TypedArray): DTypeName | undefined {
  if (data instanceof Float32Array) return 'F32';
  if (data instanceof Float64Array) return 'F64';
  if (data instanceof Int32Array) return 'I32';
  return data instanceof Uint8Array ? 'U8' : undefined;
}

const elementsOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/**
 * The file's bytes; the same input gives the same bytes. Names stand in the header in the order given; the
 * data stands widest numbers first, so that every tensor begins at a multiple of its own width.
 */
export function encodeSafetensors(tensors: TensorMap, metadata: Metadata): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(tensors).map(([name, { shape, data }]) => {
    const dtype = dtypeOf(data);
    const quoted = JSON.stringify(name);
    if (forbiddenNames.includes(name))
      throw new Error(`a tensor cannot be named ${quoted}; choose another name.`);
    if (!dtype)
      throw new Error(
        `tensor ${quoted} has a type of numbers that files cannot hold; allowed: ${allowedTypes}.`,
      );
    if (elementsOf(shape) !== data.length) {
      throw new Error(`tensor ${quoted} has shape [${shape}] but ${data.length} numbers.`);
    }
    return { name, shape, dtype, data, begin: 0 };
  });
  for (const name of Object.keys(metadata)) {
    if (forbiddenNames.includes(name))
      throw new Error(`a metadata entry cannot be named ${JSON.stringify(name)}.`);
  }

  let next = 0;
  for (const entry of entries.toSorted((a, b) => dtypes[b.dtype].width - dtypes[a.dtype].width)) {
    entry.begin = next;
    next += entry.data.byteLength;
  }
  const header: Record<string, unknown> = {};
  if (Object.keys(metadata).length > 0) header[metadataName] = metadata;
  for (const { name, shape, dtype, data, begin } of entries) {
    header[name] = { dtype, shape, data_offsets: [begin, begin + data.byteLength] };
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = Math.ceil(text.length / 8) * 8;
  if (headerBytes > maxHeaderBytes) {
    throw new Error(`the header needs ${headerBytes} bytes; at most ${maxHeaderBytes} are allowed.`);
  }

  const start = lengthBytes + headerBytes;
  const bytes = new Uint8Array(start + next);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes), true);
  bytes.set(text, lengthBytes);
  bytes.fill(0x20, lengthBytes + text.length, start);
  // Plain copies of memory: JavaScript engines are little-endian wherever they run, as the format is.
  for (const { data, begin } of entries) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start + begin);
  }
  return bytes;
}

function refuse(reason: string): never {
  throw new Error(`not a model file: ${reason}.`);
}

/** An untrusted value as it may stand in a sentence: quoted, one line, short. */
function show(value: unknown): string {
  let text: string;
  try {
    text = JSON.stringify(value) ?? String(value);
  } catch {
    text = 'too deeply nested';
  }
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** Reads a file whoever made it. Throws exactly one kind of error: a sentence beginning 'not a model file: '. */
export function decodeSafetensors(bytes: Uint8Array): SafetensorsFile {
  if (bytes.length < lengthBytes) {
    refuse(`it has ${bytes.length} bytes; even an empty one has ${lengthBytes}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = Number(view.getBigUint64(0, true));
  const room = Math.min(bytes.length - lengthBytes, maxHeaderBytes);
  if (headerBytes < 2 || headerBytes > room) {
    refuse(
      `it says that its header has ${headerBytes} bytes; in a file of ${bytes.length} bytes 2 to ${room} are allowed`,
    );
  }
  const start = lengthBytes + headerBytes;
  const header = parseHeader(bytes.subarray(lengthBytes, start));
  const dataBytes = bytes.length - start;

  const metadata = Object.create(null) as Record<string, string>;
  const tensors = Object.create(null) as Record<string, NamedTensor>;
  const places: { readonly name: string; readonly begin: number; readonly end: number }[] = [];
  for (const [name, entry] of Object.entries(header)) {
    if (name === metadataName) {
      readMetadata(entry, metadata);
      continue;
    }
    if (forbiddenNames.includes(name)) refuse(`a tensor is named ${show(name)}, which no tensor may be`);
    const { dtype, shape, begin, end } = readEntry(name, entry, dataBytes);
    // Copied, so that the numbers are aligned and the file's bytes can be let go.
    const copy = new Uint8Array(end - begin);
    copy.set(bytes.subarray(start + begin, start + end));
    tensors[name] = { shape, data: dtypes[dtype].from(copy.buffer) };
    places.push({ name, begin, end });
  }

  let next = 0;
  for (const { name, begin, end } of places.sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin < next)
      refuse(`tensor ${show(name)} begins at byte ${begin}, inside another that ends at ${next}`);
    if (begin > next) refuse(`bytes ${next} to ${begin}, before tensor ${show(name)}, belong to no tensor`);
    next = end;
  }
  if (next !== dataBytes) {
    refuse(
      `its tensors end at byte ${next} of the data, which has ${dataBytes} bytes; they must end together`,
    );
  }
  return { tensors, metadata };
}

function parseHeader(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  let text: string;
  let header: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    header = JSON.parse(text);
  } catch {
    refuse(`its header of ${bytes.length} bytes is not JSON`);
  }
  if (!isRecord(header) || !text.startsWith('{'))
    refuse(`its header is ${show(header)}; it must be a JSON object`);
  const twice = duplicateKey(text);
  if (twice !== undefined) refuse(`its header names ${show(twice)} twice; every name must differ`);
  return header;
}

/** The first key that stands twice in one object of `json` (valid JSON), which JSON.parse would pass over in silence. */
function duplicateKey(json: string): string | undefined {
  const seen: Set<string>[] = [];
  // Scanned by hand: a pattern that walks a text of megabytes would exhaust the engine's stack.
  for (let i = 0; i < json.length; i++) {
    if (json[i] === '{') seen.push(new Set());
    if (json[i] === '}') seen.pop();
    if (json[i] !== '"') continue;
    const begin = i++;
    while (json[i] !== '"') i += json[i] === '\\' ? 2 : 1;
    let next = i + 1;
    while (' \n\r\t'.includes(json[next] ?? ';')) next++;
    if (json[next] !== ':') continue;
    const key = JSON.parse(json.slice(begin, i + 1)) as string;
    const keys = seen.at(-1)!;
    if (keys.has(key)) return key;
    keys.add(key);
  }
  return undefined;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function readMetadata(entry: unknown, into: Record<string, string>): void {
  if (!isRecord(entry)) refuse(`its metadata is ${show(entry)}; it must be an object of texts`);
  for (const [key, value] of Object.entries(entry)) {
    if (forbiddenNames.includes(key)) refuse(`a metadata entry is named ${show(key)}, which none may be`);
    if (typeof value !== 'string')
      refuse(`its metadata has ${show(value)} for ${show(key)}; it must be a text`);
    into[key] = value;
  }
}

function readEntry(
  name: string,
  entry: unknown,
  dataBytes: number,
): { dtype: DTypeName; shape: readonly number[]; begin: number; end: number } {
  const tensor = `tensor ${show(name)}`;
  if (!isRecord(entry)) refuse(`${tensor} is ${show(entry)}; it must have a dtype, a shape and data_offsets`);
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== 'string' || !Object.hasOwn(dtypes, dtype)) {
    refuse(`${tensor} has dtype ${show(dtype)}; allowed: ${allowedTypes}`);
  }
  if (!Array.isArray(shape) || !shape.every(isCount)) {
    refuse(`${tensor} has shape ${show(shape)}; it must be a list of whole numbers, 0 or more`);
  }
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount)) {
    refuse(`${tensor} has data_offsets ${show(offsets)}; they must be two whole numbers, 0 or more`);
  }
  const [begin, end] = offsets as [number, number];
  if (begin > end || end > dataBytes) {
    refuse(`${tensor} has data_offsets ${show(offsets)}; they must be in order and at most ${dataBytes}`);
  }
  // Products beyond 2^53 lose their last digits but stay huge, so they never equal a range that lies in the file.
  const size = elementsOf(shape) * dtypes[dtype as DTypeName].width;
  if (size !== end - begin) {
    refuse(
      `${tensor} of shape ${show(shape)} and dtype ${dtype} needs ${size} bytes; its data_offsets span ${end - begin}`,
    );
  }
  return { dtype: dtype as DTypeName, shape: shape as number[], begin, end };
}
