// Reading a recording: each function gives what it promises or one sentence saying what is wrong with the file.

export type Fields = Readonly<Record<string, unknown>>;

const refuse = (where: string, what: string): never => {
  throw new Error(`Not a usable recording: ${where} ${what}.`);
};

export function fields(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuse(where, 'is not an object');
  return value as Fields;
}

export function text(from: Fields, name: string, where: string): string {
  const value = from[name];
  return typeof value === 'string' ? value : refuse(where, `has no text "${name}"`);
}

export function number(from: Fields, name: string, where: string): number {
  const value = from[name];
  return typeof value === 'number' && Number.isFinite(value)
    ? value
    : refuse(where, `has no number "${name}"`);
}

export function list(from: Fields, name: string, where: string, length?: number): readonly unknown[] {
  const value = from[name];
  if (!Array.isArray(value)) return refuse(where, `has no list "${name}"`);
  return checkLength(value, `"${name}" of ${where}`, length);
}

export function numbers(value: unknown, where: string, length?: number): readonly number[] {
  if (!Array.isArray(value) || !value.every((v) => typeof v === 'number' && Number.isFinite(v))) {
    return refuse(where, 'is not a list of numbers');
  }
  return checkLength(value as number[], where, length);
}

export function flags(value: unknown, where: string, length: number): readonly boolean[] {
  if (!Array.isArray(value) || !value.every((v) => typeof v === 'boolean')) {
    return refuse(where, 'is not a list of true and false');
  }
  return checkLength(value as boolean[], where, length);
}

export function rows(
  from: Fields,
  name: string,
  of: string,
  length: number,
  width: number,
): readonly (readonly number[])[] {
  return list(from, name, of, length).map((row, i) =>
    numbers(row, `row ${i + 1} of "${name}" of ${of}`, width),
  );
}

export function hexDigits(value: unknown, length: number, where: string): readonly number[] {
  if (typeof value !== 'string' || !/^[0-9a-f]*$/.test(value)) return refuse(where, 'is not lower-case hex');
  return checkLength(
    Array.from(value, (digit) => Number.parseInt(digit, 16)),
    where,
    length,
  );
}

function checkLength<T>(values: readonly T[], where: string, length: number | undefined): readonly T[] {
  if (length === undefined || values.length === length) return values;
  return refuse(where, `has ${values.length} entries where ${length} belong`);
}
