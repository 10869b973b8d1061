// Shows any world before it has a picture of its own: every number of its state as a labelled bar, the actions
// with their chances, and all lanes as small columns.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { badgeShape, createBadge } from './drawing/badges.ts';
import { createMeter } from './drawing/hud.ts';
import { approach, clamp, createPace } from './drawing/motion.ts';
import { clusterColour, createPaint, type Paint } from './drawing/paint.ts';
import { createLabel, number, percent, setText } from './drawing/text.ts';
import { layTiles } from './drawing/tiles.ts';
import { actionNames, type EnvironmentDef } from './environment.ts';
import { type EnvView, mostTiles, type ViewFrame, type ViewTheme } from './view.ts';

const margin = 16;
/** More numbers than this are not read one by one; a row that long needs a view of its own. */
const mostBars = 48;

interface Range {
  low: number;
  high: number;
}

/** Part of the range seen so far, 0..1; zero is always inside the range. */
const part = (value: number, range: Range): number =>
  clamp((value - range.low) / (range.high - range.low), 0, 1);

function createStateBar(paint: Paint, name: string) {
  const root = new Container();
  const label = paint.tint(createLabel(name), 'soft');
  const value = paint.tint(createLabel('', { mono: true, align: 1 }), 'ink');
  const track = paint.tint(new Graphics(), 'line');
  const bar = paint.tint(new Graphics().rect(0, -3, 1, 6).fill(0xffffff), 'accent');
  root.addChild(label, track, bar, value);
  let length = 1;
  let start = 0;
  return {
    root,
    lay(width: number): void {
      start = Math.min(112, width * 0.38);
      length = Math.max(8, width - start - 64);
      label.x = 0;
      value.x = width;
      track.clear().roundRect(start, -3, length, 6, 3).fill(0xffffff);
    },
    show(now: number, range: Range): void {
      const zero = part(0, range);
      const here = part(now, range);
      bar.x = start + Math.min(zero, here) * length;
      bar.scale.x = Math.max(2, Math.abs(here - zero) * length);
    },
    write(now: number): void {
      setText(value, number(now, Number.isInteger(now) ? 0 : 2));
    },
  };
}

function createGenericView(theme: ViewTheme, names: readonly string[], actions: readonly string[]): EnvView {
  const paint = createPaint(theme);
  const root = new Container();
  const close = new Container();
  const wall = new Container();
  root.addChild(close, wall);
  const count = Math.min(names.length, mostBars);
  const ranges: Range[] = names.map(() => ({ low: 0, high: 1e-6 }));
  const shown = new Float64Array(count);
  const bars = Array.from({ length: count }, (_, i) => createStateBar(paint, names[i]!));
  for (const bar of bars) close.addChild(bar.root);
  const more = paint.tint(
    createLabel(names.length > count ? `and ${names.length - count} more` : ''),
    'soft',
  );
  const meter = createMeter(paint);
  close.addChild(more, meter.root);

  const acts = new Container();
  const choices = actions.map((name) => {
    const chip = new Container();
    const back = new Graphics();
    const label = paint.tint(createLabel(name, { align: 0.5 }), 'ink');
    const chance = paint.tint(createLabel('', { mono: true, align: 0.5 }), 'soft');
    chip.addChild(back, label, chance);
    acts.addChild(chip);
    return { chip, back, label, chance };
  });
  close.addChild(acts);

  const column = new GraphicsContext().rect(0, -1, 1, 1).fill(0xffffff);
  const badges = badgeShape();
  const shownNumbers = Math.min(count, 12);
  const tiles = Array.from({ length: mostTiles }, () => {
    const tile = new Container();
    const back = paint.tint(new Graphics(), 'line');
    back.alpha = 0.4;
    const columns = Array.from({ length: shownNumbers }, () => new Graphics(column));
    const badge = createBadge(paint, badges);
    tile.addChild(back, ...columns, badge.root);
    tile.visible = false;
    wall.addChild(tile);
    return { tile, back, columns, badge };
  });

  let width = 740;
  let height = 420;
  let laidLanes = 0;
  let grid = layTiles(1, 1, 1, 1);
  const due = createPace(8);

  function lay(): void {
    const actsHeight = actions.length > 0 ? 52 : 0;
    const top = meter.height + 10;
    const room = height - top - actsHeight - 20;
    const columns = Math.max(
      1,
      Math.min(Math.ceil((count * 22) / Math.max(22, room)), Math.floor(width / 220)),
    );
    const rows = Math.ceil(count / columns);
    const pitch = clamp(room / rows, 12, 30);
    const wide = Math.min(420, (width - 2 * margin - 24 * (columns - 1)) / columns);
    const left = (width - columns * wide - 24 * (columns - 1)) / 2;
    bars.forEach((bar, i) => {
      bar.lay(wide);
      bar.root.position.set(
        Math.round(left + Math.floor(i / rows) * (wide + 24)),
        Math.round(top + pitch * ((i % rows) + 0.5)),
      );
    });
    more.position.set(left, top + pitch * rows + 8);
    meter.root.position.set(width - margin - meter.width, 0);
    const chip = Math.min(96, (width - 2 * margin) / Math.max(1, actions.length) - 6);
    choices.forEach((choice, i) => {
      choice.back
        .clear()
        .roundRect(-chip / 2, -20, chip, 40, 8)
        .fill(0xffffff);
      choice.chip.position.set(width / 2 + (i - (actions.length - 1) / 2) * (chip + 6), height - 26);
      choice.label.y = -8;
      choice.chance.y = 9;
    });
    if (laidLanes > 0) layWall(laidLanes);
  }

  function layWall(lanes: number): void {
    laidLanes = lanes;
    grid = layTiles(lanes, width - 2 * margin, height - 8, 1.6);
    const step = (grid.width - 12) / Math.max(1, shownNumbers);
    tiles.forEach(({ tile, back, columns, badge }, i) => {
      tile.visible = i < lanes;
      tile.position.set(margin + grid.x(i), 4 + grid.y(i));
      back.clear().roundRect(0, 0, grid.width, grid.height, 6).fill(0xffffff);
      badge.root.position.set(12, 12);
      columns.forEach((bar, k) => {
        bar.x = 6 + k * step;
        bar.scale.x = Math.max(1, step - 2);
      });
    });
  }

  function learnRanges(frame: ViewFrame, lanes: number): void {
    for (let i = 0; i < lanes; i++) {
      for (let k = 0; k < names.length; k++) {
        const value = frame.rows[i * frame.stride + k]!;
        const range = ranges[k]!;
        if (value < range.low) range.low = value;
        if (value > range.high) range.high = value;
      }
    }
  }

  function drawClose(frame: ViewFrame): void {
    const seconds = frame.secondsSinceLast;
    const write = due(seconds);
    for (let k = 0; k < count; k++) {
      const now = frame.hero[k]!;
      const range = ranges[k]!;
      range.low = Math.min(range.low, now);
      range.high = Math.max(range.high, now);
      shown[k] = approach(shown[k]!, now, seconds, 0.05);
      bars[k]!.show(shown[k]!, range);
      if (write) bars[k]!.write(now);
    }
    acts.visible = frame.overlays.acts;
    choices.forEach(({ back, chance }, i) => {
      const chosen = frame.action[0] === i;
      paint.tint(back, chosen ? 'accent' : 'line');
      back.alpha = chosen ? 0.35 : 0.5;
      const p = frame.probabilities[i];
      if (write) setText(chance, p === undefined ? '' : percent(p));
    });
    meter.show(frame.value, seconds, frame.overlays.values);
  }

  function drawWall(frame: ViewFrame, lanes: number): void {
    if (lanes !== laidLanes) layWall(lanes);
    for (let i = 0; i < lanes; i++) {
      const { columns, badge } = tiles[i]!;
      const cluster = frame.laneCluster?.[i];
      badge.show(cluster);
      for (let k = 0; k < shownNumbers; k++) {
        const range = ranges[k]!;
        const zero = part(0, range);
        const here = part(frame.rows[i * frame.stride + k]!, range);
        const bar = columns[k]!;
        const tall = grid.height - 12;
        bar.tint = cluster === undefined ? paint.theme.accent : clusterColour(paint.theme, cluster);
        bar.y = 6 + tall * (1 - Math.min(zero, here));
        bar.scale.y = Math.max(1, Math.abs(here - zero) * tall);
      }
    }
  }

  lay();
  return {
    root,
    aspect: 1.4,
    draw(frame) {
      const lanes = Math.min(frame.lanes, mostTiles);
      learnRanges(frame, lanes);
      close.visible = frame.mode === 'close';
      wall.visible = frame.mode === 'wall';
      if (frame.mode === 'close') drawClose(frame);
      else drawWall(frame, lanes);
    },
    resize(w, h) {
      width = w;
      height = h;
      lay();
    },
    setTheme: (next) => paint.apply(next),
    destroy() {
      root.destroy({ children: true });
      column.destroy();
      badges.destroy();
    },
  };
}

/** The generic picture of a world that is registered but not drawn yet. */
export const genericViewOf =
  (def: EnvironmentDef): ((theme: ViewTheme) => EnvView) =>
  (theme) =>
    createGenericView(theme, def.state, actionNames(def.action));
