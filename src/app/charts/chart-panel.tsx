// A chart with its caption, its key and what is read under the pointer.
import { effect, type ReadonlySignal, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { amount, count } from '../format.ts';
import { palette } from '../theme.ts';
import { onTick } from '../ticker.ts';
import { type ChartLook, colourOf, createChart, dashes, type Mark } from './chart.ts';
import { type Line, lastOf, valueAt } from './lines.ts';

export interface ChartData {
  readonly lines: readonly Line[];
  readonly marks: readonly Mark[];
  readonly range: ChartLook['range'];
  readonly threshold: number | null;
}

interface Props {
  readonly title: string;
  /** Gives the present data, or the same object as before when nothing has changed. */
  readonly read: () => ChartData;
  readonly empty: ComponentChildren;
}

const namesOf = (lines: readonly Line[]): string => lines.map((line) => `${line.key} ${line.label}`).join();

const Key = ({ line }: { line: Line }) => (
  <span class="key">
    <svg class="swatch" viewBox="0 0 16 8" aria-hidden="true" stroke={colourOf(line, palette.value)}>
      {line.role === 'points' ? (
        <circle cx="8" cy="4" r="2.8" />
      ) : (
        <path d="M0 4h16" stroke-dasharray={dashOf(line)} />
      )}
    </svg>
    {line.label}
  </span>
);

function dashOf(line: Line): string {
  if (line.role === 'control') return '5 3';
  return line.role === 'main' ? dashes[line.order % dashes.length]!.map((d) => d * 0.8).join(' ') : '';
}

const Hover = ({ data, at, left, wide }: { data: ChartData; at: number; left: number; wide: number }) => (
  <div
    class="hover"
    style={left > wide / 2 ? { right: `${wide - left + 12}px` } : { left: `${left + 12}px` }}
  >
    <b>update {count(at)}</b>
    {data.lines.map((line) => {
      const value = valueAt(line, at);
      return value === null ? null : (
        <span key={line.key}>
          {line.label} <b>{amount(value)}</b>
        </span>
      );
    })}
  </div>
);

export const ChartPanel = ({ title, read, empty }: Props) => {
  const host = useRef<HTMLDivElement>(null);
  const shown = useSignal<ChartData | null>(null);
  const keys = useSignal<readonly Line[]>([]);
  const hover = useSignal<{ at: number; left: number } | null>(null);

  useEffect(() => {
    const element = host.current!;
    const chart = createChart(element, (x, left) => {
      hover.value = x === null ? null : { at: Math.max(0, Math.round(x)), left };
    });
    const redraw = (): void => {
      const colours = palette.value;
      const data = shown.peek();
      if (data) chart.show(data.lines, data.marks, { ...data, palette: colours });
    };
    const observer = new ResizeObserver(() => chart.resize(element.clientWidth, element.clientHeight));
    observer.observe(element);
    const stops = [
      onTick(6, () => {
        const data = read();
        if (data === shown.peek()) return;
        shown.value = data;
        if (namesOf(data.lines) !== namesOf(keys.peek())) {
          keys.value = data.lines;
        }
        redraw();
      }),
      effect(redraw),
    ];
    return () => {
      for (const stop of stops) stop();
      observer.disconnect();
      chart.destroy();
    };
  }, [read]);

  const isEmpty = shown.value === null || shown.value.lines.every((line) => lastOf(line) === null);
  return (
    <figure class="chart" aria-label={title}>
      <figcaption>
        <span>{title}</span>
        {keys.value.length > 1 &&
          keys.value.filter((line) => line.role !== 'past').map((line) => <Key key={line.key} line={line} />)}
      </figcaption>
      <div class="plot" ref={host}>
        {isEmpty && <div class="empty">{empty}</div>}
        {hover.value && shown.value && !isEmpty && (
          <Hover
            data={shown.value}
            at={hover.value.at}
            left={hover.value.left}
            wide={host.current?.clientWidth ?? 0}
          />
        )}
      </div>
      <ChartWords title={title} data={shown} />
    </figure>
  );
};

const ChartWords = ({ title, data }: { title: string; data: ReadonlySignal<ChartData | null> }) => {
  const values = (data.value?.lines ?? []).flatMap((line) => {
    const last = lastOf(line);
    return last ? [`${line.label} ${amount(last[1])}`] : [];
  });
  return <p class="quiet-text">{`${title}: ${values.join(', ') || 'nothing yet'}.`}</p>;
};
