// The clinic: patients' cards come down a belt and go home or on to hospital. Beside them stand the errors by group, of this lane
// and of all, so that a bias is seen and not only told of.
import { wordSign } from '../drawing/chutes.ts';
import { createPace } from '../drawing/motion.ts';
import type { Paint } from '../drawing/paint.ts';
import { type Look, pictureOf } from '../drawing/picture.ts';
import { createBestNote, createSorter } from '../drawing/sorter.ts';
import type { ViewFrame } from '../view.ts';
import { clinicAt as at, type ClinicParams, clinicBayesRate, patientAt } from './dynamics.ts';
import { createHeroErrors, createPatient } from './pieces.ts';
import { createWall } from './wall.ts';

export const createClinicView = pictureOf(1.5, createCloseUp, createWall);

/** What the labels are worth that a learner by example is taught. */
function recordsSay({ params }: ViewFrame, narrow: boolean): string {
  const { labelBias } = params as ClinicParams;
  if (labelBias === 0) return narrow ? 'records right' : 'records are right';
  const part = `${Math.round(100 * labelBias)}\u00a0%`;
  return narrow ? `miss ${part} B` : `records miss ${part} of B`;
}

function was(row: Float64Array): string {
  const group = row[at.lastItem + patientAt.group] === 1 ? 'B' : 'A';
  return `${group}: ${row[at.lastItem + patientAt.needed] === 1 ? 'needed it' : 'was well'}`;
}

function createCloseUp(paint: Paint): Look {
  const errors = createHeroErrors(paint);
  const due = createPace(8);
  const best = createBestNote(clinicBayesRate);
  return createSorter(paint, {
    at,
    signs: ['\u2190 home', 'refer \u2192'].map((word) => wordSign(paint, word)),
    pitch: 190,
    aspect: 1.5,
    face: () => createPatient(paint),
    beside: {
      root: errors.root,
      lay: errors.lay,
      draw: (frame) => errors.show(frame, due(frame.secondsSinceLast)),
    },
    linked: false,
    was,
    lines: 2,
    note: (line, frame, narrow) => (line === 0 ? best(frame, narrow) : recordsSay(frame, narrow)),
  });
}
