// Learning-rate schedules: a factor on the base rate as a function of progress p in [0, 1] through the budget. The
// one that looks at the loss instead, reduce on plateau, is in `plateau.ts`.
import { cos, pow } from './math.ts';

export const scheduleKinds = ['constant', 'step', 'exponential', 'linear', 'cosine', 'plateau'] as const;

export interface ScheduleSpec {
  readonly kind: (typeof scheduleKinds)[number];
  /** Factor at the end of the budget, where the schedule falls; above 0 for step and exponential. */
  readonly floor: number;
  /** step: how many equal falls there are; 4 if left out. */
  readonly drops?: number;
  /** Share of the budget in which the factor first rises in a straight line to 1 (Goyal et al. 2017); the rest follows. */
  readonly warmup?: number;
  /** Factor at the very start of the warm-up; 0 if left out. */
  readonly warmupFrom?: number;
}

/**
 * constant, plateau: 1 | step: floor^(k / drops), k = floor(p drops) | exponential: floor^p |
 * linear: 1 + (floor - 1) p | cosine: floor + (1 - floor) (1 + cos(pi p)) / 2 (Loshchilov & Hutter 2017, eq. 5, without
 * restarts). A warm-up comes before any of them, which then has what is left of the budget for itself.
 */
export function scheduleFactor(spec: ScheduleSpec, progress: number): number {
  const all = Math.min(Math.max(progress, 0), 1);
  const { warmup = 0, warmupFrom = 0 } = spec;
  if (all < warmup) return warmupFrom + ((1 - warmupFrom) * all) / warmup;
  const p = warmup > 0 ? (warmup < 1 ? (all - warmup) / (1 - warmup) : 0) : all;
  switch (spec.kind) {
    case 'constant':
    case 'plateau':
      return 1;
    case 'step': {
      const { drops = 4 } = spec;
      // A little more, so that the fall comes at its update and not one later by rounding.
      return pow(spec.floor, Math.floor(p * drops + 1e-9) / drops);
    }
    case 'exponential':
      return pow(spec.floor, p);
    case 'linear':
      return 1 + (spec.floor - 1) * p;
    case 'cosine':
      return spec.floor + ((1 - spec.floor) * (1 + cos(Math.PI * p))) / 2;
    default:
      return spec.kind satisfies never;
  }
}
