// Draws a brain on a canvas: links first, then units and pictures, then words. Reads everything, keeps only
// what it needs to draw again quickly (scales, picture strips).
import type { HeroFrame } from '../../training/protocol.ts';
import { amount, percent } from '../format.ts';
import type { Palette } from '../theme.ts';
import { type Column, unitName } from './layout.ts';
import type { Link } from './links.ts';
import { glow, type Moment } from './motion.ts';
import { createTiles, largestOf, rgb, type Tiles } from './pictures.ts';

export interface Selection {
  readonly column: number;
  readonly unit: number;
  /** Input number of the chosen link; null: the unit itself. */
  readonly input: number | null;
}

export interface Scene {
  readonly columns: readonly Column[];
  readonly links: readonly Link[];
  readonly weights: Float32Array | null;
  /** The weights before the update that is being told. */
  readonly before: Float32Array | null;
  readonly gradients: Float32Array | null;
  readonly hero: HeroFrame | null;
  readonly moment: Moment | null;
  readonly selection: Selection | null;
  /** Heads that the present way of learning trains. */
  readonly taught: ReadonlySet<string>;
  /** Heads that are kept but not drawn. */
  readonly resting: readonly string[];
}

const labelFont = '500 11.5px "Inter Variable", Inter, sans-serif';

export interface Painter {
  paint(context: CanvasRenderingContext2D, scene: Scene, width: number, height: number): void;
}

export function createPainter(palette: Palette): Painter {
  const colours = {
    zero: rgb(palette.raise),
    positive: rgb(palette.positive),
    negative: rgb(palette.negative),
  };
  const strips = new Map<string, Tiles>();
  const scales = new Map<string, Float32Array>();
  let filtersOf: Float32Array | null = null;

  const stripFor = (key: string, width: number, height: number, count: number): Tiles => {
    const found = strips.get(key) ?? createTiles(width, height, count, colours);
    strips.set(key, found);
    return found;
  };

  const valuesOf = (column: Column, hero: HeroFrame): Float32Array | undefined => {
    if (column.path === 'input') return hero.activations['input'] ?? hero.observation;
    if (column.part === 'policy' && column.last && hero.probabilities.length === column.size)
      return hero.probabilities;
    return hero.activations[column.activation];
  };

  /** A unit's value beside the largest it has lately had: at both ends each by itself, inside a layer together. */
  const relative = (column: Column, values: Float32Array): Float32Array => {
    const alone = column.side !== null && column.part !== 'policy';
    let scale = scales.get(column.path);
    if (scale?.length !== values.length) scale = new Float32Array(values.length).fill(1e-3);
    scales.set(column.path, scale);
    const together = alone ? 0 : column.part === 'policy' && column.last ? 1 : largestOf(values);
    for (let i = 0; i < values.length; i++) {
      scale[i] = Math.max(scale[i]! * 0.998, alone ? Math.abs(values[i]!) : together, 1e-6);
    }
    return scale;
  };

  function link(context: CanvasRenderingContext2D, scene: Scene, one: Link, deepest: number): void {
    const column = scene.columns[one.column]!;
    const source = scene.columns[column.from]!;
    const { moment } = scene;
    const value = shownWeight(scene, one.at);
    // The weakest of the few that are drawn are only a hint.
    let [alpha, width] = [0.1 + 0.62 * one.share * one.share, 0.6 + 1.8 * one.share * one.share];
    let colour = value >= 0 ? palette.positive : palette.negative;
    if (moment?.phase === 'forward') {
      const shine = glow(moment.t, (column.depth - 0.5) / deepest);
      alpha = alpha * 0.45 + 0.55 * shine;
    } else if (moment?.phase === 'gradients') {
      const shine = glow(1 - moment.t, (column.depth - 0.5) / deepest);
      const moved = Math.abs(scene.gradients?.[one.at] ?? 0) > 0;
      if (moved && shine > 0) [colour, width] = [palette.accent, width + 1.4 * shine];
      alpha = alpha * 0.4 + (moved ? 0.6 * shine : 0);
    } else if (moment?.phase === 'loss') alpha *= 0.4;
    if (isChosen(scene.selection, one)) [alpha, width, colour] = [1, 3, palette.ink];
    context.globalAlpha = Math.min(1, alpha);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.setLineDash(value < 0 ? [4, 3] : []);
    traceLink(context, source, column, one);
    context.stroke();
  }

  function units(
    context: CanvasRenderingContext2D,
    scene: Scene,
    column: Column,
    index: number,
    deepest: number,
  ): void {
    const values = scene.hero && valuesOf(column, scene.hero);
    const scale = values && relative(column, values);
    const shine = scene.moment?.phase === 'forward' ? glow(scene.moment.t, column.depth / deepest) : 0;
    const lit = scene.moment?.phase === 'loss' && column.last && scene.taught.has(column.part);
    const r = column.radius;
    context.setLineDash([]);
    for (let i = 0; i < column.count; i++) {
      const [x, y] = [column.xs[i]!, column.ys[i]!];
      const value = values ? values[i]! / scale![i]! : 0;
      const size = Math.min(1, Math.abs(value));
      context.globalAlpha = 1;
      context.fillStyle = palette.panel;
      context.beginPath();
      context.arc(x, y, r + (r > 4 ? 1.5 : 0.8), 0, 2 * Math.PI);
      context.fill();
      context.lineWidth = 1;
      context.strokeStyle = lit ? palette.accent : palette.edge;
      if (r > 4 || lit) context.stroke();
      // Filled is positive, a ring is negative: legible without colour.
      const colour = value >= 0 ? palette.positive : palette.negative;
      context.globalAlpha = 0.16 + 0.84 * size;
      context.beginPath();
      if (value >= 0) {
        context.fillStyle = colour;
        context.arc(x, y, r * 0.86, 0, 2 * Math.PI);
        context.fill();
      } else {
        context.strokeStyle = colour;
        context.lineWidth = r * 0.5;
        context.arc(x, y, r * 0.6, 0, 2 * Math.PI);
        context.stroke();
      }
      if (shine > 0.05 || lit) halo(context, x, y, r, lit ? 1 - scene.moment!.t * 0.6 : shine * 0.7);
      if (scene.selection?.column === index && scene.selection.unit === i && scene.selection.input === null) {
        halo(context, x, y, r + 1.5, 1, palette.ink);
      }
    }
  }

  function halo(
    context: CanvasRenderingContext2D,
    x: number,
    y: number,
    r: number,
    alpha: number,
    colour = palette.accent,
  ): void {
    context.globalAlpha = alpha;
    context.strokeStyle = colour;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(x, y, r + 3, 0, 2 * Math.PI);
    context.stroke();
  }

  function pictures(context: CanvasRenderingContext2D, scene: Scene, column: Column, index: number): void {
    const [height, width, channels] = column.frame!;
    const values = scene.hero && valuesOf(column, scene.hero);
    const tiles = stripFor(column.path, width, height, channels);
    if (values) {
      const scale = largestOf(values, column.path === 'input' ? 1 : 1e-3);
      for (let c = 0; c < channels; c++) tiles.paint(c, values, c, channels, scale);
      tiles.flush();
    }
    const side = column.radius * 2;
    for (let c = 0; c < channels; c++) {
      const [x, y] = [column.xs[c]! - column.radius, column.ys[c]! - column.radius];
      context.globalAlpha = 1;
      tiles.draw(context, c, x, y, side, side);
      const chosen = scene.selection?.column === index && scene.selection.unit === c;
      context.setLineDash([]);
      context.lineWidth = chosen ? 2 : 1;
      context.strokeStyle = chosen ? palette.ink : palette.line;
      context.strokeRect(x - 0.5, y - 0.5, side + 1, side + 1);
    }
    if (column.filters && column.tap > 0 && scene.weights) filters(context, scene.weights, column);
  }

  /** Each map's filters, one small square per input channel, left of the map. */
  function filters(context: CanvasRenderingContext2D, weights: Float32Array, column: Column): void {
    const { side, inputs } = column.filters!;
    const slot = column.weight!;
    const maps = column.count;
    const tiles = stripFor(`${column.path} filters`, side, side, maps * inputs);
    if (filtersOf !== weights) {
      const own = weights.subarray(slot.offset, slot.offset + slot.length);
      const scale = largestOf(own);
      for (let map = 0; map < maps; map++) {
        for (let c = 0; c < inputs; c++)
          tiles.paint(map * inputs + c, own, c * maps + map, inputs * maps, scale);
      }
      tiles.flush();
      filtersOf = weights;
    }
    const square = column.tap * side;
    for (let map = 0; map < maps; map++) {
      const right = column.xs[map]! - column.radius - 5;
      for (let c = 0; c < inputs; c++) {
        const x = right - (inputs - c) * (square + 1);
        tiles.draw(context, map * inputs + c, x, column.ys[map]! - square / 2, square, square);
      }
    }
  }

  function words(context: CanvasRenderingContext2D, scene: Scene, column: Column): void {
    if (column.side === null) return;
    context.globalAlpha = 1;
    context.font = labelFont;
    const values = scene.hero && valuesOf(column, scene.hero);
    const many = !column.frame && column.count > 1 && Math.abs(column.ys[1]! - column.ys[0]!) < 11;
    if (many) return;
    for (let i = 0; i < column.count; i++) {
      if (column.labels[i] === undefined) continue;
      let text = unitName(column, i);
      if (column.part === 'policy' && column.last && scene.hero?.probabilities.length === column.size) {
        text = `${text} ${percent(scene.hero.probabilities[i]!)}`;
      }
      if (column.part === 'value' && scene.hero) text = `value ${amount(scene.hero.value)}`;
      const acts =
        column.part === 'policy' && scene.hero?.action[0] === i && scene.hero.probabilities.length > 0;
      context.fillStyle = acts ? palette.ink : palette.soft;
      const [x, y, r] = [column.xs[i]!, column.ys[i]!, column.radius];
      if (column.frame) {
        context.textAlign = 'center';
        context.fillText(text, x, y + r + 12);
      } else {
        context.textAlign = column.side === 'left' ? 'right' : 'left';
        context.fillText(text, column.side === 'left' ? x - r - 6 : x + r + 6, y + 4);
      }
      if (values && values.length === 0) return;
    }
  }

  return {
    paint(context, scene, width, height) {
      context.clearRect(0, 0, width, height);
      const deepest = Math.max(...scene.columns.map((column) => column.depth), 1);
      for (const one of scene.links) link(context, scene, one, deepest);
      scene.columns.forEach((column, index) => {
        if (column.frame) pictures(context, scene, column, index);
        else units(context, scene, column, index, deepest);
        words(context, scene, column);
      });
      context.globalAlpha = 1;
      context.setLineDash([]);
      context.font = labelFont;
      context.fillStyle = palette.faint;
      if (scene.resting.length > 0) {
        context.textAlign = 'right';
        context.fillText(`resting: ${scene.resting.join(', ')}`, width - 10, height - 8);
      }
      const said = new Set<string>();
      for (const column of scene.columns) {
        const name = column.part === 'input' ? 'senses' : column.part;
        const middle = scene.columns.filter((one) => one.part === column.part);
        if (said.has(name) || (column.part !== 'input' && column.part !== 'trunk')) continue;
        said.add(name);
        context.textAlign = 'center';
        context.fillText(name, (middle[0]!.x + middle.at(-1)!.x) / 2, height - 8);
      }
    },
  };
}

function traceLink(context: CanvasRenderingContext2D, source: Column, column: Column, link: Link): void {
  const [x0, y0, x1, y1] = ends(source, column, link);
  const bend = (x1 - x0) * 0.45;
  context.beginPath();
  context.moveTo(x0, y0);
  context.bezierCurveTo(x0 + bend, y0, x1 - bend, y1, x1, y1);
}

/** The two ends of a link, at the edges of pictures and the middles of units. */
export function ends(source: Column, column: Column, link: Link): readonly [number, number, number, number] {
  return [
    source.xs[link.source]! + (source.frame ? source.radius : 0),
    source.ys[link.source]!,
    column.xs[link.unit]! - (column.frame ? column.radius : 0),
    column.ys[link.unit]!,
  ];
}

function shownWeight(scene: Scene, at: number): number {
  const after = scene.weights?.[at] ?? 0;
  const before = scene.before?.[at];
  if (!scene.moment || before === undefined) return after;
  return scene.moment.phase === 'settles' ? before + (after - before) * scene.moment.t : before;
}

const isChosen = (selection: Selection | null, link: Link): boolean =>
  selection !== null &&
  selection.input === link.input &&
  selection.column === link.column &&
  selection.unit === link.unit;
