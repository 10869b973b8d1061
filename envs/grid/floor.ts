// The board of the grid world: floor, walls, pits, goals and winds, painted onto a canvas once for the close-up and once for all
// tiles of the wall, since a map has hundreds of cells and a wall would have tens of thousands.
import { css } from '../drawing/sheet.ts';
import type { ViewTheme } from '../view.ts';
import { type GridMap, kinds, stepX, stepY } from './map.ts';

const turn = 2 * Math.PI;

/** Paints a map with cells of that size, its upper left at the origin. */
export function paintFloor(c: CanvasRenderingContext2D, theme: ViewTheme, map: GridMap, cell: number): void {
  const gap = Math.max(0.5, cell * 0.035);
  const size = cell - 2 * gap;
  const round = cell * 0.16;
  map.cells.forEach((kind, i) => {
    const [left, top] = [(i % map.width) * cell, Math.floor(i / map.width) * cell];
    if (kind === kinds.wall) paintWall(c, theme, map, cell, i);
    else {
      c.fillStyle = css(theme.background, 0.75);
      c.beginPath();
      c.roundRect(left + gap, top + gap, size, size, round);
      c.fill();
    }
    c.save();
    c.translate(left + cell / 2, top + cell / 2);
    if (kind === kinds.pit) paintPit(c, theme, cell);
    else if (kind === kinds.goal) paintFlag(c, theme, cell);
    else if (kind >= kinds.windUp) paintWind(c, theme, cell, kind - kinds.windUp);
    c.restore();
  });
}

/** Walls that touch are one wall. */
function paintWall(
  c: CanvasRenderingContext2D,
  theme: ViewTheme,
  map: GridMap,
  cell: number,
  i: number,
): void {
  const { width, height, cells } = map;
  const [x, y] = [i % width, Math.floor(i / width)];
  const [left, top] = [x * cell, y * cell];
  const gap = Math.max(0.5, cell * 0.035);
  const size = cell - 2 * gap;
  const isWall = (column: number, row: number): boolean =>
    column < width && row < height && cells[row * width + column] === kinds.wall;
  const [right, below] = [isWall(x + 1, y), isWall(x, y + 1)];
  c.fillStyle = css(theme.faint);
  c.beginPath();
  c.roundRect(left + gap, top + gap, size, size, cell * 0.16);
  if (right) c.rect(left + cell / 2, top + gap, cell, size);
  if (below) c.rect(left + gap, top + cell / 2, size, cell);
  if (right && below && isWall(x + 1, y + 1)) c.rect(left + cell / 2, top + cell / 2, cell, cell);
  c.fill();
}

function disc(c: CanvasRenderingContext2D, y: number, radius: number): void {
  c.beginPath();
  c.arc(0, y, radius, 0, turn);
}

function paintPit(c: CanvasRenderingContext2D, theme: ViewTheme, cell: number): void {
  c.fillStyle = css(theme.background);
  c.strokeStyle = css(theme.negative);
  c.lineWidth = Math.max(1, cell * 0.05);
  disc(c, 0, cell * 0.36);
  c.fill();
  c.stroke();
  c.fillStyle = css(theme.negative, 0.28);
  disc(c, cell * 0.06, cell * 0.24);
  c.fill();
  c.fillStyle = css(theme.negative, 0.4);
  disc(c, cell * 0.1, cell * 0.13);
  c.fill();
}

function paintFlag(c: CanvasRenderingContext2D, theme: ViewTheme, cell: number): void {
  const pole = Math.max(1, cell * 0.06);
  c.fillStyle = css(theme.ink);
  c.beginPath();
  c.roundRect(-cell * 0.17, -cell * 0.32, pole, cell * 0.64, pole / 2);
  c.roundRect(-cell * 0.28, cell * 0.28, cell * 0.28, pole, pole / 2);
  c.fill();
  c.fillStyle = css(theme.positive);
  c.beginPath();
  c.moveTo(-cell * 0.17 + pole, -cell * 0.3);
  c.lineTo(cell * 0.28, -cell * 0.13);
  c.lineTo(-cell * 0.17 + pole, cell * 0.05);
  c.closePath();
  c.fill();
}

function paintWind(c: CanvasRenderingContext2D, theme: ViewTheme, cell: number, way: number): void {
  const [dx, dy] = [stepX[way]!, stepY[way]!];
  const to = (along: number, aside: number): [number, number] => [
    cell * (dx * along - dy * aside),
    cell * (dy * along + dx * aside),
  ];
  c.strokeStyle = css(theme.soft, 0.6);
  c.lineWidth = Math.max(1, cell * 0.045);
  c.lineCap = 'round';
  c.lineJoin = 'round';
  c.beginPath();
  for (const at of [-0.2, 0, 0.2]) {
    c.moveTo(...to(at - 0.07, -0.13));
    c.lineTo(...to(at + 0.07, 0));
    c.lineTo(...to(at - 0.07, 0.13));
  }
  c.stroke();
}
