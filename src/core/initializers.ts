// Initialisers: how a parameter's values begin. fanIn and fanOut as in the papers named beside each.
import type { Random } from './random.ts';

export type InitializerSpec =
  | { readonly scheme: 'zeros' }
  | { readonly scheme: 'constant'; readonly value: number }
  /** Semi-orthogonal matrix times gain (Saxe, McClelland & Ganguli 2014). */
  | { readonly scheme: 'orthogonal'; readonly gain: number }
  /** U(-limit, limit). */
  | { readonly scheme: 'uniform'; readonly limit: number }
  /** N(0, deviation^2). */
  | { readonly scheme: 'normal'; readonly deviation: number }
  /** For a lesson: ten times He's deviation, so that signals and gradients grow about tenfold a layer. */
  | { readonly scheme: 'tooLarge' }
  /** For a lesson: a hundredth of He's deviation, so that signals and gradients vanish within a few layers. */
  | { readonly scheme: 'tooSmall' }
  /** N(0, 2 / fanIn), for ReLU (He et al. 2015, eq. 10). */
  | { readonly scheme: 'he' }
  /** U(-a, a), a = sqrt(6 / (fanIn + fanOut)) (Glorot & Bengio 2010, eq. 16). */
  | { readonly scheme: 'xavier' };

/** Writes initial values for one parameter of the given shape; the last dimension counts outputs. */
export function initialize(
  values: Float32Array,
  shape: readonly number[],
  init: InitializerSpec,
  fanIn: number,
  fanOut: number,
  random: Random,
): void {
  switch (init.scheme) {
    case 'zeros':
      values.fill(0);
      return;
    case 'constant':
      values.fill(init.value);
      return;
    case 'uniform':
      uniform(values, init.limit, random);
      return;
    case 'normal':
      normal(values, init.deviation, random);
      return;
    case 'he':
      normal(values, Math.sqrt(2 / fanIn), random);
      return;
    case 'tooLarge':
      normal(values, 10 * Math.sqrt(2 / fanIn), random);
      return;
    case 'tooSmall':
      normal(values, 0.01 * Math.sqrt(2 / fanIn), random);
      return;
    case 'xavier':
      uniform(values, Math.sqrt(6 / (fanIn + fanOut)), random);
      return;
    case 'orthogonal': {
      const columns = shape[shape.length - 1]!;
      orthogonal(values, values.length / columns, columns, init.gain, random);
      return;
    }
    default:
      init satisfies never;
  }
}

function uniform(values: Float32Array, limit: number, random: Random): void {
  for (let i = 0; i < values.length; i++) values[i] = limit * (2 * random.next() - 1);
}

function normal(values: Float32Array, deviation: number, random: Random): void {
  for (let i = 0; i < values.length; i++) values[i] = deviation * random.normal();
}

/**
 * Orthonormal vectors along the shorter side, by modified Gram-Schmidt on normal draws: the same
 * distribution as the QR route, in a fixed order of plain float64 arithmetic.
 */
function orthogonal(values: Float32Array, rows: number, columns: number, gain: number, random: Random): void {
  const count = Math.min(rows, columns);
  const length = Math.max(rows, columns);
  const vectors = Array.from({ length: count }, () => Float64Array.from({ length }, () => random.normal()));
  for (let i = 0; i < count; i++) {
    const v = vectors[i]!;
    // Twice is enough (Giraud et al. 2005): the second pass removes what rounding left behind.
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < i; j++) {
        const u = vectors[j]!;
        let dot = 0;
        for (let k = 0; k < length; k++) dot += u[k]! * v[k]!;
        for (let k = 0; k < length; k++) v[k] = v[k]! - dot * u[k]!;
      }
    }
    let squares = 0;
    for (let k = 0; k < length; k++) squares += v[k]! * v[k]!;
    const norm = Math.sqrt(squares);
    for (let k = 0; k < length; k++) v[k] = v[k]! / norm;
  }
  const tall = rows >= columns;
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      values[r * columns + c] = gain * (tall ? vectors[c]![r]! : vectors[r]![c]!);
    }
  }
}
