// Learning-rate schedules: a factor on the base rate as a function of progress p in [0, 1] through the budget.
import { cos } from './math.ts';

export const scheduleKinds = ['constant', 'linear', 'cosine'] as const;

export interface ScheduleSpec {
  readonly kind: (typeof scheduleKinds)[number];
  /** Factor at the end of the budget, where the schedule falls. */
  readonly floor: number;
}

/**
 * constant: 1 | linear: 1 + (floor - 1) p | cosine: floor + (1 - floor) (1 + cos(pi p)) / 2
 * (Loshchilov & Hutter 2017, eq. 5, without restarts).
 */
export function scheduleFactor(spec: ScheduleSpec, progress: number): number {
  const p = Math.min(Math.max(progress, 0), 1);
  switch (spec.kind) {
    case 'constant':
      return 1;
    case 'linear':
      return 1 + (spec.floor - 1) * p;
    case 'cosine':
      return spec.floor + ((1 - spec.floor) * (1 + cos(Math.PI * p))) / 2;
    default:
      return spec.kind satisfies never;
  }
}
