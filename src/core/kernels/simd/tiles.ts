// The innermost loops of the matrix product: small tiles of c whose sums stay in registers. Plain multiply and add;
// lanes run along the columns, and each number is summed in ascending order of k by one lane.
//
// c = start + a b, where `a` is read through two strides in bytes (aRow from row to row, aStep from k to k) and `b`
// through one (bRow). `bias` says where the sums start: at bias[column], overwriting c; or, if 0, at zero, adding to c.
// A last vector of columns may overlap the one before it; only its `fresh` last lanes are then stored.

/** sum + x * w, rounded twice: never fused, so that every machine agrees. */
@inline
export function mulAdd(sum: v128, x: v128, w: v128): v128 {
  return f32x4.add(sum, f32x4.mul(x, w));
}

/** Stores a finished vector of sums, or adds it to what is there. */
@inline
export function put(c: usize, sum: v128, add: bool): void {
  v128.store(c, add ? f32x4.add(v128.load(c), sum) : sum);
}

/** As `put`, for the last `fresh` lanes only: the others belong to columns that are done. */
@inline
export function putLast(c: usize, sum: v128, add: bool, fresh: i32): void {
  if (fresh == 4) {
    put(c, sum, add);
  } else {
    const value = add ? f32x4.add(v128.load(c), sum) : sum;
    v128.store_lane<f32>(c, value, 3, 12);
    if (fresh > 1) v128.store_lane<f32>(c, value, 2, 8);
    if (fresh > 2) v128.store_lane<f32>(c, value, 1, 4);
  }
}

@inline
function startAt(bias: usize): v128 {
  return bias ? v128.load(bias) : f32x4.splat(0);
}

/**
 * 4 rows by 2 vectors, the second `second` bytes after the first. Eight sums are enough to hide the latency of an
 * addition and leave registers for two vectors of `b`, one number of `a` and a product; unrolled further, or with
 * more sums, engines run out of the 15 they have and it is slower. `across`: rows of `a` lie side by side (aRow = 4).
 */
@inline
export function tile4x8(
  across: bool,
  c: usize,
  cRow: usize,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bRow: usize,
  second: usize,
  bias: usize,
  inner: i32,
  fresh: i32,
): void {
  let s00 = startAt(bias);
  let s01 = startAt(bias ? bias + second : 0);
  let s10 = s00;
  let s11 = s01;
  let s20 = s00;
  let s21 = s01;
  let s30 = s00;
  let s31 = s01;
  let a1 = a + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  for (let k = inner; k > 0; k--) {
    const w0 = v128.load(b);
    const w1 = v128.load(b + second);
    b += bRow;
    let x = v128.load_splat<f32>(a);
    s00 = mulAdd(s00, x, w0);
    s01 = mulAdd(s01, x, w1);
    x = across ? v128.load_splat<f32>(a, 4) : v128.load_splat<f32>(a1);
    s10 = mulAdd(s10, x, w0);
    s11 = mulAdd(s11, x, w1);
    x = across ? v128.load_splat<f32>(a, 8) : v128.load_splat<f32>(a2);
    s20 = mulAdd(s20, x, w0);
    s21 = mulAdd(s21, x, w1);
    x = across ? v128.load_splat<f32>(a, 12) : v128.load_splat<f32>(a3);
    s30 = mulAdd(s30, x, w0);
    s31 = mulAdd(s31, x, w1);
    a += aStep;
    if (!across) {
      a1 += aStep;
      a2 += aStep;
      a3 += aStep;
    }
  }
  const add = !bias;
  put(c, s00, add);
  putLast(c + second, s01, add, fresh);
  c += cRow;
  put(c, s10, add);
  putLast(c + second, s11, add, fresh);
  c += cRow;
  put(c, s20, add);
  putLast(c + second, s21, add, fresh);
  c += cRow;
  put(c, s30, add);
  putLast(c + second, s31, add, fresh);
}

/** 4 rows by 1 vector. */
export function tile4x4(
  c: usize,
  cRow: usize,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bRow: usize,
  bias: usize,
  inner: i32,
  fresh: i32,
): void {
  let s0 = startAt(bias);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let a1 = a + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  for (let k = inner; k > 0; k--) {
    const w = v128.load(b);
    b += bRow;
    s0 = mulAdd(s0, v128.load_splat<f32>(a), w);
    s1 = mulAdd(s1, v128.load_splat<f32>(a1), w);
    s2 = mulAdd(s2, v128.load_splat<f32>(a2), w);
    s3 = mulAdd(s3, v128.load_splat<f32>(a3), w);
    a += aStep;
    a1 += aStep;
    a2 += aStep;
    a3 += aStep;
  }
  const add = !bias;
  putLast(c, s0, add, fresh);
  c += cRow;
  putLast(c, s1, add, fresh);
  c += cRow;
  putLast(c, s2, add, fresh);
  c += cRow;
  putLast(c, s3, add, fresh);
}

/** 2 rows by 4 vectors. `across`: rows of `a` lie side by side. */
export function tile2x16(
  c: usize,
  cRow: usize,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bRow: usize,
  bias: usize,
  inner: i32,
): void {
  let s00 = startAt(bias);
  let s01 = startAt(bias ? bias + 16 : 0);
  let s02 = startAt(bias ? bias + 32 : 0);
  let s03 = startAt(bias ? bias + 48 : 0);
  let s10 = s00;
  let s11 = s01;
  let s12 = s02;
  let s13 = s03;
  for (let k = inner; k > 0; k--) {
    const x0 = v128.load_splat<f32>(a);
    const x1 = v128.load_splat<f32>(a + aRow);
    a += aStep;
    let w = v128.load(b);
    s00 = mulAdd(s00, x0, w);
    s10 = mulAdd(s10, x1, w);
    w = v128.load(b, 16);
    s01 = mulAdd(s01, x0, w);
    s11 = mulAdd(s11, x1, w);
    w = v128.load(b, 32);
    s02 = mulAdd(s02, x0, w);
    s12 = mulAdd(s12, x1, w);
    w = v128.load(b, 48);
    s03 = mulAdd(s03, x0, w);
    s13 = mulAdd(s13, x1, w);
    b += bRow;
  }
  const add = !bias;
  put(c, s00, add);
  put(c + 16, s01, add);
  put(c + 32, s02, add);
  put(c + 48, s03, add);
  c += cRow;
  put(c, s10, add);
  put(c + 16, s11, add);
  put(c + 32, s12, add);
  put(c + 48, s13, add);
}

/** 1 row by 4 vectors. */
export function tile1x16(c: usize, a: usize, aStep: usize, b: usize, bRow: usize, bias: usize, inner: i32): void {
  let s0 = startAt(bias);
  let s1 = startAt(bias ? bias + 16 : 0);
  let s2 = startAt(bias ? bias + 32 : 0);
  let s3 = startAt(bias ? bias + 48 : 0);
  for (let k = inner; k > 0; k--) {
    const x = v128.load_splat<f32>(a);
    a += aStep;
    s0 = mulAdd(s0, x, v128.load(b));
    s1 = mulAdd(s1, x, v128.load(b, 16));
    s2 = mulAdd(s2, x, v128.load(b, 32));
    s3 = mulAdd(s3, x, v128.load(b, 48));
    b += bRow;
  }
  const add = !bias;
  put(c, s0, add);
  put(c + 16, s1, add);
  put(c + 32, s2, add);
  put(c + 48, s3, add);
}

/** 1 row by 1 vector. */
export function tile1x4(
  c: usize,
  a: usize,
  aStep: usize,
  b: usize,
  bRow: usize,
  bias: usize,
  inner: i32,
  fresh: i32,
): void {
  let sum = startAt(bias);
  for (let k = inner; k > 0; k--) {
    sum = mulAdd(sum, v128.load_splat<f32>(a), v128.load(b));
    a += aStep;
    b += bRow;
  }
  putLast(c, sum, !bias, fresh);
}
