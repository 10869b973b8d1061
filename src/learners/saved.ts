// Reading back a learner's saved data, which may come from a stranger's file: each field is checked.

import type { TensorMap, TypedArray } from '../core/safetensors.ts';

type Data = Readonly<Record<string, unknown>>;

export function savedNumber(data: Data, name: string): number {
  const value = data[name];
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new Error(`the saved run's ${name} is ${JSON.stringify(value)}; a number is needed.`);
  }
  return value;
}

/** A whole number from 0 to `max`. */
export function savedCount(data: Data, name: string, max = Number.MAX_SAFE_INTEGER): number {
  const value = data[name];
  if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > max) {
    throw new Error(
      `the saved run's ${name} is ${JSON.stringify(value)}; a whole number from 0 to ${max} is needed.`,
    );
  }
  return value as number;
}

/** A saved array of exactly `length` numbers. */
export function savedArray(tensors: TensorMap, name: string, length: number): TypedArray {
  const data = tensors[name]?.data;
  if (data?.length !== length) {
    throw new Error(`the saved ${name} has ${data?.length ?? 'no'} numbers; ${length} are needed.`);
  }
  return data;
}
