export const bestMove = (_s: Float64Array, _p: unknown): number => 0;
