// Where a run has ever been: cells it came to are shaded by how often, cells it never came to are hatched, and a key below the
// board says how many there are. Seldom and often lie far apart, so shades go by the logarithm.
import { Container, Graphics, GraphicsContext, type Text } from 'pixi.js';
import { log } from '../../src/core/math.ts';
import type { Paint } from '../drawing/paint.ts';
import { css } from '../drawing/sheet.ts';
import { createLabel, setText } from '../drawing/text.ts';
import type { ViewTheme } from '../view.ts';
import { type GridMap, kinds } from './map.ts';

/** Opacity of a cell that was come to `times` times where another was `most` times. */
const shade = (times: number, most: number): number =>
  most <= 1 ? 0.1 : 0.1 + (0.4 * log(times)) / log(most);

const canBeIn = (map: GridMap, cell: number): boolean => map.cells[cell] !== kinds.wall;

/** @param shaded false: only the hatching, where the cells are filled with something else. */
export function paintVisits(
  c: CanvasRenderingContext2D,
  theme: ViewTheme,
  cell: number,
  map: GridMap,
  visits: Float64Array,
  shaded: boolean,
): void {
  const most = visits.reduce((a, b) => Math.max(a, b), 0);
  const inset = cell * 0.035;
  const side = cell - 2 * inset;
  c.strokeStyle = css(theme.faint, 0.9);
  c.lineWidth = 1;
  for (let i = 0; i < map.cells.length; i++) {
    if (!canBeIn(map, i)) continue;
    const [left, top] = [(i % map.width) * cell + inset, Math.floor(i / map.width) * cell + inset];
    const times = visits[i]!;
    c.beginPath();
    if (times === 0) {
      hatch(c, left, top, side);
      c.stroke();
    } else if (shaded) {
      c.fillStyle = css(theme.accent, shade(times, most));
      c.roundRect(left, top, side, side, cell * 0.16);
      c.fill();
    }
  }
}

/** Three strokes from the lower left to the upper right. */
function hatch(
  c: { moveTo(x: number, y: number): unknown; lineTo(x: number, y: number): unknown },
  left: number,
  top: number,
  side: number,
): void {
  for (const share of [0.5, 1, 1.5]) {
    const [low, high] = [Math.max(0, share - 1) * side, Math.min(1, share) * side];
    c.moveTo(left + low, top + high);
    c.lineTo(left + high, top + low);
  }
}

const thousands = (whole: number): string => String(whole).replace(/\B(?=(\d{3})+$)/g, ',');

export interface VisitKey {
  readonly root: Container;
  /** Of what it says now, px. */
  readonly width: number;
  /** Centred on the origin's x, from its y downwards, in fewer words where there is little room. */
  lay(width: number): void;
  show(map: GridMap, visits: Float64Array): void;
  destroy(): void;
}

const swatch = 11;
const ramp = [1, 10, 100, 1000] as const;
export const visitKeyHeight = 18;

export function createVisitKey(paint: Paint): VisitKey {
  const root = new Container();
  const key = new Container();
  const square = new GraphicsContext().roundRect(0, 0, swatch, swatch, 2).fill(0xffffff);
  const never = paint.tint(new Graphics().roundRect(0.5, 0.5, swatch - 1, swatch - 1, 2), 'faint');
  never.stroke({ color: 0xffffff, width: 1 });
  hatch(never, 0, 0, swatch);
  never.stroke({ color: 0xffffff, width: 1 });
  const shades = ramp.map((times) => {
    const one = paint.tint(new Graphics(square), 'accent');
    one.alpha = shade(times, ramp.at(-1)!);
    return one;
  });
  const [neverSaid, often, seen] = [0, 0, 0].map(() => paint.tint(createLabel(''), 'soft')) as [
    Text,
    Text,
    Text,
  ];
  paint.tint(seen, 'ink');
  key.addChild(never, neverSaid, ...shades, often);
  root.addChild(key, seen);
  let narrow = false;
  let wide = 0;
  const place = (): void => {
    const middle = swatch / 2;
    let x = 0;
    never.position.set(x, 0);
    x += swatch + 5;
    neverSaid.position.set(x, middle);
    x += neverSaid.width + 12;
    for (const one of shades) {
      one.position.set(x, 0);
      x += swatch + 1;
    }
    often.position.set(x + 4, middle);
    x += 4 + often.width;
    const gap = narrow ? 10 : 16;
    wide = x + gap + seen.width;
    const left = Math.round(-wide / 2);
    key.position.set(left, visitKeyHeight / 2 - middle);
    seen.position.set(left + x + gap, visitKeyHeight / 2);
  };
  return {
    root,
    get width() {
      return wide;
    },
    lay(width) {
      narrow = width < 420;
      place();
    },
    show(map, visits) {
      let [been, of, most] = [0, 0, 0];
      for (let i = 0; i < visits.length; i++) {
        if (!canBeIn(map, i)) continue;
        of++;
        if (visits[i]! > 0) been++;
        most = Math.max(most, visits[i]!);
      }
      setText(neverSaid, 'never');
      setText(often, narrow ? `1 to ${thousands(most)}×` : `visited once to ${thousands(most)} times`);
      setText(seen, `${been} of ${of} cells${narrow ? '' : ' visited'}`);
      place();
    },
    destroy: () => square.destroy(),
  };
}
