// What the clinic is drawn from: a patient's card with vitals and history, and the bars that show who bears the errors, by group.
// Missed patients are thick bars, needless referrals are thin ones, so that colour only repeats the shape.
import { Container, Graphics } from 'pixi.js';
import { createPanel } from '../drawing/hud.ts';
import { approach, clamp } from '../drawing/motion.ts';
import type { Paint } from '../drawing/paint.ts';
import type { Face } from '../drawing/sorter.ts';
import { createLabel, number, percent, setText } from '../drawing/text.ts';
import type { ViewFrame } from '../view.ts';
import { clinicAt as at, type ClinicParams, countersAt, lookBack, patientAt } from './dynamics.ts';

interface Entry {
  readonly name: string;
  /** Where there is little room. */
  readonly short: string;
  readonly unit: string;
  readonly value: (s: Float64Array, from: number) => string;
  /** What is usual and a usual distance from it, for the bar; none where it is yes or no. */
  readonly usual?: readonly [middle: number, spread: number];
  readonly field: number;
}

const measured = (
  [name, short]: readonly [string, string],
  field: number,
  digits: number,
  unit: string,
  usual: readonly [number, number],
): Entry => ({ name, short, unit, field, usual, value: (s, from) => number(s[from + field]!, digits) });

const either = (name: string, short: string, field: number, no: string, yes: string): Entry => ({
  name,
  short,
  unit: '',
  field,
  value: (s, from) => (s[from + field] === 1 ? yes : no),
});

/** The first five are the left column. */
const entries: readonly Entry[] = [
  measured(['age', 'age'], patientAt.age, 0, '', [50, 17]),
  measured(['pressure', 'BP'], patientAt.systolic, 0, '', [125, 16]),
  measured(['pulse', 'pulse'], patientAt.heartRate, 0, '', [76, 13]),
  measured(['temp.', '\u00b0C'], patientAt.temperature, 1, '\u00b0', [37, 0.7]),
  measured(['oxygen', 'O\u2082'], patientAt.oxygen, 0, '\u00a0%', [95.5, 3]),
  measured(['BMI', 'BMI'], patientAt.bmi, 0, '', [26, 4.5]),
  measured(['glucose', 'sugar'], patientAt.glucose, 1, '', [5.6, 1.1]),
  either('smokes', 'smoke', patientAt.smoker, 'no', 'yes'),
  measured(['admitted', 'stays'], patientAt.admissions, 0, '\u00d7', [1, 1.2]),
  either('group', 'group', patientAt.group, 'A', 'B'),
];
const perColumn = 5;

/** A patient's card. What the network sees is marked by bars to either side of what is usual; a hidden group is struck out. */
export function createPatient(paint: Paint): Face {
  const root = new Container();
  const rows = entries.map((e) => {
    const name = paint.tint(createLabel(e.name), 'soft');
    const value = paint.tint(createLabel('', { size: 13.5, mono: true, bold: true, align: 1 }), 'ink');
    const track = paint.tint(new Graphics(), 'line');
    const bar = new Graphics().rect(0, -1.5, 1, 3).fill(0xffffff);
    root.addChild(name, track, bar, value);
    return { entry: e, name, value, track, bar };
  });
  const strike = paint.tint(new Graphics(), 'ink');
  strike.visible = false;
  root.addChild(strike);
  let column = 100;
  let small = false;

  return {
    root,
    lay(width, height) {
      small = width < 200;
      const inset = small ? 6 : 16;
      const between = small ? 7 : 24;
      column = (width - 2 * inset - between) / 2;
      const pitch = (height - (small ? 6 : 20)) / perColumn;
      rows.forEach(({ entry, name, value, track, bar }, i) => {
        setText(name, small ? entry.short : entry.name);
        const x = -width / 2 + inset + Math.floor(i / perColumn) * (column + between);
        const y = Math.round(
          -height / 2 + (small ? 3 : 10) + ((i % perColumn) + 0.5) * pitch - (small ? 0 : 2),
        );
        const low = y + Math.round(pitch * 0.42);
        name.style.fontSize = small ? 11 : 12;
        value.style.fontSize = small ? 11 : 13.5;
        name.position.set(x, y);
        value.position.set(x + column, y);
        track
          .clear()
          .rect(x, low - 1, column, 2)
          .rect(x + column / 2 - 0.5, low - 3, 1, 6)
          .fill(0xffffff);
        bar.position.set(x + column / 2, low);
      });
      const last = rows.at(-1)!;
      strike
        .clear()
        .rect(last.value.x - 14, last.value.y - 1, 18, 2)
        .fill(0xffffff);
    },
    show(row, from) {
      for (const { value, bar, entry: e } of rows) {
        setText(value, small ? e.value(row, from) : e.value(row, from) + e.unit);
        const [middle, spread] = e.usual ?? [0.5, 0.25];
        const part = clamp((row[from + e.field]! - middle) / (2.5 * spread), -1, 1);
        bar.scale.x = (part * column) / 2;
        paint.tint(bar, part < 0 ? 'negative' : 'positive');
      }
    },
    mark({ overlays, params }) {
      const hidden = (params as ClinicParams).hideGroup === 1;
      rows.forEach(({ track, bar, value }, i) => {
        const told = i < rows.length - 1 || !hidden;
        track.visible = overlays.sees && told;
        bar.visible = track.visible;
        value.alpha = told ? 1 : 0.55;
      });
      strike.visible = hidden;
    },
  };
}

/** The four rates, in the order in which they are shown. */
const rates = [0, 1].flatMap((group) =>
  [countersAt.needed, countersAt.well].map((all) => ({ group, all, missed: all === countersAt.needed })),
);
export const rateCount = rates.length;

/** Errors by group over a row's last patients, or over those of several rows; NaN before there are any. */
export function errorRates(rows: Float64Array, stride: number, lanes: number, out: Float64Array): void {
  rates.forEach(({ group, all }, k) => {
    const place = at.counters + group * countersAt.perGroup + all;
    let of = 0;
    let wrong = 0;
    for (let i = 0; i < lanes; i++) {
      of += rows[i * stride + place]!;
      wrong += rows[i * stride + place + 1]!;
    }
    out[k] = of > 0.5 ? wrong / of : Number.NaN;
  });
}

/** A bar is full at this rate. */
export const fullAt = 0.5;
export const rateBar = (missed: boolean): Graphics =>
  new Graphics().rect(0, missed ? -0.5 : -0.25, 1, missed ? 1 : 0.5).fill(0xffffff);

/** Errors by group as a panel: bars for the rates, and where wanted a mark on each for those of all lanes. */
export function createErrorPanel(paint: Paint, title: string, note: string) {
  const panel = createPanel(paint);
  const { root } = panel;
  const heading = paint.tint(createLabel(title, { bold: true }), 'ink');
  const caption = paint.tint(createLabel(note, { size: 11 }), 'soft');
  root.addChild(heading, caption);
  const rows = rates.map(({ group, missed }) => {
    const name = paint.tint(createLabel(), 'soft');
    const value = paint.tint(createLabel('', { mono: true, align: 1 }), 'ink');
    const track = paint.tint(new Graphics(), 'line');
    const bar = paint.tint(rateBar(missed), missed ? 'negative' : 'soft');
    const mark = paint.tint(new Graphics().rect(-1, -5, 2, 10).fill(0xffffff), 'ink');
    bar.scale.y = 8;
    root.addChild(name, value, track, bar, mark);
    return { group: 'AB'[group]!, missed, name, value, track, bar, mark, shown: 0, markShown: 0 };
  });
  let length = 100;
  return {
    root,
    /** In so many columns. Returns its height. */
    lay(width: number, columns: number, small: boolean): number {
      const pad = small ? 5 : 12;
      const top = small ? 4 : 8;
      const head = small ? 0 : 20;
      const pitch = small ? 25 : 31;
      heading.visible = !small;
      caption.visible = !small;
      length = (width - pad * (columns + 1)) / columns;
      rows.forEach(({ group, missed, name, value, track, bar, mark }, k) => {
        const x = pad + (k % columns) * (length + pad);
        const y = top + head + Math.floor(k / columns) * pitch + 8;
        setText(name, `${group} ${missed ? (small ? 'miss' : 'missed') : small ? 'extra' : 'needless'}`);
        for (const label of [name, value]) label.style.fontSize = small ? 11 : 12;
        name.position.set(x, y);
        value.position.set(x + length, y);
        track
          .clear()
          .rect(x, y + 9, length, 8)
          .fill(0xffffff);
        bar.position.set(x, y + 13);
        mark.y = y + 13;
      });
      heading.position.set(pad, top + 8);
      const below = caption.visible && columns === 1;
      const tall = top + head + Math.ceil(rates.length / columns) * pitch + (below ? 22 : 4);
      // Below the bars, or at the end of the heading's line.
      caption.anchor.x = below ? 0 : 1;
      caption.position.set(below ? pad : width - pad, below ? tall - 13 : top + 8);
      panel.lay(width, tall);
      return tall;
    },
    /** Rates in the order of `errorRates`; `marks` for the marks, if any. */
    show(now: Float64Array, marks: Float64Array | undefined, seconds: number, write: boolean): void {
      rows.forEach((row, k) => {
        const rate = now[k]!;
        row.shown = approach(row.shown, Number.isNaN(rate) ? 0 : rate, seconds, 0.15);
        row.bar.scale.x = Math.max(0.01, Math.min(1, row.shown / fullAt) * length);
        const all = marks?.[k] ?? Number.NaN;
        row.mark.visible = !Number.isNaN(all);
        row.markShown = approach(row.markShown, row.mark.visible ? all : 0, seconds, 0.15);
        row.mark.x = row.bar.x + Math.min(1, row.markShown / fullAt) * length;
        if (write) setText(row.value, Number.isNaN(rate) ? '\u2013' : percent(rate));
      });
    },
  };
}

const own = new Float64Array(rateCount);
const everyone = new Float64Array(rateCount);

/** Errors by group of the lane shown, with a mark for those of all lanes. */
export function createHeroErrors(paint: Paint) {
  const panel = createErrorPanel(paint, 'Errors by group', `last ${lookBack}; line: all lanes`);
  return {
    root: panel.root,
    lay(width: number, _height: number): void {
      const small = width < 130;
      const tall = panel.lay(Math.min(width, 172), 1, small);
      panel.root.pivot.y = Math.round(tall / 2) - (small ? 4 : 0);
    },
    show({ hero, rows, lanes, stride, secondsSinceLast }: ViewFrame, write: boolean): void {
      errorRates(hero, stride, 1, own);
      errorRates(rows, stride, lanes, everyone);
      panel.show(own, everyone, secondsSinceLast, write);
    },
  };
}
