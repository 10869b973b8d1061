// The history of a run: points that thin themselves out as they grow old, so that an hour costs no more than a
// minute. Which points are kept depends on counts alone, never on a clock.
import type { HistoryPoint } from './protocol.ts';

const capacity = 800;

export interface History {
  readonly points: HistoryPoint[];
  /** How often points were thinned; a reader that held older points must fetch all again. */
  thinnings: number;
  /** Updates between two points. */
  interval: number;
}

export const createHistory = (): History => ({ points: [], thinnings: 0, interval: 1 });

/** Adds a point if it is due, or if it marks an evaluation. */
export function addPoint(history: History, point: HistoryPoint): void {
  history.points.push(point);
  if (history.points.length < capacity) return;
  // Every other plain point goes; evaluations stay until they crowd as well.
  const crowded = history.points.filter((p) => !Number.isNaN(p.evaluation)).length > capacity / 3;
  let odd = false;
  const kept = history.points.filter((p) => {
    if (!crowded && !Number.isNaN(p.evaluation)) return true;
    odd = !odd;
    return odd;
  });
  history.points.splice(0, history.points.length, ...kept);
  history.thinnings++;
  history.interval *= 2;
}

/** JSON has no NaN: absent numbers travel as null. */
export const historyToJson = (history: History): unknown => ({
  thinnings: history.thinnings,
  interval: history.interval,
  points: history.points,
});

export function historyFromJson(json: unknown): History {
  const { thinnings, interval, points } = json as { thinnings: number; interval: number; points: unknown[] };
  if (!Array.isArray(points) || !(interval >= 1) || !(thinnings >= 0))
    throw new Error("the saved run's history is damaged.");
  const number = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);
  return {
    thinnings,
    interval,
    points: points.map((raw) => {
      const p = raw as Record<string, unknown>;
      const metrics = (p['metrics'] ?? {}) as Record<string, unknown>;
      return {
        updates: number(p['updates']),
        steps: number(p['steps']),
        learner: String(p['learner']),
        score: number(p['score']),
        evaluation: number(p['evaluation']),
        loss: number(p['loss']),
        metrics: Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, number(value)])),
      };
    }),
  };
}
