// Rows whose length is no multiple of four: whole vectors first, then one vector with 1 to 3 lanes in use.
// It goes through the same instructions as the others, so a number's bits never depend on its place.

/** `count` (1 to 3) floats from `at` on; the other lanes hold `fill`. */
@inline
export function loadPartial(at: usize, count: i32, fill: f32 = 0): v128 {
  let v = f32x4.replace_lane(f32x4.splat(fill), 0, load<f32>(at));
  if (count > 1) v = v128.load_lane<f32>(at, v, 1, 4);
  if (count > 2) v = v128.load_lane<f32>(at, v, 2, 8);
  return v;
}

/** Stores the first `count` (1 to 3) lanes. */
@inline
export function storePartial(at: usize, v: v128, count: i32): void {
  v128.store_lane<f32>(at, v, 0);
  if (count > 1) v128.store_lane<f32>(at, v, 1, 4);
  if (count > 2) v128.store_lane<f32>(at, v, 2, 8);
}

/** `count` floats, four from 4 on; other lanes are 0. */
@inline
export function take(at: usize, count: i32): v128 {
  return count >= 4 ? v128.load(at) : loadPartial(at, count);
}

/** Stores the first `count` lanes, all from 4 on. */
@inline
export function give(at: usize, v: v128, count: i32): void {
  if (count >= 4) v128.store(at, v);
  else storePartial(at, v, count);
}

/** (lane 0 + lane 2) + (lane 1 + lane 3). */
@inline
export function sumLanes(v: v128): f32 {
  const halves = f32x4.add(v, i64x2.shuffle(v, v, 1, 0));
  return f32x4.extract_lane(halves, 0) + f32x4.extract_lane(halves, 1);
}

/** `sumLanes` of four vectors, one per lane. */
@inline
export function sumLanesOf4(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(i32x4.shuffle(a, b, 0, 4, 1, 5), i32x4.shuffle(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(i32x4.shuffle(c, d, 0, 4, 1, 5), i32x4.shuffle(c, d, 2, 6, 3, 7));
  return f32x4.add(i64x2.shuffle(ab, cd, 0, 2), i64x2.shuffle(ab, cd, 1, 3));
}
