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

/** t[columns,rows] = m[rows,columns] transposed, in blocks of 4 by 4. */
export function transpose(t: usize, m: usize, rows: i32, columns: i32): void {
  const width = <usize>columns << 2;
  const height = <usize>rows << 2;
  let row = 0;
  for (; row + 4 <= rows; row += 4, t += 16, m += 4 * width) {
    let from = m;
    let to = t;
    let column = 0;
    for (; column + 4 <= columns; column += 4, from += 16) {
      const a = v128.load(from);
      const b = v128.load(from + width);
      const c = v128.load(from + 2 * width);
      const d = v128.load(from + 3 * width);
      const ab = i32x4.shuffle(a, b, 0, 4, 1, 5);
      const cd = i32x4.shuffle(c, d, 0, 4, 1, 5);
      const abHigh = i32x4.shuffle(a, b, 2, 6, 3, 7);
      const cdHigh = i32x4.shuffle(c, d, 2, 6, 3, 7);
      v128.store(to, i64x2.shuffle(ab, cd, 0, 2));
      to += height;
      v128.store(to, i64x2.shuffle(ab, cd, 1, 3));
      to += height;
      v128.store(to, i64x2.shuffle(abHigh, cdHigh, 0, 2));
      to += height;
      v128.store(to, i64x2.shuffle(abHigh, cdHigh, 1, 3));
      to += height;
    }
    for (; column < columns; column++, from += 4, to += height) {
      for (let i: usize = 0; i < 4; i++) store<f32>(to + 4 * i, load<f32>(from + i * width));
    }
  }
  for (; row < rows; row++, t += 4) {
    let to = t;
    for (let column = 0; column < columns; column++, m += 4, to += height) store<f32>(to, load<f32>(m));
  }
}
