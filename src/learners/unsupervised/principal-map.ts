// A flat map of many-dimensional rows: their coordinates on the two principal axes (Pearson 1901), found by
// power iteration on the covariance. For looking at; nothing learns from it.

const iterations = 24;

/** rows: [n, size] -> [n, 2], centred. */
export function principalMap(rows: Float32Array, n: number, size: number): Float32Array {
  const centred = new Float64Array(n * size);
  for (let j = 0; j < size; j++) {
    let sum = 0;
    for (let r = 0; r < n; r++) sum += rows[r * size + j]!;
    for (let r = 0; r < n; r++) centred[r * size + j] = rows[r * size + j]! - sum / n;
  }
  const map = new Float32Array(n * 2);
  for (let axis = 0; axis < 2; axis++) {
    const direction = principalAxis(centred, n, size);
    for (let r = 0; r < n; r++) {
      let along = 0;
      for (let j = 0; j < size; j++) along += centred[r * size + j]! * direction[j]!;
      map[r * 2 + axis] = along;
      // What lies along this axis is taken out, so that the next one finds the second.
      for (let j = 0; j < size; j++) centred[r * size + j] = centred[r * size + j]! - along * direction[j]!;
    }
  }
  return map;
}

function principalAxis(centred: Float64Array, n: number, size: number): Float64Array {
  // A start with no symmetry to get caught in, the same every time, so that the map does not flip about.
  let axis = Float64Array.from({ length: size }, (_, j) => 1 + (j % 7) / 7);
  for (let i = 0; i < iterations; i++) {
    const next = new Float64Array(size);
    for (let r = 0; r < n; r++) {
      let along = 0;
      for (let j = 0; j < size; j++) along += centred[r * size + j]! * axis[j]!;
      for (let j = 0; j < size; j++) next[j] = next[j]! + along * centred[r * size + j]!;
    }
    let squares = 0;
    for (let j = 0; j < size; j++) squares += next[j]! ** 2;
    if (squares === 0) return axis.fill(0);
    const norm = Math.sqrt(squares);
    axis = next.map((x) => x / norm);
  }
  return axis;
}
