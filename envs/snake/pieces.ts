// What Snake's close-up is drawn from: a path through the cells that a body lies on, gliding between moves, the snake along it,
// the food, and the next move round its head.
import { Container, Graphics } from 'pixi.js';
import { approach, clamp, createPace, popIn } from '../drawing/motion.ts';
import type { Paint } from '../drawing/paint.ts';
import { createLabel, percent, setText } from '../drawing/text.ts';
import type { ViewFrame } from '../view.ts';
import { snakeAt as at, cellCount, headingAfter, largestSide, stepX, stepY } from './board.ts';

/** A line through the board in cells, middles at whole numbers; `lifts` marks points the pen is lifted before. */
export interface Path {
  readonly x: number[];
  readonly y: number[];
  readonly lifts: boolean[];
}

export const createPath = (): Path => ({ x: [], y: [], lifts: [] });

const cells = new Int32Array(cellCount);

/** Where the body lies, head first, `t` (0..1) of the way through its last move. */
export function traceBody(s: Float64Array, t: number, path: Path): void {
  path.x.length = 0;
  path.y.length = 0;
  path.lifts.length = 0;
  const [moves, length] = [s[at.moves]!, s[at.length]!];
  let freed = -1;
  for (let cell = 0; cell < cellCount; cell++) {
    const age = moves - s[cell]!;
    if (age < length) cells[age] = cell;
    else if (age === length && s[cell]! > 0) freed = cell;
  }
  const add = (x: number, y: number, lift: boolean): void => {
    path.x.push(x);
    path.y.push(y);
    path.lifts.push(lift);
  };
  const xOf = (cell: number): number => cell % largestSide;
  const yOf = (cell: number): number => Math.floor(cell / largestSide);
  /** One cell to the next; over the edge of the board, out at one side and in at the other. */
  const across = (from: number, to: number): readonly [number, number] => {
    const [dx, dy] = [xOf(to) - xOf(from), yOf(to) - yOf(from)];
    return [Math.abs(dx) > 1 ? -Math.sign(dx) : dx, Math.abs(dy) > 1 ? -Math.sign(dy) : dy];
  };
  const wraps = (a: number, b: number): boolean =>
    Math.abs(xOf(a) - xOf(b)) > 1 || Math.abs(yOf(a) - yOf(b)) > 1;
  const head = cells[0]!;
  const [dx, dy] = [stepX[s[at.heading]!]!, stepY[s[at.heading]!]!];
  const neck = length > 1 ? cells[1]! : head;
  const jumps = wraps(head, neck);
  if (jumps && t < 0.5) add(xOf(neck) + dx * t, yOf(neck) + dy * t, true);
  else {
    add(xOf(head) - dx * (1 - t), yOf(head) - dy * (1 - t), true);
    if (jumps) {
      add(xOf(head) - dx / 2, yOf(head) - dy / 2, false);
      add(xOf(neck) + dx / 2, yOf(neck) + dy / 2, true);
    }
  }
  for (let i = 1; i < length; i++) {
    const cell = cells[i]!;
    if (i > 1 && wraps(cells[i - 1]!, cell)) {
      const [ox, oy] = across(cells[i - 1]!, cell);
      add(xOf(cells[i - 1]!) + ox / 2, yOf(cells[i - 1]!) + oy / 2, false);
      add(xOf(cell) - ox / 2, yOf(cell) - oy / 2, true);
    }
    add(xOf(cell), yOf(cell), false);
  }
  // The end of the tail is drawn in, unless the last bite keeps it where it was.
  const tail = cells[length - 1]!;
  if (freed >= 0 && s[at.hungry]! > 0 && !wraps(freed, tail)) {
    add(
      xOf(tail) + (xOf(freed) - xOf(tail)) * (1 - t),
      yOf(tail) + (yOf(freed) - yOf(tail)) * (1 - t),
      false,
    );
  }
}

/** Strokes a path with round ends, `cell` pixels a cell. */
function stroke(shape: Graphics, path: Path, cell: number, width: number): void {
  shape.clear();
  for (let i = 0; i < path.x.length; i++) {
    const [x, y] = [(path.x[i]! + 0.5) * cell, (path.y[i]! + 0.5) * cell];
    if (path.lifts[i]) shape.moveTo(x, y);
    else shape.lineTo(x, y);
  }
  shape.stroke({ color: 0xffffff, width: width * cell, cap: 'round', join: 'round' });
}

const bulgeSpeed = 16; // cells of body a second
const bulges = 4;

/** Body, head with eyes, and what it has swallowed travelling down. */
export function createSerpent(paint: Paint) {
  const root = new Container();
  const rim = paint.tint(new Graphics(), 'background');
  const body = paint.tint(new Graphics(), 'accent');
  const back = paint.tint(new Graphics(), 'background');
  back.alpha = 0.22;
  const swallowed = Array.from({ length: bulges }, () => ({
    node: paint.tint(new Graphics().circle(0, 0, 0.44).fill(0xffffff), 'accent'),
    at: -1,
  }));
  const head = new Container();
  const tongue = paint.tint(
    new Graphics()
      .moveTo(0.3, 0)
      .lineTo(0.56, 0)
      .lineTo(0.66, -0.07)
      .moveTo(0.56, 0)
      .lineTo(0.66, 0.07)
      .stroke({ color: 0xffffff, width: 0.05, cap: 'round' }),
    'negative',
  );
  const skull = paint.tint(new Graphics().ellipse(0.04, 0, 0.42, 0.4).fill(0xffffff), 'accent');
  head.addChild(tongue, skull);
  for (const side of [-1, 1]) {
    const white = paint.tint(new Graphics().circle(0.14, 0.2 * side, 0.13).fill(0xffffff), 'background');
    const pupil = paint.tint(new Graphics().circle(0.18, 0.2 * side, 0.065).fill(0xffffff), 'ink');
    head.addChild(white, pupil);
  }
  root.addChild(rim, body, ...swallowed.map(({ node }) => node), back, head);
  let flick = 0;
  return {
    root,
    clear(): void {
      for (const one of swallowed) one.at = -1;
    },
    swallow(): void {
      const free = swallowed.find((one) => one.at < 0);
      if (free) free.at = 0;
    },
    show(path: Path, cell: number, heading: number, seconds: number, calm: boolean): void {
      stroke(rim, path, cell, 0.82);
      stroke(body, path, cell, 0.7);
      stroke(back, path, cell, 0.2);
      head.position.set((path.x[0]! + 0.5) * cell, (path.y[0]! + 0.5) * cell);
      // The short way round to the new heading.
      const turn = ((((heading - 1) * Math.PI) / 2 - head.rotation + 3 * Math.PI) % (2 * Math.PI)) - Math.PI;
      head.rotation += calm ? turn : turn - approach(turn, 0, seconds, 0.04);
      head.scale.set(cell);
      flick = (flick + seconds) % 1.6;
      tongue.visible = !calm && flick < 0.22;
      for (const one of swallowed) {
        one.node.visible = one.at >= 0 && !calm;
        if (one.at < 0) continue;
        one.at += seconds * bulgeSpeed;
        const i = Math.floor(one.at);
        if (i + 1 >= path.x.length) {
          one.at = -1;
          one.node.visible = false;
          continue;
        }
        const part = path.lifts[i + 1] ? 0 : one.at - i;
        one.node.position.set(
          (path.x[i]! + (path.x[i + 1]! - path.x[i]!) * part + 0.5) * cell,
          (path.y[i]! + (path.y[i + 1]! - path.y[i]!) * part + 0.5) * cell,
        );
        one.node.scale.set(cell * (1 - 0.18 * Math.min(1, one.at / path.x.length)));
      }
    },
  };
}

/** A berry that pops up where it is dropped, and breathes. */
export function createFood(paint: Paint) {
  const root = new Container();
  const berry = new Container();
  const halo = paint.tint(new Graphics().circle(0, 0, 0.44).fill(0xffffff), 'negative');
  halo.alpha = 0.16;
  const fruit = paint.tint(new Graphics().circle(0, 0.03, 0.28).fill(0xffffff), 'negative');
  const shine = paint.tint(new Graphics().circle(-0.09, -0.07, 0.07).fill(0xffffff), 'background');
  shine.alpha = 0.55;
  const stem = paint.tint(
    new Graphics()
      .moveTo(0, -0.24)
      .quadraticCurveTo(0.02, -0.34, 0.1, -0.38)
      .stroke({ color: 0xffffff, width: 0.06, cap: 'round' }),
    'ink',
  );
  berry.addChild(halo, fruit, shine, stem);
  root.addChild(berry);
  let shown = -1;
  let age = 0;
  return {
    root,
    show(food: number, cell: number, seconds: number, calm: boolean): void {
      if (food !== shown) {
        shown = food;
        age = 0;
      }
      age += seconds;
      root.visible = food >= 0;
      if (food < 0) return;
      root.position.set(((food % largestSide) + 0.5) * cell, (Math.floor(food / largestSide) + 0.5) * cell);
      const breath = ((age * 0.7) % 1) * 2 - 1;
      berry.scale.set(cell * (calm ? 1 : popIn(age / 0.3) * (1 + 0.05 * (1 - breath * breath))));
    },
  };
}

/** The three cells it can go to next, each as strong as it is likely. */
export function createMoves(paint: Paint) {
  const root = new Container();
  const spots = [0, 1, 2, 3].map((way) => {
    const spot = new Container();
    const box = paint.tint(new Graphics().roundRect(-0.44, -0.44, 0.88, 0.88, 0.18).fill(0xffffff), 'accent');
    const edge = paint.tint(
      new Graphics().roundRect(-0.44, -0.44, 0.88, 0.88, 0.18).stroke({ color: 0xffffff, width: 0.05 }),
      'ink',
    );
    const label = paint.tint(createLabel('', { mono: true, align: 0.5 }), 'ink');
    spot.addChild(box, edge, label);
    root.addChild(spot);
    return { way, spot, box, edge, label, strength: 0, chance: 0 };
  });
  const due = createPace(10);
  return {
    root,
    /** @param next for every cell, the one in each direction. */
    show(frame: ViewFrame, next: Int16Array, cell: number): void {
      const { secondsSinceLast: seconds } = frame;
      const heading = frame.hero[at.heading]!;
      const write = due(seconds);
      const chosen = headingAfter(heading, frame.action[0] ?? heading);
      for (const s of spots) {
        const back = s.way === ((heading + 2) & 3);
        const to = next[4 * frame.hero[at.head]! + s.way]!;
        s.spot.visible = !back && to >= 0;
        const p = frame.probabilities[s.way];
        // Asking to turn back is asking to go on.
        const all = s.way === heading ? (p ?? 0) + (frame.probabilities[(heading + 2) & 3] ?? 0) : (p ?? 0);
        s.strength = approach(s.strength, chosen === s.way ? 1 : 0, seconds, 0.04);
        s.chance = approach(s.chance, all, seconds, 0.05);
        s.spot.position.set(((to % largestSide) + 0.5) * cell, (Math.floor(to / largestSide) + 0.5) * cell);
        s.box.scale.set(cell);
        s.edge.scale.set(cell);
        s.box.alpha = 0.5 * s.chance;
        s.edge.alpha = clamp(s.strength, 0, 1) * 0.8;
        s.label.visible = p !== undefined && cell >= 26 && all >= 0.005;
        if (p !== undefined && write) setText(s.label, percent(all));
      }
    },
  };
}
