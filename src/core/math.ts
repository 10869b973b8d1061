// exp, log, sin, cos, tanh and pow in plain + - * / and bit operations, which IEEE 754 fixes to the last bit:
// the same run gives the same numbers in every engine, where Math.exp and its siblings differ. Errors stay
// within 1 to 2 units in the last place. Hot calls allocate nothing.
//
// The minimax coefficients are those of fdlibm (Sun Microsystems, 1993) and, for tanh, Cephes (S. Moshier).

// The bits of one float64, to read its exponent. The high word comes second: arena memory is little-endian by
// definition of WASM, and so is every machine that runs it.
const float = new Float64Array(1);
const words = new Int32Array(float.buffer);

/** Exponent field of x >= 0: floor(log2 x) + 1023, or 0 for zero and subnormal x. */
function exponentField(x: number): number {
  float[0] = x;
  return words[1]! >> 20;
}

// powers[k + 1074] = 2^k. A table, because setting exponent bits through `words` stalls on the way to a register.
const powers = new Float64Array(2098).fill(Number.MIN_VALUE);
for (let i = 1; i < powers.length; i++) powers[i] = powers[i - 1]! * 2;

const ln2High = 0.6931471803691238; // 33 significant bits: k * ln2High is exact for |k| < 2^20
const ln2Low = 1.9082149292705877e-10;

/** 2^k for -1074 <= k <= 1023. */
const powerOfTwo = (k: number): number => powers[k + 1074]!;

/** y * 2^k for |y| near 1, rounded once even where the result is subnormal. */
function scaleByPowerOfTwo(y: number, k: number): number {
  if (k > 1023) return y * 2 * powerOfTwo(k - 1);
  if (k < -1021) return y * powerOfTwo(k + 1000) * powerOfTwo(-1000);
  return y * powerOfTwo(k);
}

// What `split` found: x = 2^splitPower * splitFraction, sqrt(1/2) < splitFraction <= sqrt(2).
let splitFraction = 0;
let splitPower = 0;

/** Splits finite x > 0 into a power of two and a fraction around 1. */
function split(x: number): void {
  const subnormal = x < 2.2250738585072014e-308;
  const normal = subnormal ? x * 18014398509481984 : x;
  let k = exponentField(normal) - 1023;
  let m = normal * powerOfTwo(-k);
  if (m > Math.SQRT2) {
    m *= 0.5;
    k++;
  }
  splitFraction = m;
  splitPower = subnormal ? k - 54 : k;
}

/**
 * e^(x + tail) for finite x and |tail| below an ulp or so of x.
 * x = k ln2 + r, |r| <= ln2 / 2; e^r = 1 + 2r / (R(r^2) - r) with R even (fdlibm e_exp.c).
 */
function expOfSum(x: number, tail: number): number {
  if (x > 709.9) return Infinity;
  if (x < -745.2) return 0;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const high = x - k * ln2High;
  const low = k * ln2Low - tail;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (0.16666666666666602 +
        t *
          (-2.7777777777015593e-3 +
            t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))));
  return scaleByPowerOfTwo(1 - (low - (r * c) / (2 - c) - high), k);
}

/** e^x. exp(-Infinity) = 0, exp(Infinity) = Infinity, exp(NaN) = NaN. */
export const exp = (x: number): number => (Number.isNaN(x) ? x : expOfSum(x, 0));

/**
 * Natural logarithm. log(0) = -Infinity, log(Infinity) = Infinity, NaN for negative x and NaN.
 * x = 2^k (1 + f), sqrt(1/2) < 1 + f < sqrt(2); log(1 + f) from s = f / (2 + f) (fdlibm e_log.c).
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  split(x);
  const k = splitPower;
  const f = splitFraction - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const r =
    z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586))) +
    w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const half = 0.5 * f * f;
  return k * ln2High - (half - (s * (half + r) + k * ln2Low) - f);
}

/** sin(x + tail) for |x| <= pi/4 (fdlibm k_sin.c). */
function sinKernel(x: number, tail: number): number {
  const z = x * x;
  const cube = z * x;
  const r =
    8.33333333332249e-3 +
    z *
      (-1.984126982985795e-4 +
        z * (2.7557313707070068e-6 + z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)));
  return x - (z * (0.5 * tail - cube * r) - tail - cube * -0.16666666666666632);
}

/** cos(x + tail) for |x| <= pi/4 (fdlibm k_cos.c, in FreeBSD's branchless form). */
function cosKernel(x: number, tail: number): number {
  const z = x * x;
  const r =
    z *
    (4.16666666666666e-2 +
      z *
        (-1.388888888887411e-3 +
          z *
            (2.480158728947673e-5 +
              z * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11)))));
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (1 - w - half + (z * r - x * tail));
}

// What `reduce` found: x = quarters * pi/2 + rest[0] + rest[1]. An array, because a variable that outlives its call
// is a fresh number on the heap each time it is written.
const rest = new Float64Array(2);

/** Splits x into quarter turns (returned, modulo 4) and a remainder of at most pi/4 (and a little); NaN where x is not finite. */
function reduce(x: number): number {
  const n = Math.floor(x * 0.6366197723675814 + 0.5);
  // pi/2 in three parts; the first two have 33 bits, so their products with |n| < 2^20 are exact.
  const first = x - n * 1.5707963267341256;
  const second = n * 6.077100506303966e-11;
  const r = first - second;
  const w = n * 2.0222662487959506e-21 - (first - r - second);
  const remainder = r - w;
  rest[0] = remainder;
  rest[1] = r - remainder - w;
  const turns = Math.abs(n);
  // (An infinite x has left NaN.)
  // Too far out for the exact products, or so near a multiple of pi/2 that too few bits are left.
  if (turns >= 1048576 || Math.abs(remainder) < turns * 5.4e-20) {
    if (turns < Infinity) return reduceExactly(x);
  }
  return n & 3;
}

// floor(2/pi * 2^1280), for arguments up to the largest float64.
const twoOverPi = BigInt(
  '0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921c' +
    'fe1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980f' +
    'ef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d08' +
    '56033046fc7b6babf0cfbc209af4361d',
);

/** `reduce` in whole numbers, for the rare arguments that need over a thousand bits of pi; it does allocate. */
function reduceExactly(x: number): number {
  const shift = exponentField(Math.abs(x)) - 1075;
  const fraction = (BigInt((words[1]! & 0xfffff) | 0x100000) << 32n) | BigInt(words[0]! >>> 0);
  // |x| = fraction * 2^shift; quarters turned, with 1280 bits after the point:
  const product = fraction * twoOverPi;
  const turned = shift >= 0 ? product << BigInt(shift) : product >> BigInt(-shift);
  const nearest = (turned + (1n << 1279n)) >> 1280n;
  const left = turned - (nearest << 1280n);
  const r = Number(left >> 640n) * powerOfTwo(-640) * (Math.PI / 2);
  const quarters = Number(nearest & 3n);
  rest[0] = x < 0 ? -r : r;
  rest[1] = 0;
  return x < 0 ? -quarters & 3 : quarters;
}

// sin, cos, -sin and -cos of the remainder: a quarter turn is one place further. Looked up, because which quarter it will be
// is what a processor guesses wrong.
const circle = new Float64Array(4);

/** Writes the circle of finite x and returns the place of its sine; its cosine's is the next. */
function turn(x: number): number {
  const quarters = reduce(x);
  const s = sinKernel(rest[0]!, rest[1]!);
  const c = cosKernel(rest[0]!, rest[1]!);
  circle[0] = s;
  circle[1] = c;
  circle[2] = -s;
  circle[3] = -c;
  return quarters;
}

/** Sine of x radians, full accuracy for every finite x; NaN for infinite x and NaN. */
export function sin(x: number): number {
  if (Math.abs(x) < 0.785) return sinKernel(x, 0);
  return circle[turn(x)]!;
}

/** Cosine of x radians, full accuracy for every finite x; NaN for infinite x and NaN. */
export function cos(x: number): number {
  if (Math.abs(x) < 0.785) return cosKernel(x, 0);
  return circle[(turn(x) + 1) & 3]!;
}

/** Writes sin x and cos x to out[at] and out[at + 1]: the numbers of `sin` and `cos` in little more than the time of one. */
export function sinCos(x: number, out: Float64Array, at = 0): void {
  const quarters = turn(x);
  out[at] = circle[quarters]!;
  out[at + 1] = circle[(quarters + 1) & 3]!;
}

/**
 * Hyperbolic tangent; tanh(+-Infinity) = +-1, NaN stays NaN, the sign of zero is kept.
 * A rational function near 0 (Cephes tanh.c), 1 - 2 / (e^2x + 1) elsewhere.
 */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (size < 0.625) {
    if (x === 0) return x;
    const z = x * x;
    const p = (-0.9643991794250523 * z - 99.28772310019185) * z - 1614.6876844170845;
    const q = ((z + 112.81167849163293) * z + 2235.4883906010045) * z + 4844.063053251255;
    return x + x * ((z * p) / q);
  }
  const value = size > 22 ? 1 : 1 - 2 / (exp(2 * size) + 1);
  return x < 0 ? -value : value;
}

// The last double-double result: its value is `sum + error`.
let error = 0;

/** a + b for |a| >= |b|; leaves the exact rounding error in `error` (Dekker 1971). */
function addExactly(a: number, b: number): number {
  const sum = a + b;
  error = b - (sum - a);
  return sum;
}

/** a * b for moderate a and b; leaves the exact rounding error in `error` (Veltkamp, Dekker 1971). */
function multiplyExactly(a: number, b: number): number {
  const splitA = a * 134217729;
  const aHigh = splitA - (splitA - a);
  const aLow = a - aHigh;
  const splitB = b * 134217729;
  const bHigh = splitB - (splitB - b);
  const bLow = b - bHigh;
  const product = a * b;
  error = aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
  return product;
}

/** x^y for finite x > 0 and moderate y: e^(y log x), the logarithm carried to about 64 bits. */
function positivePower(x: number, y: number): number {
  split(x);
  const k = splitPower;
  // log m = 2 s (1 + s^2/3 + s^4/5 + ...), s = (m - 1) / (m + 1), |s| < 0.172; s and s^2/3 as double-doubles.
  const f = splitFraction - 1;
  const d = addExactly(2, f);
  const dLow = error;
  const s = f / d;
  const back = multiplyExactly(s, d);
  const sLow = (f - back - error - s * dLow) / d;
  const z = multiplyExactly(s, s);
  const zLow = error + 2 * s * sLow;
  const third = multiplyExactly(z, 1 / 3);
  const thirdLow = error + z * 1.850371707708594e-17 + zLow / 3;
  const series =
    1 / 5 +
    z *
      (1 / 7 +
        z *
          (1 / 9 + z * (1 / 11 + z * (1 / 13 + z * (1 / 15 + z * (1 / 17 + z * (1 / 19 + z * (1 / 21))))))));
  const rest = addExactly(third, thirdLow + z * z * series);
  const restLow = error;
  const cube = multiplyExactly(2 * s, rest);
  const cubeLow = error + 2 * s * restLow + 2 * sLow * rest;
  const logM = addExactly(2 * s, cube);
  const logMLow = error + cubeLow + 2 * sLow;
  // k ln2 is the larger part whenever it is there at all.
  const high = k === 0 ? logM : addExactly(k * ln2High, logM);
  const low = k === 0 ? logMLow : error + logMLow + k * ln2Low;
  const value = addExactly(high, low);
  const valueLow = error;
  const power = multiplyExactly(y, value);
  return expOfSum(power, error + y * valueLow);
}

/** x^y with the special cases of Math.pow: x^0 = 1, NaN for negative x with fractional y and for 1^Infinity. */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  const odd = Math.abs(y) < 9007199254740992 && y % 2 !== 0 && Number.isInteger(y);
  const size = Math.abs(x);
  if (size === 1 && Math.abs(y) === Infinity) return NaN;
  const negative = x < 0 || (x === 0 && 1 / x < 0);
  if (x < 0 && x !== -Infinity && !Number.isInteger(y) && Math.abs(y) !== Infinity) return NaN;
  let value: number;
  if (size === 1) value = 1;
  else if (size === 0 || size === Infinity || Math.abs(y) > 1e21) value = size > 1 === y > 0 ? Infinity : 0;
  else value = positivePower(size, y);
  return negative && odd ? -value : value;
}
