// Several arms over several seeds, on the same budget and the same evaluation: what transfer claims are made of
// (Taylor & Stone 2009). An arm differs from the others in what it starts from, and in nothing else.
import type { KernelFactory } from '../core/kernels.ts';
import type { NetworkSpec } from '../core/network.ts';
import type { TensorMap } from '../core/safetensors.ts';
import type { TransferPlan } from '../models/transfer-plan.ts';
import type { Recipe } from './recipe.ts';
import { createSession } from './session.ts';

export interface Arm {
  readonly title: string;
  /** Null: from scratch. */
  readonly plan: TransferPlan | null;
  /** Copy nothing although there is a plan: a control for what freezing alone does. */
  readonly blank?: boolean;
}

/** The arms that an honest comparison needs, for a source of the given spec. */
export function transferArms(spec: NetworkSpec): readonly Arm[] {
  const heads = Object.keys(spec.heads);
  // Frozen features need the statistics they were learned with, where there are any.
  const body = spec.normalize ? ['trunk', 'input'] : ['trunk'];
  return [
    { title: 'from scratch', plan: null },
    { title: 'fine-tune all', plan: { fresh: [], freeze: [] } },
    { title: 'new heads, train all', plan: { fresh: heads, freeze: [] } },
    { title: 'new heads, trunk frozen', plan: { fresh: heads, freeze: body } },
    { title: 'random trunk, frozen', plan: { fresh: [], freeze: ['trunk'] }, blank: true },
  ];
}

export interface ArmResult {
  /** Mean return before any update. */
  readonly jumpstart: number;
  /** Null when the threshold was not reached within the budget. */
  readonly stepsToThreshold: number | null;
  /** Mean of the evaluations over the last tenth of the budget. */
  readonly asymptote: number;
  /** Mean of all evaluations: the area under the curve per step. */
  readonly area: number;
}

/** Runs one arm on one seed for `budget` steps of lanes. */
export function runArm(
  recipe: Recipe,
  arm: Arm,
  source: TensorMap,
  budget: number,
  kernels: KernelFactory,
): ArmResult {
  const tensors = arm.blank ? {} : source;
  const session = createSession(recipe, kernels, arm.plan ? { source: { tensors, plan: arm.plan } } : {});
  while (session.steps < budget) session.tick();
  const evaluations = session.history.points.filter((point) => !Number.isNaN(point.evaluation));
  const late = evaluations.filter((point) => point.steps >= budget * 0.9);
  const mean = (points: typeof evaluations): number =>
    points.reduce((sum, p) => sum + p.evaluation, 0) / points.length;
  return {
    jumpstart: evaluations[0]!.evaluation,
    stepsToThreshold: session.stepsToThreshold,
    asymptote: mean(late.length > 0 ? late : evaluations.slice(-1)),
    area: mean(evaluations),
  };
}
