// Moves numbers so that the loops find them side by side: packing, transposing. Nothing is computed.

/** Where packed copies go: what the module's own constants leave of the memory's first page. */
@inline
export function packedAt(): usize {
  return (__heap_base + 15) & ~15;
}

/** Copies `depth` rows of `bytes` each, `stride` apart, so that they follow one another. */
export function pack(to: usize, from: usize, stride: usize, depth: i32, bytes: usize): void {
  for (let k = depth; k > 0; k--, from += stride) {
    let at: usize = 0;
    for (; at + 16 <= bytes; at += 16, to += 16) v128.store(to, v128.load(from + at));
    for (; at < bytes; at += 4, to += 4) store<f32>(to, load<f32>(from + at));
  }
}

/** 4 by 4 numbers of m, transposed into t. */
@inline
function transpose4x4(t: usize, tRow: usize, m: usize, mRow: usize): void {
  const a = v128.load(m);
  const b = v128.load(m + mRow);
  const c = v128.load(m + 2 * mRow);
  const d = v128.load(m + 3 * mRow);
  const ab = i32x4.shuffle(a, b, 0, 4, 1, 5);
  const cd = i32x4.shuffle(c, d, 0, 4, 1, 5);
  const abHigh = i32x4.shuffle(a, b, 2, 6, 3, 7);
  const cdHigh = i32x4.shuffle(c, d, 2, 6, 3, 7);
  v128.store(t, i64x2.shuffle(ab, cd, 0, 2));
  v128.store(t + tRow, i64x2.shuffle(ab, cd, 1, 3));
  v128.store(t + 2 * tRow, i64x2.shuffle(abHigh, cdHigh, 0, 2));
  v128.store(t + 3 * tRow, i64x2.shuffle(abHigh, cdHigh, 1, 3));
}

/** t[columns,rows] = m[rows,columns] transposed, 16 rows at a time: so many fill a cache line of t. */
export function transpose(t: usize, m: usize, rows: i32, columns: i32): void {
  const width = <usize>columns << 2;
  const height = <usize>rows << 2;
  let row = 0;
  while (row < rows) {
    const group = min(16, rows - row);
    const whole = group & ~3;
    let from = m;
    let to = t;
    let column = 0;
    for (; column + 4 <= columns; column += 4, from += 16, to += 4 * height) {
      for (let i = 0; i < whole; i += 4) transpose4x4(to + (<usize>i << 2), height, from + <usize>i * width, width);
    }
    for (; column < columns; column++, from += 4, to += height) {
      for (let i = 0; i < whole; i++) store<f32>(to + (<usize>i << 2), load<f32>(from + <usize>i * width));
    }
    for (let i = whole; i < group; i++) {
      from = m + <usize>i * width;
      to = t + (<usize>i << 2);
      for (let k = 0; k < columns; k++, from += 4, to += height) store<f32>(to, load<f32>(from));
    }
    row += group;
    m += <usize>group * width;
    t += <usize>group << 2;
  }
}
