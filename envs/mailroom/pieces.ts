// What the mailroom is drawn from: envelopes with the message written on them, close up word by word, on the wall as small bars.
// What a word says is marked by shape as well as colour: a full line under words of spam, dots under those of letters.
import { Container, Graphics } from 'pixi.js';
import { log } from '../../src/core/math.ts';
import type { Paint } from '../drawing/paint.ts';
import type { Face } from '../drawing/sorter.ts';
import type { Miniature } from '../drawing/sorter-wall.ts';
import { createLabel, setText } from '../drawing/text.ts';
import { likelihood, type MailroomParams, messageAt, mostWords, templates, vocabulary } from './dynamics.ts';

/** Log odds for spam of one word, kept within what can be shown. */
function evidence(word: number, p: MailroomParams): number {
  const odds = likelihood(word, true, p) / likelihood(word, false, p);
  return Math.min(Math.max(log(odds), -4), 4);
}

/** Word i of the message at row[from...] as it is written, or '' after the last. */
function written(row: Float64Array, from: number, i: number): string {
  const word = row[from + messageAt.words + i]!;
  if (word < 0) return '';
  const slot = templates[row[from + messageAt.template]!]![i]!;
  const text = vocabulary[word]!.replaceAll('-', '\u2011');
  const following = row[from + messageAt.words + i + 1] ?? -1;
  const article = text === 'a' && following >= 0 && /^[aeiou]/.test(vocabulary[following]!) ? 'an' : text;
  const before = i === 0 ? '' : templates[row[from + messageAt.template]!]![i - 1]!.mark;
  const capital = i === 0 || /[.!]/.test(before);
  return (capital ? article[0]!.toUpperCase() + article.slice(1) : article) + slot.mark;
}

/** The lines of a flap that reaches `deep` px down from the upper edge. */
function drawFlap(flap: Graphics, width: number, height: number, deep: number, weight: number): void {
  flap
    .clear()
    .moveTo(-width / 2 + 3, -height / 2 + 2)
    .lineTo(0, -height / 2 + deep)
    .lineTo(width / 2 - 3, -height / 2 + 2)
    .stroke({ color: 0xffffff, width: weight, cap: 'round', join: 'round' });
}

export function createEnvelope(paint: Paint): Face {
  const root = new Container();
  const flap = paint.tint(new Graphics(), 'faint');
  const spamLines = paint.tint(new Graphics(), 'negative');
  const letterLines = paint.tint(new Graphics(), 'positive');
  const lines = new Container();
  lines.addChild(spamLines, letterLines);
  const labels = Array.from({ length: mostWords }, () => paint.tint(createLabel('', { size: 15 }), 'ink'));
  root.addChild(flap, lines, ...labels);
  let room = { width: 200, height: 140 };

  function underline(x: number, y: number, width: number, weight: number): void {
    if (Math.abs(weight) < 0.05) return;
    const thick = 1 + Math.abs(weight);
    if (weight > 0) spamLines.roundRect(x, y, width, thick, thick / 2).fill(0xffffff);
    else
      for (let d = thick / 2; d < width; d += 2.2 * thick)
        letterLines.circle(x + d, y + thick / 2, thick / 2).fill(0xffffff);
  }

  return {
    root,
    lay(width, height) {
      room = { width, height };
      drawFlap(flap, width, height, height * 0.2, 1.5);
      const size = width < 200 ? 11 : 15;
      for (const label of labels) label.style.fontSize = size;
    },
    show(row, from, params) {
      const p = params as MailroomParams;
      const { width, height } = room;
      const small = width < 200;
      const lineHeight = small ? 15 : 25;
      const gap = small ? 3 : 5;
      const most = width - (small ? 14 : 28);
      // First into lines, then each line to its middle.
      let used = 0;
      let line = 0;
      const starts: number[] = [];
      const widths: number[] = [];
      const lineOf = labels.map((label, i) => {
        setText(label, written(row, from, i));
        label.visible = label.text !== '';
        if (!label.visible) return -1;
        const wide = label.width;
        if (used > 0 && used + gap + wide > most) {
          line++;
          used = 0;
        }
        starts[i] = used === 0 ? 0 : used + gap;
        used = starts[i]! + wide;
        widths[line] = used;
        return line;
      });
      spamLines.clear();
      letterLines.clear();
      const middle = height * 0.1;
      labels.forEach((label, i) => {
        const own = lineOf[i]!;
        if (own < 0) return;
        const x = Math.round(starts[i]! - widths[own]! / 2);
        const y = Math.round(middle + (own - line / 2) * lineHeight);
        label.position.set(x, y);
        const word = row[from + messageAt.words + i]!;
        underline(x, y + (small ? 6 : 10), label.width, evidence(word, p) / (small ? 2 : 1.2));
      });
    },
    mark({ overlays }) {
      lines.visible = overlays.sees;
    },
  };
}

/** An envelope whose words are bars: high for spam's, low for letters', thin for words that tell nothing. */
export function createSmallEnvelope(paint: Paint): Miniature {
  const root = new Container();
  const edge = paint.tint(new Graphics(), 'faint');
  const [spam, letter, neither] = [
    paint.tint(new Graphics(), 'negative'),
    paint.tint(new Graphics(), 'positive'),
    paint.tint(new Graphics(), 'faint'),
  ];
  root.addChild(edge, spam, letter, neither);
  let room = { width: 48, height: 36 };
  return {
    root,
    lay(width, height) {
      room = { width: width - 4, height: height - 4 };
      drawFlap(edge, room.width, room.height, room.height * 0.26, 1);
      edge
        .roundRect(-room.width / 2, -room.height / 2, room.width, room.height, 3)
        .stroke({ color: 0xffffff, width: 1 });
    },
    show(row, from, params) {
      const p = params as MailroomParams;
      for (const bars of [spam, letter, neither]) bars.clear();
      const left = -room.width / 2 + 4;
      const pitch = (room.height * 0.72 - 3) / 3;
      const letters = room.width / 26; // px each: about four words a line
      let x = left;
      let y = -room.height / 2 + room.height * 0.26 + pitch * 0.62;
      for (let i = 0; i < mostWords; i++) {
        const word = row[from + messageAt.words + i]!;
        if (word < 0) break;
        const wide = Math.min(10, vocabulary[word]!.length) * letters;
        if (x > left && x + wide > room.width / 2 - 3) {
          x = left;
          y += pitch;
        }
        if (y > room.height / 2 - 2) break;
        const says = evidence(word, p);
        const thick = Math.abs(says) < 0.05 ? 1 : pitch * 0.5;
        const bars = thick === 1 ? neither : says > 0 ? spam : letter;
        if (bars === letter) bars.rect(x, y - thick / 4, wide, thick / 2).fill(0xffffff);
        else bars.rect(x, y - thick / 2, wide, thick).fill(0xffffff);
        x += wide + 1.5;
      }
    },
  };
}
