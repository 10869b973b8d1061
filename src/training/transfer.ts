// Starting a brain from another: which layers are copied, which begin anew, which are frozen, and an honest
// report of it. Layers match by name and shape (Taylor & Stone 2009 for what to measure afterwards).
import type { TensorMap } from '../core/safetensors.ts';
import { isUnder, type TransferPlan, type TransferReport } from '../models/transfer-plan.ts';
import { type Brain, loadTensors, modelTensors } from './brain.ts';

/** Copies what the plan lets through. Throws one sentence when it names a layer that does not exist. */
export function transferInto(brain: Brain, source: TensorMap, plan: TransferPlan): TransferReport {
  const names = Object.keys(modelTensors(brain));
  const paths = [...plan.fresh, ...plan.freeze];
  const unknown = paths.find((path) => !names.some((name) => isUnder(name, [path])));
  if (unknown !== undefined) {
    const layers = [...new Set(names.map((name) => name.split('.').slice(0, -1).join('.')))];
    throw new Error(`This brain has no layer "${unknown}"; it has ${layers.join(', ')}.`);
  }
  const copied = loadTensors(brain, source, (name) => !isUnder(name, plan.fresh));
  const placed = new Set(copied);
  return {
    copied,
    fresh: names.filter((name) => !placed.has(name)),
    frozen: names.filter((name) => isUnder(name, plan.freeze)),
    unused: Object.keys(source).filter((name) => !placed.has(name) && !isUnder(name, plan.fresh)),
  };
}
