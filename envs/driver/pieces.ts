// What stands in Driver's pictures: the road with its edges, kerbs and start line, the car with its turning wheels, the rays
// with what they hit. All are drawn from a road's sections, so that nothing is shown that the car does not feel.
import { Container, Graphics, GraphicsContext, type Text } from 'pixi.js';
import { cos, sin } from '../../src/core/math.ts';
import { createPanel } from '../drawing/hud.ts';
import { createPace } from '../drawing/motion.ts';
import { mix, type Paint } from '../drawing/paint.ts';
import { createLabel, setText } from '../drawing/text.ts';
import { rayAngles } from './dynamics.ts';
import { boundsOf, field } from './loop.ts';
import { type Road, wide } from './road.ts';

/** Bends tighter than this have kerbs, m. */
const kerbRadius = 24;

/** A closed line through two numbers of each section, in pixels. */
function outline({ sections, count }: Road, from: number, metre: number): number[] {
  const points: number[] = [];
  for (let i = 0; i < count; i++) {
    points.push(sections[i * wide + from]! * metre, sections[i * wide + from + 1]! * metre);
  }
  return points;
}

/** Draws the ribbon alone: what the tiles of the wall show. */
export function drawRibbon(shape: GraphicsContext, road: Road, width: number, metre: number): void {
  shape
    .clear()
    .poly(outline(road, 0, metre), true)
    .stroke({ color: 0xffffff, width: Math.max(2, width * metre), join: 'round' });
}

export interface RoadPicture {
  readonly root: Container;
  /** Draws this road, `width` m wide, at so many pixels a metre; the field's middle in the origin. */
  lay(road: Road, width: number, metre: number): void;
  repaint(): void;
}

export function createRoadPicture(paint: Paint): RoadPicture {
  const root = new Container();
  const verge = paint.tint(new Graphics(), 'line');
  verge.alpha = 0.35;
  const asphalt = new Graphics();
  const kerbs = paint.tint(new Graphics(), 'ink');
  const stripes = paint.tint(new Graphics(), 'negative');
  const edges = paint.tint(new Graphics(), 'soft');
  const dashes = paint.tint(new Graphics(), 'faint');
  const board = paint.tint(new Graphics(), 'background');
  const checks = paint.tint(new Graphics(), 'ink');
  const ways = paint.tint(new Graphics(), 'soft');
  ways.alpha = 0.7;
  root.addChild(verge, asphalt, dashes, kerbs, stripes, edges, ways, board, checks);

  function drawKerbs({ sections: s, bend, count }: Road, metre: number): void {
    kerbs.clear();
    stripes.clear();
    const depth = 0.9; // m
    for (let i = 0; i < count; i++) {
      const sharp = bend[i]!;
      if (Math.abs(sharp) < 1 / kerbRadius) continue;
      // On the inside, where cars cut the corner, two blocks to a cell.
      const edge = sharp > 0 ? 6 : 4;
      const out = sharp > 0 ? 1 : -1;
      const [a, b] = [i * wide, (i + 1) * wide];
      for (let k = 0; k < 2; k++) {
        const corner = (t: number, far: number): [number, number] => {
          const place = (d: number): number => s[a + d]! * (1 - t) + s[b + d]! * t;
          const [nx, ny] = [-place(3) * out, place(2) * out];
          return [(place(edge) + nx * far * depth) * metre, (place(edge + 1) + ny * far * depth) * metre];
        };
        const [from, to] = [k / 2, (k + 1) / 2];
        const block = [
          ...corner(from, -0.15),
          ...corner(to, -0.15),
          ...corner(to, 0.85),
          ...corner(from, 0.85),
        ];
        (k === 0 ? kerbs : stripes).poly(block, true).fill(0xffffff);
      }
    }
  }

  function drawStart({ sections: s }: Road, width: number, metre: number): void {
    const [x, y, dx, dy] = [s[0]! * metre, s[1]! * metre, s[2]!, s[3]!];
    const squares = Math.max(4, Math.round(width / 0.9));
    const side = (width * metre) / squares;
    const square = (target: Graphics, row: number, column: number): void => {
      const corner = (r: number, c: number): [number, number] => {
        const along = (r - 1) * side;
        const beside = c * side - (width * metre) / 2;
        return [x + dx * along - dy * beside, y + dy * along + dx * beside];
      };
      const [r, c] = [row, column];
      target.poly([...corner(r, c), ...corner(r + 1, c), ...corner(r + 1, c + 1), ...corner(r, c + 1)], true);
      target.fill(0xffffff);
    };
    board.clear();
    checks.clear();
    for (let row = 0; row < 2; row++) {
      for (let column = 0; column < squares; column++) {
        square((row + column) % 2 === 0 ? checks : board, row, column);
      }
    }
    // Two chevrons tell the way round.
    ways.clear();
    for (const ahead of [5, 7.2]) {
      const point = (along: number, beside: number): [number, number] => [
        x + (dx * along - dy * beside) * metre,
        y + (dy * along + dx * beside) * metre,
      ];
      ways
        .moveTo(...point(ahead, -1))
        .lineTo(...point(ahead + 1.1, 0))
        .lineTo(...point(ahead, 1));
    }
    ways.stroke({ color: 0xffffff, width: Math.max(1.5, 0.35 * metre), cap: 'round', join: 'round' });
  }

  const repaint = (): void => {
    const { theme } = paint;
    asphalt.tint = mix(theme.background, theme.line, theme.dark ? 0.75 : 0.8);
  };

  return {
    root,
    repaint,
    lay(road, width, metre) {
      const middle = outline(road, 0, metre);
      verge
        .clear()
        .poly(middle, true)
        .stroke({ color: 0xffffff, width: (width + 3) * metre, join: 'round' });
      asphalt
        .clear()
        .poly(middle, true)
        .stroke({ color: 0xffffff, width: width * metre, join: 'round' });
      edges.clear();
      for (const edge of [4, 6]) {
        edges.poly(outline(road, edge, metre), true).stroke({ color: 0xffffff, width: 1.5, join: 'round' });
      }
      dashes.clear();
      for (let i = 3; i < road.count - 2; i += 3) {
        const [x, y, dx, dy] = [0, 1, 2, 3].map((d) => road.sections[i * wide + d]!) as [
          number,
          number,
          number,
          number,
        ];
        dashes.moveTo((x - dx) * metre, (y - dy) * metre).lineTo((x + dx) * metre, (y + dy) * metre);
      }
      dashes.stroke({ color: 0xffffff, width: 1.5, cap: 'round' });
      drawKerbs(road, metre);
      drawStart(road, width, metre);
      repaint();
    },
  };
}

export interface Rays {
  readonly root: Container;
  /** From (x, y) in metres, heading that way, at these distances; `clear`: with metres written at every second one. */
  show(x: number, y: number, heading: number, distances: Float64Array, metre: number, clear: boolean): void;
  destroy(): void;
}

/** The rays as lines, with a dot where they meet the edge; without one where they end in the open. */
export function createRays(paint: Paint): Rays {
  const root = new Container();
  const lineShape = new GraphicsContext().rect(0, -0.5, 1, 1).fill(0xffffff);
  const dotShape = new GraphicsContext().circle(0, 0, 3).fill(0xffffff);
  const rays = rayAngles.map((angle, i) => {
    const line = paint.tint(new Graphics(lineShape), 'accent');
    const dot = paint.tint(new Graphics(dotShape), 'accent');
    const label: Text | undefined =
      i % 2 === 0 ? paint.tint(createLabel('', { size: 11, mono: true, align: 0.5 }), 'ink') : undefined;
    root.addChild(line, dot);
    return { angle, line, dot, label, written: 0 };
  });
  for (const { label } of rays) if (label) root.addChild(label);
  return {
    root,
    show(x, y, heading, distances, metre, clear) {
      let [usedX, usedY] = [Infinity, Infinity];
      rays.forEach((ray, i) => {
        const { angle, line, dot, label } = ray;
        const turned = heading + angle;
        const [rx, ry] = [cos(turned), sin(turned)];
        const far = Math.abs(distances[i]!);
        // Told by its sign that nothing was hit.
        const free = distances[i]! < 0;
        line.position.set(x * metre, y * metre);
        line.rotation = turned;
        line.scale.set(far * metre, clear ? 1.5 : 1);
        line.alpha = clear ? 0.6 : 0.25;
        dot.position.set((x + rx * far) * metre, (y + ry * far) * metre);
        dot.visible = !free;
        dot.scale.set(clear ? 1 : 0.7);
        dot.alpha = clear ? 1 : 0.5;
        if (!label) return;
        const beyond = far * metre + 14;
        const [px, py] = [x * metre + rx * beyond, y * metre + ry * beyond];
        // Where two would lie on each other, or on the car, the later one is left out.
        const crowded = Math.abs(px - usedX) < 26 && Math.abs(py - usedY) < 13;
        label.visible = clear && !crowded && beyond > 24;
        if (!label.visible) return;
        [usedX, usedY] = [px, py];
        label.position.set(px, py);
        // A new text is costly: only for a change worth reading.
        if (Math.abs(far - ray.written) < (far < 10 ? 0.25 : 0.7)) return;
        ray.written = far;
        setText(label, `${free ? '>' : ''}${far.toFixed(far < 9.95 ? 1 : 0)}`);
      });
    },
    destroy() {
      lineShape.destroy();
      dotShape.destroy();
    },
  };
}

export interface Path {
  readonly root: Container;
  /** From (x, y) in metres, heading that way: the bends (1/m) of the line meant and of both its bounds, `reach` m long. */
  show(x: number, y: number, heading: number, bends: readonly number[], reach: number, metre: number): void;
  destroy(): void;
}

const pathDots = 9;

/** Where the car would go if it did as it means to: a line of dots, and a thinner one to either side for what else it may do. */
export function createPath(paint: Paint): Path {
  const root = new Container();
  const shape = new GraphicsContext().circle(0, 0, 2.4).fill(0xffffff);
  const lines = [0, 1, 2].map((line) =>
    Array.from({ length: pathDots }, () => {
      const dot = paint.tint(new Graphics(shape), 'ink');
      dot.scale.set(line === 0 ? 1 : 0.6);
      root.addChild(dot);
      return dot;
    }),
  );
  return {
    root,
    show(x, y, heading, bends, reach, metre) {
      lines.forEach((dots, line) => {
        const bend = bends[line];
        let [angle, px, py] = [heading, x, y];
        const step = reach / pathDots;
        dots.forEach((dot, i) => {
          dot.visible = bend !== undefined;
          if (bend === undefined) return;
          angle += bend * step;
          px += cos(angle) * step;
          py += sin(angle) * step;
          dot.position.set(px * metre, py * metre);
          dot.alpha = (line === 0 ? 0.95 : 0.6) * (1 - i / (pathDots + 2));
        });
      });
    },
    destroy() {
      shape.destroy();
    },
  };
}

export interface Dials {
  readonly root: Container;
  lay(width: number): void;
  show(metresPerSecond: number, share: number, seconds: number, since: number): void;
}

export const dialsHeight = 34;

/** How fast it goes, how much of the lap is done, and for how long it has been going. */
export function createDials(paint: Paint): Dials {
  const { root, lay } = createPanel(paint);
  const pace = paint.tint(createLabel('', { size: 15, bold: true, mono: true, align: 1 }), 'ink');
  const unit = paint.tint(createLabel('km/h', { size: 11 }), 'soft');
  const done = paint.tint(createLabel('', { mono: true, align: 1 }), 'ink');
  const clock = paint.tint(createLabel('', { mono: true, align: 1 }), 'soft');
  const line = paint.tint(new Graphics(), 'line');
  const bar = paint.tint(new Graphics().rect(0, -2, 1, 4).fill(0xffffff), 'accent');
  root.addChild(pace, unit, line, bar, done, clock);
  const due = createPace(8);
  const y = dialsHeight / 2;
  let length = 60;
  return {
    root,
    lay(width) {
      lay(width, dialsHeight);
      pace.position.set(42, y);
      unit.position.set(47, y + 1);
      clock.position.set(width - 12, y);
      done.position.set(width - 62, y);
      const from = 86;
      length = width - 62 - 40 - from;
      line
        .clear()
        .roundRect(from, y - 2, length, 4, 2)
        .fill(0xffffff);
      bar.position.set(from, y);
    },
    show(metresPerSecond, share, seconds, since) {
      bar.scale.x = Math.max(0.5, share * length);
      if (!due(since)) return;
      setText(pace, String(Math.round(metresPerSecond * 3.6)));
      setText(done, `${Math.floor(share * 100)}%`);
      setText(clock, `${seconds.toFixed(1)} s`);
    },
  };
}

export interface RoadMap {
  readonly root: Container;
  readonly width: number;
  readonly height: number;
  lay(road: Road, roadWidth: number): void;
  /** The car is at (x, y), in metres. */
  show(x: number, y: number): void;
  destroy(): void;
}

/** The whole circuit, small, for when only a stretch of it is seen. */
export function createMap(paint: Paint): RoadMap {
  const { root, lay } = createPanel(paint);
  const shape = new GraphicsContext();
  const ribbon = paint.tint(new Graphics(shape), 'faint');
  const spot = paint.tint(new Graphics().circle(0, 0, 3.5).fill(0xffffff), 'accent');
  root.addChild(ribbon, spot);
  const width = 96;
  let height = 60;
  let metre = 1;
  return {
    root,
    width,
    get height() {
      return height;
    },
    lay(road, roadWidth) {
      const bounds = boundsOf(road.line);
      metre = (width - 22) / Math.max(bounds.width, bounds.height * 1.3);
      height = Math.round(bounds.height * metre + 22);
      lay(width, height);
      ribbon.position.set(
        width / 2 - (bounds.left + bounds.width / 2) * metre,
        height / 2 - (bounds.top + bounds.height / 2) * metre,
      );
      drawRibbon(shape, road, roadWidth, metre);
    },
    show(x, y) {
      spot.position.set(ribbon.x + x * metre, ribbon.y + y * metre);
    },
    destroy() {
      shape.destroy();
    },
  };
}

/** Points [x0, y0, ...] in a picture that large, in metres round the field's middle; the field is as large as fits the picture. */
export function fieldOf(points: readonly number[], width: number, height: number): number[] {
  const metre = Math.min(width / field.width, height / field.height);
  return points.map((value, i) => (value - (i % 2 === 0 ? width : height) / 2) / metre);
}
