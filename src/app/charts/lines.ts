// What the two charts show, as plain lines: the score with its evaluations, the loss with the learner's own
// numbers; the run beside, and the runs before. Pure.
import type { HistoryPoint } from '../../training/protocol.ts';
import type { PastRun } from '../state/page.ts';

export type Role = 'main' | 'control' | 'past' | 'points';

export interface Line {
  readonly key: string;
  readonly label: string;
  /** Lines on one scale can be compared; the first scale has the axis. */
  readonly scale: string;
  readonly role: Role;
  /** Which of several main lines it is; decides colour and dashes. */
  readonly order: number;
  readonly xs: readonly number[];
  readonly ys: readonly (number | null)[];
}

const known = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;

function line(
  points: readonly HistoryPoint[],
  read: (point: HistoryPoint) => number | undefined,
  rest: Omit<Line, 'xs' | 'ys'>,
): Line {
  const xs: number[] = [];
  const ys: (number | null)[] = [];
  let broken = false;
  let learner = points[0]?.learner;
  for (const point of points) {
    const value = known(read(point));
    if (value === null) {
      // Missing now and then is nothing; missing for a whole way of learning is a gap in the line.
      broken ||= point.learner !== learner;
      continue;
    }
    learner = point.learner;
    if (broken && xs.length > 0) {
      xs.push(xs.at(-1)! + 1e-3);
      ys.push(null);
    }
    broken = false;
    xs.push(point.updates);
    ys.push(value);
  }
  return { ...rest, xs, ys };
}

export function scoreLines(
  history: readonly HistoryPoint[],
  control: readonly HistoryPoint[],
  earlier: readonly PastRun[],
  world: string,
): readonly Line[] {
  const score = (p: HistoryPoint): number => p.score;
  const lines = earlier
    .filter((run) => run.world === world)
    .map((run, i) =>
      line(run.history, score, { key: `past ${i}`, label: run.label, scale: 'y', role: 'past', order: i }),
    );
  if (control.length > 0) {
    const rest = { key: 'control', label: 'from scratch', scale: 'y', role: 'control', order: 0 } as const;
    lines.push(line(control, score, rest));
  }
  lines.push(
    line(history, score, { key: 'score', label: 'training', scale: 'y', role: 'main', order: 0 }),
    line(history, (p) => p.evaluation, {
      key: 'evaluation',
      label: 'evaluation',
      scale: 'y',
      role: 'points',
      order: 0,
    }),
  );
  return lines;
}

const isAccuracy = (name: string): boolean => /accuracy$/i.test(name);
const isLoss = (name: string): boolean => /loss/i.test(name);

export function lossLines(
  history: readonly HistoryPoint[],
  charted: Readonly<Record<string, string>>,
): readonly Line[] {
  const own = Object.entries(charted).map(([name, label], i) =>
    line(history, (p) => p.metrics[name], {
      key: name,
      label,
      scale: isLoss(name) ? 'y' : isAccuracy(name) ? 'accuracy' : name,
      role: 'main',
      order: i + 1,
    }),
  );
  return [
    line(history, (p) => p.loss, { key: 'loss', label: 'loss', scale: 'y', role: 'main', order: 0 }),
    // What a way of learning does not measure in this world is not promised.
    ...own.filter(({ xs }) => xs.length > 0 || history.length === 0),
  ];
}

/** The last value of a line, for its end; null when it has none. */
export function lastOf({ xs, ys }: Line): readonly [number, number] | null {
  for (let i = ys.length - 1; i >= 0; i--) if (ys[i] != null) return [xs[i]!, ys[i]!];
  return null;
}

/** The value at or before x, for reading several lines at one place. */
export function valueAt({ xs, ys }: Line, x: number): number | null {
  let found: number | null = null;
  for (let i = 0; i < xs.length && xs[i]! <= x; i++) found = ys[i] ?? found;
  return found;
}
