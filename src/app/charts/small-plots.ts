// One small plot for each of a few numbers, side by side: its name, and a box to draw in.
import type { Palette } from '../theme.ts';

/** A box in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Calls `draw` with the box of each of `count` plots, after its frame and name. */
export function smallPlots(
  context: CanvasRenderingContext2D,
  names: readonly string[],
  count: number,
  width: number,
  height: number,
  palette: Palette,
  draw: (box: Box, k: number) => void,
): void {
  const across = count <= 1 ? 1 : Math.ceil(Math.sqrt(count));
  const down = Math.ceil(count / across);
  const [cellWidth, cellHeight] = [width / across, height / down];
  for (let k = 0; k < count; k++) {
    const [left, top] = [(k % across) * cellWidth, Math.floor(k / across) * cellHeight];
    const box = { left, top: top + 16, width: cellWidth - 10, height: cellHeight - 22 };
    // Where many numbers share the room, names would lie on top of each other.
    if (box.height > 12) {
      context.fillStyle = palette.faint;
      context.fillText(names[k % names.length] ?? '', left, top + 11, box.width);
    }
    frameBox(context, box, palette);
    draw(box, k);
  }
}

export function frameBox(
  context: CanvasRenderingContext2D,
  { left, top, width, height }: Box,
  palette: Palette,
): void {
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  context.strokeRect(left + 0.5, top + 0.5, width, height);
}
