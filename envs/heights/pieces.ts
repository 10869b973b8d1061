// The pieces Heights is drawn from: the colour of a height, the true contour lines with their summits and hollows,
// and the scale on which the answer stands beside the truth.
import { Container, Graphics } from 'pixi.js';
import { createPanel } from '../drawing/hud.ts';
import { approach, clamp, createPace } from '../drawing/motion.ts';
import { mix, type Paint } from '../drawing/paint.ts';
import type { Shading } from '../drawing/plane.ts';
import { createLabel, number, setText } from '../drawing/text.ts';
import type { ViewTheme } from '../view.ts';
import { edge, type HeightsParams, heightAt } from './dynamics.ts';

/** Bands of height between -1 and 1; their borders are the contour lines. */
const bandCount = 8;

const bandOf = (height: number): number =>
  clamp(Math.floor(((height + 1) / 2) * bandCount), 0, bandCount - 1);

/** Hollows in the colour of negative numbers, hills in that of positive ones, stronger away from zero. */
const bandColour = (theme: ViewTheme, band: number): number => {
  const height = (2 * band + 1) / bandCount - 1;
  const strength = 0.08 + 0.62 * Math.abs(height);
  return mix(theme.background, height < 0 ? theme.negative : theme.positive, strength);
};

export const heightShading = (theme: ViewTheme): Shading => {
  const colours = Array.from({ length: bandCount }, (_, band) => bandColour(theme, band));
  return {
    band: (said, from) => bandOf(said[from]!),
    colour: (_said, _from, band) => colours[band]!,
  };
};

/** Cells along a side in which contour lines are sought, and places between summits. */
const cells = 72;
const mostSummits = 6;
const summitReach = 5; // cells that a summit must stand out among
const summitRise = 0.04; // over those furthest away: the crest of a ring is no summit

/** The land as it is: a line for every border between bands, a mark on every summit and hollow. */
export function createContours(paint: Paint) {
  const root = new Container();
  const lines = paint.tint(new Graphics(), 'ink');
  lines.alpha = 0.5;
  const summits = Array.from({ length: mostSummits }, () => {
    const node = new Container();
    const mark = paint.tint(new Graphics(), 'ink');
    const label = paint.tint(createLabel('', { size: 11, mono: true }), 'ink');
    label.x = 8;
    node.addChild(mark, label);
    root.addChild(node);
    return { node, mark, label };
  });
  root.addChildAt(lines, 0);
  const heights = new Float64Array((cells + 1) * (cells + 1));
  const heightOf = (column: number, row: number): number => heights[row * (cells + 1) + column]!;

  /** Marching squares: where a line crosses the sides of one cell, joined two by two. */
  function crossCell(column: number, row: number, level: number, side: number): void {
    const corners = [
      [column, row],
      [column + 1, row],
      [column + 1, row + 1],
      [column, row + 1],
    ] as const;
    const size = side / cells;
    let [count, x0, y0] = [0, 0, 0];
    for (let k = 0; k < 4; k++) {
      const [c, r] = corners[k]!;
      const [d, q] = corners[(k + 1) % 4]!;
      const from = heightOf(c, r) - level;
      const to = heightOf(d, q) - level;
      if (from < 0 === to < 0) continue;
      const share = from / (from - to);
      const x = (c + (d - c) * share) * size - side / 2;
      const y = (r + (q - r) * share) * size - side / 2;
      if (count % 2 === 0) [x0, y0] = [x, y];
      else lines.moveTo(x0, y0).lineTo(x, y);
      count++;
    }
  }

  function isSummit(column: number, row: number): boolean {
    const here = heightOf(column, row);
    if (Math.abs(here) < 0.3) return false;
    for (let r = row - summitReach; r <= row + summitReach; r++) {
      for (let c = column - summitReach; c <= column + summitReach; c++) {
        if (r === row && c === column) continue;
        const other = heightOf(c, r);
        const far = Math.max(Math.abs(r - row), Math.abs(c - column)) === summitReach;
        const rise = here > 0 ? here - other : other - here;
        if (rise <= (far ? summitRise : 0)) return false;
      }
    }
    return true;
  }

  function markSummits(side: number): void {
    let used = 0;
    for (let row = summitReach; row <= cells - summitReach; row++) {
      for (let column = summitReach; column <= cells - summitReach && used < mostSummits; column++) {
        if (!isSummit(column, row)) continue;
        const { node, mark, label } = summits[used]!;
        const height = heightOf(column, row);
        const up = height > 0 ? 1 : -1;
        node.visible = true;
        node.position.set((column * side) / cells - side / 2, (row * side) / cells - side / 2);
        mark.clear().poly([-4.5, 3.5 * up, 4.5, 3.5 * up, 0, -4.5 * up], true);
        mark.fill(0xffffff);
        setText(label, number(height, 1));
        used++;
      }
    }
    for (; used < mostSummits; used++) summits[used]!.node.visible = false;
  }

  return {
    root,
    lay(side: number, p: HeightsParams): void {
      for (let row = 0; row <= cells; row++) {
        for (let column = 0; column <= cells; column++) {
          const x = edge * ((2 * column) / cells - 1);
          const y = edge * (1 - (2 * row) / cells);
          heights[row * (cells + 1) + column] = heightAt(x, y, p);
        }
      }
      lines.clear();
      for (let band = 1; band < bandCount; band++) {
        const level = (2 * band) / bandCount - 1;
        for (let row = 0; row < cells; row++)
          for (let column = 0; column < cells; column++) crossCell(column, row, level, side);
      }
      lines.stroke({ color: 0xffffff, width: 1.2, cap: 'round' });
      markSummits(side);
    },
  };
}

/** Heights from -1 to 1 in their colours, with the truth and the brain's answer beside each other. */
export function createScale(paint: Paint) {
  const panel = createPanel(paint);
  const { root } = panel;
  const bands = Array.from({ length: bandCount }, () => new Graphics());
  const frame = paint.tint(new Graphics(), 'faint');
  const ticks = [-1, 0, 1].map((value) => ({
    value,
    label: paint.tint(createLabel(number(value, 0), { size: 11, mono: true, align: 1 }), 'soft'),
  }));
  const truth = new Container();
  const truthMark = paint.tint(new Graphics().rect(-3, -1, 24, 2).fill(0xffffff), 'ink');
  const truthLabel = paint.tint(createLabel('true', { size: 11 }), 'soft');
  truthLabel.x = 24;
  truth.addChild(truthMark, truthLabel);
  const answer = new Container();
  const spread = paint.tint(new Graphics().rect(-1.5, -1, 3, 2).fill(0xffffff), 'accent');
  const arrow = paint.tint(new Graphics().poly([0, 0, 9, -6, 9, 6], true).fill(0xffffff), 'accent');
  const says = paint.tint(createLabel('', { size: 12, mono: true, bold: true }), 'ink');
  spread.x = 4;
  says.x = 14;
  answer.addChild(spread, arrow, says);
  root.addChild(...bands, frame, ...ticks.map(({ label }) => label), truth, answer);
  const due = createPace(8);
  const left = 30;
  const wide = 18;
  let tall = 120;
  let shownTruth = 0;
  let shownAnswer = 0;
  let shownSpread = 0;
  const y = (height: number): number => 14 + ((1 - height) / 2) * tall;
  return {
    root,
    lay(width: number, height: number): void {
      panel.lay(width, height);
      tall = height - 28;
      bands.forEach((node, band) => {
        node.clear().rect(left, 0, wide, tall / bandCount + 0.5);
        node.fill(0xffffff);
        node.y = y((2 * (band + 1)) / bandCount - 1);
        node.tint = bandColour(paint.theme, band);
      });
      frame.clear().rect(left, 14, wide, tall).stroke({ color: 0xffffff, width: 1.5 });
      for (const { value, label } of ticks) label.position.set(left - 6, y(value));
      truth.x = left;
      answer.x = left + wide + 3;
    },
    show(height: number, action: number, deviation: number | undefined, acts: boolean, seconds: number) {
      shownTruth = approach(shownTruth, height, seconds, 0.05);
      shownAnswer = approach(shownAnswer, action, seconds, 0.05);
      shownSpread = approach(shownSpread, deviation ?? 0, seconds, 0.08);
      truth.y = y(shownTruth);
      answer.y = y(clamp(shownAnswer, -1, 1));
      answer.visible = acts;
      // The two would cover each other where the answer is good: the word gives way.
      truthLabel.visible = !acts || Math.abs(shownTruth - shownAnswer) * tall > 32;
      // The truth's word stands beside the scale, clear of the answer's arrow.
      spread.scale.y = Math.max(0.01, (shownSpread * tall) / 2);
      spread.visible = deviation !== undefined;
      if (due(seconds)) setText(says, number(action, 2));
    },
  };
}
