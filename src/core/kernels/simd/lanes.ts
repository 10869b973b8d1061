// Rows whose length is no multiple of four: whole vectors first, then one vector with 1 to 3 lanes in use.
// It goes through the same instructions as the others, so a number's bits never depend on its place.

/** `count` (1 to 3) floats from `at` on; the other lanes hold `fill`. */
// @ts-ignore: decorator
@inline
export function loadPartial(at: usize, count: i32, fill: f32 = 0): v128 {
  let v = f32x4.replace_lane(f32x4.splat(fill), 0, load<f32>(at));
  if (count > 1) v = v128.load_lane<f32>(at, v, 1, 4);
  if (count > 2) v = v128.load_lane<f32>(at, v, 2, 8);
  return v;
}

/** Stores the first `count` (1 to 3) lanes. */
// @ts-ignore: decorator
@inline
export function storePartial(at: usize, v: v128, count: i32): void {
  v128.store_lane<f32>(at, v, 0);
  if (count > 1) v128.store_lane<f32>(at, v, 1, 4);
  if (count > 2) v128.store_lane<f32>(at, v, 2, 8);
}

/** (lane 0 + lane 1) + (lane 2 + lane 3). */
// @ts-ignore: decorator
@inline
export function sumLanes(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) +
    f32x4.extract_lane(v, 1) +
    (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}
