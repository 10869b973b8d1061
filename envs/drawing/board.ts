// A square board of cells as the stage shows it: in the middle with the panels at its sides where these have room, else pushed to
// the right with the panels in a column at the left; what happens on it, and the sentence that says so, lie above its things.
import { Container } from 'pixi.js';
import type { ViewFrame } from '../view.ts';
import { createMeter } from './hud.ts';
import { createNotice } from './notice.ts';
import type { Paint, Role } from './paint.ts';
import { createParticles, type Particles } from './particles.ts';
import { margin } from './picture.ts';

/** What the network sees, as a panel beside the board. */
export interface BoardSees {
  readonly root: Container;
  /** Its width where it has to share the room with the board, px. */
  readonly column: number;
  lay(width: number, height: number): void;
  show(observation: Float32Array): void;
  destroy(): void;
}

export interface Board {
  readonly root: Container;
  /** The world's own things, in pixels from the board's top left; also its particles go in here. */
  readonly things: Container;
  readonly particles: Particles;
  /** Pixels of one cell, and of all of them. */
  readonly cell: number;
  readonly side: number;
  /** Whether there is a sentence to be read. */
  readonly speaks: boolean;
  /** Pixels to the middle of a row or column. */
  middle(place: number): number;
  /** A sentence in the middle of row `y`. */
  say(text: string, y: number, role: Role): void;
  resize(width: number, height: number): void;
  /** Lays it out if the room or the panels have changed; true if the world has to lay its things too. */
  fit(frame: ViewFrame, withSees?: boolean): boolean;
  /** Once the things are drawn. */
  finish(frame: ViewFrame): void;
  destroy(): void;
}

const wideColumn = 150;

/** @param cells along one side. @param above, @param below px kept free over and under the board. */
export function createBoard(
  paint: Paint,
  cells: number,
  above: number,
  below: number,
  sees: BoardSees,
): Board {
  const root = new Container();
  const things = new Container();
  const particles = createParticles();
  const notice = createNotice(paint);
  const meter = createMeter(paint);
  root.addChild(things, sees.root, meter.root, notice.root);
  let [width, height, cell] = [740, 420, 40];
  let seen = false;
  let laidFor = '';
  const middle = (place: number): number => (place + 0.5) * cell;

  function lay(withMeter: boolean): void {
    const { column } = sees;
    const high = height - above - below;
    const full = Math.floor(Math.min(high - 6, width - 2 * margin) / cells);
    const sides = (width - full * cells) / 2 >= column + margin + 12;
    const shared = !sides && (seen || withMeter);
    cell = shared ? Math.floor(Math.min(full, (width - column - margin - 28) / cells)) : full;
    const side = cell * cells;
    const x = Math.round(shared ? width - side - 14 : (width - side) / 2);
    const y = Math.round(Math.max(3, (high - side) / 2));
    things.position.set(x, y + above);
    const left = sides ? Math.max(margin, x - 20 - wideColumn) : margin - 4;
    const seesTop = sides || !withMeter ? y : y + meter.height + 8;
    sees.lay(sides ? Math.min(wideColumn, x - margin - 20) : column, height - seesTop - 2);
    sees.root.position.set(left, seesTop);
    meter.root.position.set(sides ? x + side + 20 : left, y);
    particles.clear();
    notice.hide();
  }

  return {
    root,
    things,
    particles,
    get cell() {
      return cell;
    },
    get side() {
      return cell * cells;
    },
    get speaks() {
      return notice.root.visible;
    },
    middle,
    say(text, y, role) {
      notice.say(text, things.x + middle((cells - 1) / 2), things.y + middle(y), width, role);
    },
    resize(w, h) {
      [width, height] = [w, h];
    },
    fit({ overlays, value }, withSees = overlays.sees) {
      seen = withSees;
      const withMeter = overlays.values && !Number.isNaN(value);
      const key = `${width} ${height} ${withSees} ${withMeter}`;
      if (key === laidFor) return false;
      laidFor = key;
      lay(withMeter);
      return true;
    },
    finish({ observation, value, overlays, secondsSinceLast }) {
      particles.update(secondsSinceLast);
      notice.update(secondsSinceLast);
      sees.root.visible = seen;
      if (seen) sees.show(observation);
      meter.show(value, secondsSinceLast, overlays.values);
    },
    destroy() {
      particles.destroy();
      sees.destroy();
    },
  };
}
