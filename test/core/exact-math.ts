// The true values of exp, log, sin, cos, tanh and pow to hundreds of bits, in whole numbers: a fixed-point number of
// `bits` bits after the point and a power of two. Slow, and only for tests.

const bits = 512n;
const one = 1n << bits;

/** value = fraction / 2^bits * 2^power */
export interface Exact {
  readonly fraction: bigint;
  readonly power: number;
}

const words = new DataView(new ArrayBuffer(8));

/** x = mantissa * 2^exponent, exactly. */
function split(x: number): { mantissa: bigint; exponent: number } {
  words.setFloat64(0, x);
  const high = words.getUint32(0);
  const field = (high >>> 20) & 0x7ff;
  const fraction = (BigInt(high & 0xfffff) << 32n) | BigInt(words.getUint32(4));
  const mantissa = field === 0 ? fraction : fraction | (1n << 52n);
  return { mantissa: x < 0 ? -mantissa : mantissa, exponent: Math.max(field, 1) - 1075 };
}

const shifted = (value: bigint, by: number): bigint => (by >= 0 ? value << BigInt(by) : value >> BigInt(-by));

/** x in fixed point with `after` bits after the point (exact where they suffice). */
const fixed = (x: number, after = bits): bigint => {
  const { mantissa, exponent } = split(x);
  return shifted(mantissa, exponent + Number(after));
};

/** 1/n + s/(3 n^3) + 1/(5 n^5) + ...: artanh(1/n) for s = 1, arctan(1/n) for s = -1, with `after` bits. */
function inverseSeries(n: bigint, s: bigint, after: bigint): bigint {
  let power = (1n << after) / n;
  let sum = power;
  for (let k = 3n; power !== 0n; k += 2n) {
    power = (s * power) / (n * n);
    sum += power / k;
  }
  return sum;
}

const ln2 =
  18n * inverseSeries(26n, 1n, bits) -
  2n * inverseSeries(4801n, 1n, bits) +
  8n * inverseSeries(8749n, 1n, bits);
const piBits = 1600n;
/** Machin 1706. */
const pi = 4n * (4n * inverseSeries(5n, -1n, piBits) - inverseSeries(239n, -1n, piBits));

/** e^r for |r| < 1, in fixed point. */
function expSeries(r: bigint): bigint {
  let term = one;
  let sum = one;
  for (let k = 1n; term !== 0n && term !== -1n; k++) {
    term = (term * r) / (one * k);
    sum += term;
  }
  return sum;
}

/** e^x of a fixed-point x. */
function expOf(x: bigint): Exact {
  const k = (2n * x + ln2) / (2n * ln2) - (2n * x + ln2 < 0n ? 1n : 0n);
  return { fraction: expSeries(x - k * ln2), power: Number(k) };
}

/** log x in fixed point, from s = (m - 1) / (m + 1), x = m 2^k. */
function logOf(x: number): bigint {
  const { mantissa, exponent } = split(x);
  let k = exponent + mantissa.toString(2).length;
  let m = shifted(mantissa, Number(bits) - mantissa.toString(2).length);
  // m in [1/2, 1): towards 1 from both sides.
  if (m * m * 2n < one * one) {
    m *= 2n;
    k -= 1;
  }
  const s = ((m - one) * one) / (m + one);
  const square = (s * s) / one;
  let power = s;
  let sum = s;
  for (let n = 3n; power !== 0n && power !== -1n; n += 2n) {
    power = (power * square) / one;
    sum += power / n;
  }
  return 2n * sum + BigInt(k) * ln2;
}

export const exactExp = (x: number): Exact => expOf(fixed(x));
export const exactLog = (x: number): Exact => ({ fraction: logOf(x), power: 0 });
/** x > 0. */
export function exactPow(x: number, y: number): Exact {
  const { mantissa, exponent } = split(y);
  return expOf(shifted(logOf(x) * mantissa, exponent));
}

/** (t - 1) / (t + 1), t = e^2x. */
export function exactTanh(x: number): Exact {
  const { fraction, power } = expOf(2n * fixed(x));
  const t = shifted(fraction, power);
  return { fraction: ((t - one) * one) / (t + one), power: 0 };
}

/** sin(x + quarters * pi / 2). */
function sinOf(x: number, quarters: bigint): Exact {
  const all = fixed(x, piBits);
  const quarter = pi / 2n;
  const n = (2n * all + quarter) / pi - (2n * all + quarter < 0n ? 1n : 0n);
  const rest = all - n * quarter;
  const turn = (((n + quarters) % 4n) + 4n) % 4n;
  // sin or cos of the rest by its series, at full width: the rest may be tiny.
  const scale = 1n << piBits;
  const square = (rest * rest) / scale;
  let term = turn % 2n === 0n ? rest : scale;
  let sum = term;
  for (let k = turn % 2n === 0n ? 2n : 1n; term !== 0n && term !== -1n; k += 2n) {
    term = -(term * square) / (scale * k * (k + 1n));
    sum += term;
  }
  const value = turn >= 2n ? -sum : sum;
  // Scaled so that a tiny value keeps its bits.
  const lead = value.toString(2).replace('-', '').length - Number(piBits);
  return { fraction: shifted(value, Number(bits - piBits) - lead), power: lead };
}

export const exactSin = (x: number): Exact => sinOf(x, 0n);
export const exactCos = (x: number): Exact => sinOf(x, 1n);

/** |ours - true| / |true|. */
export function relativeError(ours: number, truth: Exact): number {
  const { mantissa, exponent } = split(ours);
  const scaled = shifted(mantissa, exponent + Number(bits) - truth.power);
  const difference = scaled - truth.fraction;
  const size = truth.fraction < 0n ? -truth.fraction : truth.fraction;
  if (size === 0n) return difference === 0n ? 0 : Infinity;
  const quotient = ((difference < 0n ? -difference : difference) << 100n) / size;
  return Number(quotient) / 2 ** 100;
}

/** |ours - true| in units in the last place of a subnormal number, 2^-1074. */
export function subnormalUnits(ours: number, truth: Exact): number {
  const { mantissa, exponent } = split(ours);
  const scaled = shifted(mantissa, exponent + Number(bits) + 1074);
  const difference = scaled - shifted(truth.fraction, truth.power + 1074);
  return Number((difference < 0n ? -difference : difference) >> (bits - 20n)) / 2 ** 20;
}
