// What came against what should have come, a dot each: on the diagonal the two are the same.
import type { Palette } from '../theme.ts';
import type { Box } from './small-plots.ts';

/** @param at of each of `count` dots: how far across and up the box it is, both from 0 to 1. */
export function drawScatter(
  context: CanvasRenderingContext2D,
  box: Box,
  count: number,
  at: (i: number) => readonly [across: number, up: number],
  palette: Palette,
): void {
  const [left, bottom] = [box.left + 0.5, box.top + 0.5 + box.height];
  context.strokeStyle = palette.edge;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(left, bottom);
  context.lineTo(left + box.width, bottom - box.height);
  context.stroke();
  context.fillStyle = palette.accent;
  context.globalAlpha = 0.75;
  for (let i = 0; i < count; i++) {
    const [across, up] = at(i);
    context.beginPath();
    context.arc(left + across * box.width, bottom - up * box.height, 2, 0, 2 * Math.PI);
    context.fill();
  }
  context.globalAlpha = 1;
}
