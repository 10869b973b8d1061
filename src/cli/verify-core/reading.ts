// Reads a reference file that may be damaged: each function gives what it promises or throws one sentence saying
// what is wrong with the file. Nothing here knows what the numbers mean.

/** One recorded case, its parts not yet looked into. */
export interface Recorded {
  readonly name: string;
  readonly config: Fields;
  readonly inputs: Fields;
  readonly params: Fields;
  readonly outputs: Fields;
  readonly grads: Fields;
  readonly all: Fields;
}

/** A recorded array, row-major. */
export interface RecordedTensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

export type Fields = Readonly<Record<string, unknown>>;

export const refuse = (where: string, what: string): never => {
  throw new Error(`Not a usable reference file: ${where} ${what}.`);
};

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a value looks like a recorded case at all. */
export const isCase = (value: unknown): boolean =>
  isFields(value) && typeof value['name'] === 'string' && isFields(value['inputs']);

export function readCase(value: unknown, where: string): Recorded {
  const all = fields(value, where);
  const { name } = all;
  if (typeof name !== 'string') return refuse(where, 'has no name');
  const part = (key: string): Fields => (key in all ? fields(all[key], `"${key}" of ${name}`) : {});
  return {
    name,
    config: part('config'),
    inputs: part('inputs'),
    params: part('params'),
    outputs: part('outputs'),
    grads: part('grads'),
    all,
  };
}

export function fields(value: unknown, where: string): Fields {
  return isFields(value) ? value : refuse(where, 'is not an object');
}

export function number(from: Fields, name: string, where: string): number {
  const value = from[name];
  return typeof value === 'number' && Number.isFinite(value)
    ? value
    : refuse(where, `has no number "${name}"`);
}

export function wholeNumber(from: Fields, name: string, where: string, atLeast: number): number {
  const value = number(from, name, where);
  return Number.isInteger(value) && value >= atLeast
    ? value
    : refuse(where, `has a "${name}" of ${value} where a whole number from ${atLeast} on belongs`);
}

export function list(from: Fields, name: string, where: string): readonly unknown[] {
  const value = from[name];
  return Array.isArray(value) ? value : refuse(where, `has no list "${name}"`);
}

/** The tensor `name`; where `shape` is given, of that shape. */
export function tensor(from: Fields, name: string, where: string, shape?: readonly number[]): RecordedTensor {
  const what = `"${name}" of ${where}`;
  const value = fields(from[name], what);
  const sizes = numbers(value, 'shape', what);
  const data = numbers(value, 'data', what);
  if (!sizes.every((size) => Number.isInteger(size) && size >= 1))
    return refuse(what, `has the shape [${sizes}], which is none`);
  const length = sizes.reduce((product, size) => product * size, 1);
  if (length !== data.length)
    return refuse(what, `has ${data.length} numbers where [${sizes}] holds ${length}`);
  if (shape && (shape.length !== sizes.length || shape.some((size, i) => size !== sizes[i])))
    return refuse(what, `has the shape [${sizes}] where [${shape}] belongs`);
  return { shape: sizes, data };
}

/** A tensor of so many dimensions. */
export function tensorOfRank(from: Fields, name: string, where: string, rank: number): RecordedTensor {
  const found = tensor(from, name, where);
  return found.shape.length === rank
    ? found
    : refuse(`"${name}" of ${where}`, `has ${found.shape.length} dimensions where ${rank} belong`);
}

/** A list of n whole numbers in [0, below), such as class ids. */
export function ids(from: Fields, name: string, where: string, n: number, below: number): Int32Array {
  const { data } = tensor(from, name, where, [n]);
  if (!data.every((id) => Number.isInteger(id) && id >= 0 && id < below))
    return refuse(`"${name}" of ${where}`, `has numbers that are none of 0 to ${below - 1}`);
  return Int32Array.from(data);
}

function numbers(from: Fields, name: string, where: string): readonly number[] {
  const value = list(from, name, where);
  return value.every((v): v is number => typeof v === 'number' && Number.isFinite(v))
    ? value
    : refuse(where, `has something in "${name}" that is no number`);
}
