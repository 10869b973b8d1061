// How many equal tiles fit a room best: the arithmetic of a wall of lanes.

export interface Tiles {
  readonly columns: number;
  readonly width: number;
  readonly height: number;
  x(i: number): number;
  y(i: number): number;
}

/** `count` tiles in width x height, each as large as can be while near `aspect` (width over height). */
export function layTiles(count: number, width: number, height: number, aspect: number, gap = 8): Tiles {
  let columns = 1;
  let most = 0;
  for (let c = 1; c <= count; c++) {
    const w = (width - gap * (c - 1)) / c;
    const rows = Math.ceil(count / c);
    const h = (height - gap * (rows - 1)) / rows;
    const usable = Math.min(w, h * aspect);
    if (usable > most) {
      most = usable;
      columns = c;
    }
  }
  const rows = Math.ceil(count / columns);
  const w = Math.max(4, Math.floor((width - gap * (columns - 1)) / columns));
  const h = Math.max(4, Math.floor(Math.min((height - gap * (rows - 1)) / rows, (w / aspect) * 1.25)));
  const left = Math.floor((width - columns * w - gap * (columns - 1)) / 2);
  const top = Math.floor((height - rows * h - gap * (rows - 1)) / 2);
  return {
    columns,
    width: w,
    height: h,
    x: (i) => left + (i % columns) * (w + gap),
    y: (i) => top + Math.floor(i / columns) * (h + gap),
  };
}
