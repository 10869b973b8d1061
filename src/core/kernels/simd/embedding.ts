// Rows of a table, looked up by number.
import { add } from './elementwise';

/** The row of the table that `id` names, or -1. Written so that a NaN is none. */
@inline
function rowOf(id: f32, vocabulary: i32): i32 {
  if (!(id >= 0 && id < <f32>vocabulary)) return -1;
  const row = <i32>id;
  return <f32>row == id ? row : -1;
}

/** y = w[ids]; NaN where an id is not in the table. */
export function embedding(y: usize, ids: usize, w: usize, count: i32, vocabulary: i32, size: i32): void {
  const bytes = <usize>size << 2;
  for (; count > 0; count--, ids += 4, y += bytes) {
    const row = rowOf(load<f32>(ids), vocabulary);
    if (row >= 0) memory.copy(y, w + <usize>row * bytes, bytes);
    else for (let at: usize = 0; at < bytes; at += 4) store<f32>(y + at, f32.NaN);
  }
}

/** dw[ids] += dy. */
export function embeddingBackward(dw: usize, dy: usize, ids: usize, count: i32, vocabulary: i32, size: i32): void {
  const bytes = <usize>size << 2;
  for (; count > 0; count--, ids += 4, dy += bytes) {
    const row = rowOf(load<f32>(ids), vocabulary);
    if (row >= 0) add(dw + <usize>row * bytes, dy, size);
  }
}
