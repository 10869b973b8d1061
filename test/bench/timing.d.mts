export interface Timing {
  readonly min: number;
  readonly median: number;
  readonly spread: number;
}
export declare function measure(run: () => unknown, options?: { rounds?: number; atLeast?: number }): Timing;
export declare function summary(times: readonly number[]): Timing;
