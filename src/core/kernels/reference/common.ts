// What the plain kernels share.

/** The numbers of an arena's memory from byte offset `ptr` on. */
export type From = (ptr: number) => Float32Array;

/** The same memory as 32-bit whole numbers. */
export function integersFrom(from: From, ptr: number): Int32Array {
  const floats = from(ptr);
  return new Int32Array(floats.buffer, floats.byteOffset, floats.length);
}

/** db[outputs] += column sums of dy[n, outputs]. */
export function addColumnSums(db: Float32Array, dy: Float32Array, n: number, outputs: number): void {
  for (let o = 0; o < outputs; o++) {
    let sum = 0;
    for (let row = 0; row < n; row++) sum += dy[row * outputs + o]!;
    db[o]! += sum;
  }
}

/** Largest of x[at .. at + count). */
export function maximum(x: Float32Array, at: number, count: number): number {
  let top = x[at]!;
  for (let i = at + 1; i < at + count; i++) if (x[i]! > top) top = x[i]!;
  return top;
}
