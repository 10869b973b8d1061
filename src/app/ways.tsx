// The four ways of learning as a person meets them: a name, a shape and a colour each. Colour never stands
// alone: every accent comes with its shape.
import type { Paradigm } from '../learners/learner.ts';

export type Way = Paradigm | 'transfer';

export const ways: readonly { readonly id: Way; readonly name: string; readonly says: string }[] = [
  { id: 'supervised', name: 'Taught', says: 'Supervised: somebody knows the answer' },
  { id: 'unsupervised', name: 'Alone', says: 'Unsupervised: nobody says anything' },
  { id: 'reinforcement', name: 'Rewarded', says: 'Reinforcement: the world pays' },
  { id: 'transfer', name: 'Passed on', says: 'Transfer: start from another brain' },
];

export const wayName = (way: Way): string => ways.find((one) => one.id === way)!.name;

const outlines: Readonly<Record<Way, string>> = {
  supervised: 'M1 1h8v8h-8z',
  unsupervised: 'M5 .8 9.6 9.2H.4z',
  reinforcement: 'M5 .5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 0 1 0-9z',
  transfer: 'M5 .2 9.8 5 5 9.8.2 5z',
};

export const Shape = ({ way }: { way: Way }) => (
  <svg class={`shape ${way}`} viewBox="0 0 10 10" aria-hidden="true">
    <path d={outlines[way]} />
  </svg>
);

/** The same shape on a canvas, `size` wide, centred on x, y; the caller fills or strokes. */
export function traceShape(
  context: CanvasRenderingContext2D,
  way: Way,
  x: number,
  y: number,
  size: number,
): void {
  const r = size / 2;
  context.beginPath();
  if (way === 'supervised') context.rect(x - r * 0.85, y - r * 0.85, r * 1.7, r * 1.7);
  else if (way === 'reinforcement') context.arc(x, y, r * 0.92, 0, 2 * Math.PI);
  else {
    const corners: readonly (readonly [number, number])[] =
      way === 'transfer'
        ? [
            [0, -1],
            [1, 0],
            [0, 1],
            [-1, 0],
          ]
        : [
            [0, -0.9],
            [1, 0.8],
            [-1, 0.8],
          ];
    for (const [dx, dy] of corners) context.lineTo(x + dx * r, y + dy * r);
    context.closePath();
  }
}
