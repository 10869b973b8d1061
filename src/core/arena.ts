// Arena: the memory of one run, sized once and pointed into. JavaScript and WASM see the same bytes.
// It never grows and never frees, so views never detach and a training step never allocates.

/** A dense float32 array in arena memory, row-major. `ptr` is its byte offset, for the kernels. */
export interface Tensor {
  readonly ptr: number;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface Arena {
  readonly memory: WebAssembly.Memory;
  /** A new zeroed tensor, 16-byte aligned. Throws when the arena is full, with the numbers. */
  f32(...shape: number[]): Tensor;
  readonly bytesUsed: number;
  readonly bytesTotal: number;
}

const pageBytes = 65536;
const mebibytes = (bytes: number): string => `${(bytes / 1048576).toFixed(1)} MiB`;

export const sizeOf = (shape: readonly number[]): number =>
  shape.reduce((product, size) => product * size, 1);

/**
 * @param bytes size of the arena; rounded up to whole WASM pages. The first page belongs to the kernels'
 * own constants.
 */
export function createArena(bytes: number): Arena {
  const pages = 1 + Math.ceil(bytes / pageBytes);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const end = pages * pageBytes;
  let next = pageBytes;
  return {
    memory,
    f32(...shape) {
      const length = sizeOf(shape);
      const size = Math.ceil((length * 4) / 16) * 16;
      if (next + size > end) {
        throw new Error(
          `arena full: [${shape.join(',')}] needs ${mebibytes(size)}, ${mebibytes(end - next)} left - lower lanes, horizon or layer sizes`,
        );
      }
      const tensor = { ptr: next, shape, data: new Float32Array(memory.buffer, next, length) };
      next += size;
      return tensor;
    },
    get bytesUsed() {
      return next - pageBytes;
    },
    bytesTotal: end - pageBytes,
  };
}

/** A view of `length` numbers of `tensor` from `offset` on, with its own shape; no bytes are copied. */
export function viewOf(tensor: Tensor, offset: number, shape: readonly number[]): Tensor {
  return {
    ptr: tensor.ptr + offset * 4,
    shape,
    data: tensor.data.subarray(offset, offset + sizeOf(shape)),
  };
}
