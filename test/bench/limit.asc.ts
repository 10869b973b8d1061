// The machine's own limit, for the benchmark alone: sums of products in registers, nothing but the loop around them.
// (AssemblyScript; compiled by scripts/bench.mjs.)

@inline
function step(sum: v128, x: v128, w: v128): v128 {
  return f32x4.add(sum, f32x4.mul(x, w));
}

/** 8 chains: 4 numbers held in registers times 2 vectors read each round. @returns something that needs every sum. */
export function chains8(at: usize, rounds: i32): f32 {
  const x0 = v128.load(at);
  const x1 = v128.load(at, 16);
  const x2 = v128.load(at, 32);
  const x3 = v128.load(at, 48);
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let s4 = s0;
  let s5 = s0;
  let s6 = s0;
  let s7 = s0;
  for (let i = rounds; i > 0; i--) {
    const from = at + ((<usize>i & 15) << 5);
    const w0 = v128.load(from, 64);
    const w1 = v128.load(from, 80);
    s0 = step(s0, x0, w0);
    s1 = step(s1, x1, w0);
    s2 = step(s2, x2, w0);
    s3 = step(s3, x3, w0);
    s4 = step(s4, x0, w1);
    s5 = step(s5, x1, w1);
    s6 = step(s6, x2, w1);
    s7 = step(s7, x3, w1);
  }
  const a = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
  const b = f32x4.add(f32x4.add(s4, s5), f32x4.add(s6, s7));
  return f32x4.extract_lane(f32x4.add(a, b), 0);
}

/** 12 chains: 3 numbers held in registers times 4 vectors read each round. */
export function chains12(at: usize, rounds: i32): f32 {
  const x0 = v128.load(at);
  const x1 = v128.load(at, 16);
  const x2 = v128.load(at, 32);
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let s4 = s0;
  let s5 = s0;
  let s6 = s0;
  let s7 = s0;
  let s8 = s0;
  let s9 = s0;
  let s10 = s0;
  let s11 = s0;
  for (let i = rounds; i > 0; i--) {
    const from = at + ((<usize>i & 15) << 6);
    let w = v128.load(from, 64);
    s0 = step(s0, x0, w);
    s1 = step(s1, x1, w);
    s2 = step(s2, x2, w);
    w = v128.load(from, 80);
    s3 = step(s3, x0, w);
    s4 = step(s4, x1, w);
    s5 = step(s5, x2, w);
    w = v128.load(from, 96);
    s6 = step(s6, x0, w);
    s7 = step(s7, x1, w);
    s8 = step(s8, x2, w);
    w = v128.load(from, 112);
    s9 = step(s9, x0, w);
    s10 = step(s10, x1, w);
    s11 = step(s11, x2, w);
  }
  const a = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
  const b = f32x4.add(f32x4.add(s4, s5), f32x4.add(s6, s7));
  const c = f32x4.add(f32x4.add(s8, s9), f32x4.add(s10, s11));
  return f32x4.extract_lane(f32x4.add(f32x4.add(a, b), c), 0);
}
