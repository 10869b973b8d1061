// Linear regression in closed form: W minimises |X W - Y|^2 + r |W|^2 over rows, with a free constant; (X'X + r I) W = X'Y by
// Cholesky's factorisation, in float64 (Hoerl & Kennard 1970 for the ridge r).

/** A linear map and its constant: [inputs + 1, outputs], the constant last. */
export interface LinearMap {
  readonly weights: Float64Array;
  readonly inputs: number;
  readonly outputs: number;
}

/** The ridge as a share of the mean square of an input: what two inputs say alike must not blow up. */
const ridge = 1e-6;

/** @param x [n, inputs] @param y [n, outputs] */
export function leastSquares(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  n: number,
  inputs: number,
  outputs: number,
): LinearMap {
  const size = inputs + 1;
  const gram = new Float64Array(size * size);
  const weights = new Float64Array(size * outputs);
  const row = new Float64Array(size);
  for (let r = 0; r < n; r++) {
    for (let i = 0; i < inputs; i++) row[i] = x[r * inputs + i]!;
    row[inputs] = 1;
    for (let i = 0; i < size; i++) {
      const a = row[i]!;
      // Frames are nearly empty.
      if (a === 0) continue;
      for (let j = 0; j <= i; j++) gram[i * size + j] = gram[i * size + j]! + a * row[j]!;
      for (let o = 0; o < outputs; o++) {
        weights[i * outputs + o] = weights[i * outputs + o]! + a * y[r * outputs + o]!;
      }
    }
  }
  let trace = 0;
  for (let i = 0; i < inputs; i++) trace += gram[i * size + i]!;
  const added = ridge * (trace / Math.max(inputs, 1)) + 1e-12;
  for (let i = 0; i < inputs; i++) gram[i * size + i] = gram[i * size + i]! + added;
  factorize(gram, size);
  solve(gram, weights, size, outputs);
  return { weights, inputs, outputs };
}

/** A = L L' in place, lower half. */
function factorize(a: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= a[i * size + k]! * a[j * size + k]!;
      a[i * size + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / a[j * size + j]!;
    }
  }
}

/** Replaces b [size, columns] by the solution of L L' x = b. */
function solve(l: Float64Array, b: Float64Array, size: number, columns: number): void {
  for (let c = 0; c < columns; c++) {
    for (let i = 0; i < size; i++) {
      let sum = b[i * columns + c]!;
      for (let k = 0; k < i; k++) sum -= l[i * size + k]! * b[k * columns + c]!;
      b[i * columns + c] = sum / l[i * size + i]!;
    }
    for (let i = size - 1; i >= 0; i--) {
      let sum = b[i * columns + c]!;
      for (let k = i + 1; k < size; k++) sum -= l[k * size + i]! * b[k * columns + c]!;
      b[i * columns + c] = sum / l[i * size + i]!;
    }
  }
}

/** Share of each output's variance over n rows that the map accounts for (R²): 1 all, 0 none; NaN where it does not vary. */
export function explainedBy(
  { weights, inputs, outputs }: LinearMap,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  n: number,
): Float64Array {
  return Float64Array.from({ length: outputs }, (_, o) => {
    let [missed, sum, squares] = [0, 0, 0];
    for (let r = 0; r < n; r++) {
      let answer = weights[inputs * outputs + o]!;
      for (let i = 0; i < inputs; i++) answer += x[r * inputs + i]! * weights[i * outputs + o]!;
      const truth = y[r * outputs + o]!;
      missed += (truth - answer) ** 2;
      sum += truth;
      squares += truth * truth;
    }
    const spread = squares - (sum * sum) / n;
    return spread > 1e-12 * squares ? 1 - missed / spread : Number.NaN;
  });
}
