// The only training step. Every way of learning, in the page, in a worker and in Node, goes through here.

import { observePlateau } from '../core/plateau.ts';
import { scheduleFactor } from '../core/schedules.ts';
import type { Metrics } from '../learners/learner.ts';
import type { Watcher } from './inspection.ts';
import { nonFinite } from './non-finite.ts';
import type { Phase } from './phase.ts';

/**
 * One piece of work: a step of gathering (then undefined), or one update of the parameters that may move.
 * @throws NonFiniteError before anything is changed, when loss or gradients are not finite.
 */
export function trainStep(phase: Phase, watcher?: Watcher): Metrics | undefined {
  const { learner, optimizer, schedule, plateau } = phase;
  const { network } = phase.brain;
  const batch = learner.nextBatch();
  if (!batch) return undefined;
  network.forward(batch.n, batch.heads, 'train');
  network.clearGrads(batch.n);
  const metrics = learner.loss(batch);
  network.backward(batch.n, batch.heads);
  watcher?.beforeUpdate(network, batch, learner, metrics['loss']!);
  const { only } = batch;
  const ranges = only ? phase.rangesUnder(only.moves) : phase.ranges;
  const norm = optimizer.gradientNorm(ranges);
  const factor = scheduleFactor(schedule, learner.progress()) * plateau.factor;
  if (!Number.isFinite(metrics['loss']) || !Number.isFinite(norm)) {
    throw nonFinite(network, batch.n, optimizer.spec.rate * factor);
  }
  optimizer.update(ranges, factor, norm, only?.made);
  watcher?.afterUpdate(network);
  metrics['gradientNorm'] = norm;
  if (schedule.kind === 'plateau') observePlateau(plateau, metrics['loss']!);
  return metrics;
}
