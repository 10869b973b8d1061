// The only training step. Every way of learning, in the page, in a worker and in Node, goes through here.
import type { Network } from '../core/network.ts';
import type { Optimizer, Range } from '../core/optimizers.ts';
import { observePlateau, type PlateauState } from '../core/plateau.ts';
import { type ScheduleSpec, scheduleFactor } from '../core/schedules.ts';
import type { Learner, Metrics } from '../learners/learner.ts';
import type { Watcher } from './inspection.ts';
import { nonFinite } from './non-finite.ts';

/**
 * One piece of work: a step of gathering (then undefined), or one update of the parameters in `ranges`.
 * @throws NonFiniteError before anything is changed, when loss or gradients are not finite.
 */
export function trainStep(
  learner: Learner,
  network: Network,
  optimizer: Optimizer,
  ranges: readonly Range[],
  schedule: ScheduleSpec,
  plateau: PlateauState,
  watcher?: Watcher,
): Metrics | undefined {
  const batch = learner.nextBatch();
  if (!batch) return undefined;
  network.forward(batch.n, batch.heads, 'train');
  network.clearGrads(batch.n);
  const metrics = learner.loss(batch);
  network.backward(batch.n, batch.heads);
  watcher?.beforeUpdate(network, batch, learner, metrics['loss']!);
  const norm = optimizer.gradientNorm(ranges);
  const factor = scheduleFactor(schedule, learner.progress()) * plateau.factor;
  if (!Number.isFinite(metrics['loss']) || !Number.isFinite(norm)) {
    throw nonFinite(network, batch.n, optimizer.spec.rate * factor);
  }
  optimizer.update(ranges, factor, norm);
  watcher?.afterUpdate(network);
  metrics['gradientNorm'] = norm;
  if (schedule.kind === 'plateau') observePlateau(plateau, metrics['loss']!);
  return metrics;
}
