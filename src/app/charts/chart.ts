// One uPlot chart: lines of several roles over updates, a threshold, marks where the way of learning changed, the
// present value at each line's end. It is told what to show and draws; it holds no data of its own.
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { amount } from '../format.ts';
import { font, type Palette } from '../theme.ts';
import { traceShape, type Way } from '../ways.tsx';
import { type Line, lastOf } from './lines.ts';

export interface Mark {
  readonly updates: number;
  readonly way: Way;
}

export interface ChartLook {
  readonly palette: Palette;
  /** [low, high] that the first scale shows at least; null: what the data asks for. */
  readonly range: readonly [number, number] | null;
  readonly threshold: number | null;
}

export interface Chart {
  show(lines: readonly Line[], marks: readonly Mark[], look: ChartLook): void;
  resize(width: number, height: number): void;
  destroy(): void;
}

export const dashes: readonly (readonly number[])[] = [[], [7, 3], [2, 3], [9, 3, 2, 3], [4, 4]];

export function colourOf(line: Line, palette: Palette): string {
  if (line.role === 'past') return palette.faint;
  if (line.role === 'control') return palette.soft;
  if (line.role === 'points') return palette.ink;
  return [palette.accent, palette.positive, palette.negative, palette.soft, palette.faint][line.order % 5]!;
}

// uPlot.JoinNullMode, whose const enum is not there at run time: a gap reaches to the line's next own point.
const keepNulls = 1;
const widenNulls = 2;
const ratio = (): number => uPlot.pxRatio || 1;

export function createChart(host: HTMLElement, onHover: (x: number | null, left: number) => void): Chart {
  let plot: uPlot | undefined;
  let shape = '';
  let [width, height] = [Math.max(1, host.clientWidth), Math.max(1, host.clientHeight)];
  let lines: readonly Line[] = [];
  let marks: readonly Mark[] = [];
  let look: ChartLook | undefined;

  const series = (line: Line): uPlot.Series => ({
    label: line.label,
    scale: line.scale,
    stroke: () => colourOf(line, look!.palette),
    width: line.role === 'main' ? 2 : line.role === 'points' ? 0 : 1.3,
    dash:
      line.role === 'main' ? [...dashes[line.order % dashes.length]!] : line.role === 'control' ? [6, 4] : [],
    alpha: line.role === 'past' ? 0.55 : 1,
    spanGaps: false,
    points:
      line.role === 'points'
        ? {
            show: true,
            size: 6,
            width: 1.5,
            space: 0,
            fill: () => look!.palette.panel,
            stroke: () => look!.palette.ink,
          }
        : { show: false },
  });

  const scaleOf = (name: string): uPlot.Scale => {
    if (name === 'y' && look!.range) {
      return {
        range: (_u, low, high) => {
          // The whole range of returns may be far beyond what is asked for and what is seen: room for the threshold and the
          // data, from 0 on where nothing is lost.
          const [least, most] = look!.range!;
          const asked = look!.threshold ?? most;
          const bottom = least >= 0 ? least : Math.max(least, Math.min(low ?? least, asked));
          const top = Math.min(most, asked + 0.25 * (asked - bottom));
          const [from, to] = [Math.min(bottom, low ?? bottom), Math.max(top, high ?? top)];
          return [least >= 0 ? from : from - (to - from) * 0.05, to + (to - from) * 0.02];
        },
      };
    }
    return {
      range: (_u, low, high) => {
        if (low === null || high === null) return [0, 1];
        const pad = (high - low || Math.abs(high) || 1) * 0.08;
        return [low - pad, high + pad];
      },
    };
  };

  function build(): void {
    plot?.destroy();
    const scales = [...new Set(lines.map((line) => line.scale))];
    const axis = {
      font,
      stroke: () => look!.palette.faint,
      ticks: { show: false },
      grid: { stroke: () => look!.palette.line, width: 1 },
      border: { show: false },
    };
    plot = new uPlot(
      {
        width,
        height,
        padding: [8, 54, 0, 0],
        legend: { show: false },
        cursor: {
          y: false,
          drag: { x: false, y: false },
          points: { show: false },
          sync: { key: 'progress' },
        },
        scales: {
          x: { time: false, range: (_u, _low, high) => [0, Math.max(1, high ?? 1)] },
          ...Object.fromEntries(scales.map((name) => [name, scaleOf(name)])),
        },
        axes: [
          {
            ...axis,
            size: 20,
            gap: 3,
            grid: { show: false },
            values: (_u, splits) => splits.map(shortNumber),
          },
          {
            ...axis,
            scale: 'y',
            size: 42,
            gap: 4,
            space: 28,
            values: (_u, splits) => splits.map(shortNumber),
          },
        ],
        series: [{}, ...lines.map(series)],
        hooks: {
          drawAxes: [drawThreshold],
          draw: [drawMarks, drawEnds],
          setCursor: [
            (u) => {
              const left = u.cursor.left ?? -1;
              onHover(left < 0 ? null : u.posToVal(left, 'x'), left + u.over.offsetLeft);
            },
          ],
        },
      },
      data(),
      host,
    );
  }

  const data = (): uPlot.AlignedData =>
    uPlot.join(
      lines.map((line) => [[...line.xs], [...line.ys]] as uPlot.AlignedData),
      lines.map(() => [keepNulls, widenNulls]),
    );

  function drawThreshold(u: uPlot): void {
    if (look?.threshold == null) return;
    const { ctx, bbox } = u;
    const y = u.valToPos(look.threshold, 'y', true);
    ctx.save();
    ctx.strokeStyle = look.palette.accent;
    ctx.lineWidth = 1.2 * ratio();
    ctx.setLineDash([4 * ratio(), 4 * ratio()]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    ctx.restore();
  }

  function drawMarks(u: uPlot): void {
    const { ctx, bbox } = u;
    ctx.save();
    let free = Number.POSITIVE_INFINITY;
    for (const mark of [...marks].reverse()) {
      const x = u.valToPos(mark.updates, 'x', true);
      if (x < bbox.left - 1 || x > bbox.left + bbox.width + 1) continue;
      ctx.strokeStyle = look!.palette[mark.way];
      ctx.fillStyle = look!.palette[mark.way];
      ctx.lineWidth = ratio();
      ctx.globalAlpha = 0.55;
      ctx.beginPath();
      ctx.moveTo(x, bbox.top + 9 * ratio());
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      ctx.globalAlpha = 1;
      // Switches at the same place stand side by side, the latest at the right.
      const at = Math.min(x, free);
      free = at - 11 * ratio();
      traceShape(ctx, mark.way, at, bbox.top + 4 * ratio(), 9 * ratio());
      ctx.fill();
    }
    ctx.restore();
  }

  /** Present values stand at the ends of their lines, pushed apart where they would overlap. */
  function drawEnds(u: uPlot): void {
    const { ctx } = u;
    const ends = lines
      .filter((line) => line.role === 'main' || line.role === 'control')
      .flatMap((line) => {
        const last = lastOf(line);
        return last
          ? [
              {
                line,
                x: u.valToPos(last[0], 'x', true),
                y: u.valToPos(last[1], line.scale, true),
                value: last[1],
              },
            ]
          : [];
      })
      .sort((a, b) => a.y - b.y);
    ctx.save();
    ctx.font = `600 ${11 * ratio()}px "Inter Variable", Inter, sans-serif`;
    ctx.textBaseline = 'middle';
    ctx.textAlign = 'left';
    const apart = 12 * ratio();
    const places = spread(
      ends.map((end) => end.y),
      u.bbox.top + apart / 2,
      u.bbox.top + u.bbox.height - 2,
      apart,
    );
    ends.forEach(({ line, x, y, value }, i) => {
      ctx.fillStyle = colourOf(line, look!.palette);
      ctx.beginPath();
      ctx.arc(x, y, 2.5 * ratio(), 0, 2 * Math.PI);
      ctx.fill();
      ctx.fillText(amount(value), x + 7 * ratio(), places[i]!);
    });
    ctx.restore();
  }

  return {
    show(nextLines, nextMarks, nextLook) {
      [lines, marks] = [nextLines, nextMarks];
      const nextShape = JSON.stringify([lines.map((l) => [l.key, l.scale, l.role]), nextLook.range]);
      const fresh = nextShape !== shape || !plot;
      look = nextLook;
      shape = nextShape;
      if (fresh) build();
      else plot!.setData(data());
    },
    resize(w, h) {
      [width, height] = [Math.max(1, w), Math.max(1, h)];
      plot?.setSize({ width, height });
    },
    destroy: () => plot?.destroy(),
  };
}

/** Sorted heights pushed `apart`, all between top and bottom as far as there is room. */
function spread(heights: readonly number[], top: number, bottom: number, apart: number): readonly number[] {
  const places = [...heights];
  for (let i = 0; i < places.length; i++) {
    places[i] = Math.max(places[i]!, i === 0 ? top : places[i - 1]! + apart);
  }
  for (let i = places.length - 1; i >= 0; i--) {
    places[i] = Math.min(places[i]!, i === places.length - 1 ? bottom : places[i + 1]! - apart);
  }
  return places;
}

const shortNumber = (value: number): string => {
  const size = Math.abs(value);
  if (size >= 1e6) return `${Number((value / 1e6).toPrecision(3))} M`;
  if (size >= 1e4) return `${Number((value / 1e3).toPrecision(3))} k`;
  return String(Number(value.toPrecision(3)));
};
