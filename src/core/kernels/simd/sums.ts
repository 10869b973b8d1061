// Column sums: the gradient of a bias.
import { put, putLast } from './tiles';

const narrowSums = memory.data(48, 16);

/** db[columns] += sums of the columns of dy[rows,columns]. */
export function addColumnSums(db: usize, dy: usize, rows: i32, columns: i32): void {
  if (columns < 4) {
    addNarrowColumnSums(db, dy, rows, columns);
    return;
  }
  const width = <usize>columns << 2;
  let left = columns;
  for (; left >= 16; left -= 16, db += 64, dy += 64) {
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let at = dy;
    for (let row = rows; row > 0; row--, at += width) {
      s0 = f32x4.add(s0, v128.load(at));
      s1 = f32x4.add(s1, v128.load(at, 16));
      s2 = f32x4.add(s2, v128.load(at, 32));
      s3 = f32x4.add(s3, v128.load(at, 48));
    }
    put(db, s0, true);
    put(db + 16, s1, true);
    put(db + 32, s2, true);
    put(db + 48, s3, true);
  }
  while (left > 0) {
    const fresh = min(left, 4);
    const back = <usize>(4 - fresh) << 2;
    let sum = f32x4.splat(0);
    let at = dy - back;
    for (let row = rows; row > 0; row--, at += width) sum = f32x4.add(sum, v128.load(at));
    putLast(db - back, sum, true, fresh);
    left -= fresh;
    db += 16;
    dy += 16;
  }
}

/** As above for 1, 2 or 3 columns: 12 numbers are whole rows of any of them. */
function addNarrowColumnSums(db: usize, dy: usize, rows: i32, columns: i32): void {
  let left = rows * columns;
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  for (; left >= 12; left -= 12, dy += 48) {
    s0 = f32x4.add(s0, v128.load(dy));
    s1 = f32x4.add(s1, v128.load(dy, 16));
    s2 = f32x4.add(s2, v128.load(dy, 32));
  }
  v128.store(narrowSums, s0);
  v128.store(narrowSums, s1, 16);
  v128.store(narrowSums, s2, 32);
  for (let column = 0; column < columns; column++) {
    let sum: f32 = 0;
    for (let i = column; i < 12; i += columns) sum += load<f32>(narrowSums + (i << 2));
    for (let i = column; i < left; i += columns) sum += load<f32>(dy + (i << 2));
    store<f32>(db + (column << 2), load<f32>(db + (column << 2)) + sum);
  }
}
