// What stands beside a picture of what was rebuilt, name and value, for a person.
import type { Metrics } from '../learner.ts';

export type Note = readonly [name: string, value: string];

const bytesPerNumber = 4;

/** `size` numbers through `code`, each of four bytes. */
export function rebuildingNotes(metrics: Metrics, size: number, code: number, frames: boolean): Note[] {
  const unit = frames ? ' nats' : '';
  const [bytesIn, bytesOut] = [size, code].map((numbers) => numbers * bytesPerNumber) as [number, number];
  const notes: Note[] = [['bytes in, code', `${bytesIn} : ${bytesOut} = ${(bytesIn / bytesOut).toFixed(1)}`]];
  const { exact, heldOutLoss, baselineLoss } = metrics;
  if (exact !== undefined) notes.push(['frames exact', `${(exact * 100).toFixed(0)} %`]);
  if (heldOutLoss !== undefined) notes.push(['held-out loss', `${heldOutLoss.toFixed(2)}${unit}`]);
  if (baselineLoss !== undefined) {
    notes.push([frames ? 'independent pixels' : 'mean alone', `${baselineLoss.toFixed(2)}${unit}`]);
  }
  return notes;
}

export function variationalNotes(metrics: Metrics, size: number, code: number, frames: boolean): Note[] {
  const notes = rebuildingNotes({}, size, code, frames);
  const { elbo, kl, active, baselineLoss } = metrics;
  if (elbo === undefined) return notes;
  return [
    ...notes,
    ['negative ELBO', `${(-elbo).toFixed(1)} nats`],
    [frames ? 'independent pixels' : 'independent numbers', `${(baselineLoss ?? 0).toFixed(1)} nats`],
    ['KL', `${(kl ?? 0).toFixed(1)} nats`],
    ['active units', `${active ?? 0} of ${code}`],
  ];
}

export function predictionNotes(metrics: Metrics, frames: boolean, steps: number): Note[] {
  const { heldOutLoss, exact, exactThroughTrunk, exactAhead, errorAhead } = metrics;
  const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
  const notes: Note[] = [];
  if (exact !== undefined) notes.push(['frames exact', percent(exact)]);
  if (exactAhead !== undefined) notes.push([`${steps} steps ahead`, percent(exactAhead)]);
  if (exactThroughTrunk !== undefined) notes.push(['through the trunk', percent(exactThroughTrunk)]);
  if (!frames && heldOutLoss !== undefined) {
    notes.push([
      'normalised error',
      heldOutLoss < 0.01 ? heldOutLoss.toExponential(1) : heldOutLoss.toFixed(2),
    ]);
  }
  if (errorAhead !== undefined) notes.push([`${steps} steps ahead`, errorAhead.toPrecision(2)]);
  return notes;
}
