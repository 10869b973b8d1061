// Few-shot: the examples with their labels, below them the question; lines from it show where the brain looks. Beside the question
// stands what the brain would answer, and how the last question went.
import { Container } from 'pixi.js';
import { createGaze } from '../drawing/gaze.ts';
import { createMeter } from '../drawing/hud.ts';
import type { Paint } from '../drawing/paint.ts';
import { type Look, margin, pictureOf } from '../drawing/picture.ts';
import { createLabel, percent, setText } from '../drawing/text.ts';
import type { ViewFrame } from '../view.ts';
import { fewShotAt as at, type FewShotParams, labels, mostExamples, taskAt } from './dynamics.ts';
import { createGlyphCard } from './pieces.ts';
import { createWall } from './wall.ts';

export const createFewShotView = pictureOf(1.5, createCloseUp, createWall);

const perRow = mostExamples / 2;

function createCloseUp(paint: Paint): Look {
  const root = new Container();
  const gaze = createGaze(paint);
  const examples = Array.from({ length: mostExamples }, () => createGlyphCard(paint));
  const question = createGlyphCard(paint);
  const answer = paint.tint(createLabel('', { size: 20, bold: true }), 'accent');
  const sure = paint.tint(createLabel(), 'soft');
  const before = paint.tint(createLabel('', { align: 1 }), 'soft');
  const tally = paint.tint(createLabel('', { size: 15, bold: true, align: 1 }), 'ink');
  const sees = paint.tint(createLabel('', { align: 0.5 }), 'soft');
  const meter = createMeter(paint);
  // Lines first: they run behind the cards.
  root.addChild(gaze.root, ...examples.map((card) => card.root), question.root);
  root.addChild(answer, sure, before, tally, sees, meter.root);
  let height = 420;

  const lay = (width: number): void => {
    const line = 22; // of what it sees, below everything
    const pitch = Math.min((width - 2 * margin) / perRow, (height - line) / 3.1);
    const size = Math.round(pitch * 0.62);
    const top = (height - line - 2.95 * pitch) / 2;
    examples.forEach((card, i) => {
      card.lay(size);
      const [column, row] = [i % perRow, Math.floor(i / perRow)];
      card.root.position.set(
        Math.round(width / 2 + (column - (perRow - 1) / 2) * pitch),
        Math.round(top + size / 2 + row * pitch * 1.0),
      );
      card.label.position.set(0, size / 2 + pitch * 0.15);
    });
    question.lay(Math.round(size * 1.1));
    question.root.position.set(Math.round(width / 2), Math.round(top + 2.35 * pitch + size * 0.25));
    const beside = size * 0.55 + 16;
    const { x, y } = question.root;
    answer.position.set(x + beside, y - 10);
    sure.position.set(x + beside, y + 12);
    tally.position.set(x - beside, y - 10);
    before.position.set(x - beside, y + 12);
    sees.position.set(x, Math.min(height - 10, y + size * 0.55 + 18));
    meter.root.position.set(width - margin - meter.width, height - meter.height - 4);
  };

  function showTask(row: Float64Array, p: FewShotParams): void {
    examples.forEach((card, i) => {
      card.root.visible = i < p.examples;
      if (i >= p.examples) return;
      card.show(row[at.item + taskAt.glyphs + i]!);
      setText(card.label, labels[row[at.item + taskAt.labels + i]!]!);
    });
    question.show(row[at.item + taskAt.shown]!);
  }

  function showAnswer({ hero: row, probabilities, action, overlays }: ViewFrame): void {
    const choice = action[0]!;
    const said = overlays.acts && probabilities.length > 0;
    setText(answer, said ? `says ${labels[choice]!}` : '');
    setText(sure, said ? percent(probabilities[choice]!) : '');
    setText(tally, `${row[at.right]!} of ${row[at.sorted]!}`);
    const first = row[at.lastChute]! < 0;
    const right = labels[row[at.lastItem + taskAt.labels + row[at.lastItem + taskAt.asked]!]!]!;
    const verdict = row[at.lastRight] === 1 ? `${right} was right` : `it was ${right}`;
    setText(before, first ? 'right' : verdict);
    paint.tint(before, first || row[at.lastRight] === 1 ? 'soft' : 'negative');
  }

  return {
    root,
    draw(frame) {
      const p = frame.params as FewShotParams;
      showTask(frame.hero, p);
      showAnswer(frame);
      const shares = frame.attention;
      if (frame.overlays.attends && shares.length > 0) {
        gaze.show(
          shares,
          (thing) => {
            const card = thing === 0 ? question : examples[thing - 1]!;
            return card.root.visible ? [card.root.x, card.root.y] : undefined;
          },
          14,
        );
      } else gaze.hide();
      setText(sees, frame.overlays.sees ? 'sees each pixel as −1 or 1, and each label but this one’s' : '');
      meter.show(frame.value, frame.secondsSinceLast, frame.overlays.values);
    },
    resize(width, h) {
      height = h;
      lay(width);
    },
    destroy() {},
  };
}
