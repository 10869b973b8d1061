// A pad to draw on, what the scanner makes of the drawing, and what the brain takes it for.
import { useEffect, useRef } from 'preact/hooks';
import { standingWorld } from '../state/page.ts';
import {
  answer,
  beginLine,
  clearSketch,
  lengthenLine,
  lines,
  pen,
  seen,
  sketchKey,
  startSketching,
  stopSketching,
  undoLine,
} from '../state/sketch.ts';

/** Never claims certainty. */
const percent = (p: number): string => (p > 0.995 ? '> 99 %' : `${Math.round(100 * p)} %`);

const Pad = () => {
  const pad = useRef<HTMLButtonElement>(null);
  const drawing = useRef(false);
  useEffect(() => pad.current?.focus(), []);
  const placeOf = (event: PointerEvent): readonly [number, number] => {
    const { left, top, width, height } = pad.current!.getBoundingClientRect();
    const within = (at: number): number => Math.min(1, Math.max(0, at));
    return [within((event.clientX - left) / width), within((event.clientY - top) / height)];
  };
  const lift = (): void => {
    drawing.current = false;
  };
  const { x, y, down } = pen.value;
  return (
    <button
      ref={pad}
      type="button"
      class="pad-paper"
      aria-label={`Paper: draw ${standingWorld.value.sketch?.what} with a pointer or a finger. Arrows move the pen, space puts it down and lifts it, backspace takes the last line back.`}
      onPointerDown={(event) => {
        pad.current?.setPointerCapture(event.pointerId);
        drawing.current = true;
        beginLine(...placeOf(event));
      }}
      onPointerMove={(event) => {
        if (drawing.current) lengthenLine(...placeOf(event));
      }}
      onPointerUp={lift}
      onPointerCancel={lift}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || !sketchKey(event.key)) return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <svg viewBox="0 0 1 1" aria-hidden="true">
        {lines.value.map((line, i) => (
          // A single point is a dot: a line to itself, with round ends.
          <polyline key={i} class="ink" points={[...line, ...line.slice(-2)].join(' ')} />
        ))}
        <circle class="nib" data-down={down} cx={x} cy={y} r={0.022} />
      </svg>
    </button>
  );
};

/** The numbers that the brain is given, as a small picture. */
const Seen = () => {
  const [rows = 1, columns = 1] = standingWorld.value.observation.shape;
  return (
    <svg
      class="pad-seen"
      viewBox={`0 0 ${columns} ${rows}`}
      role="img"
      aria-label="What the brain sees of it"
    >
      {[...seen.value].map(
        (ink, i) =>
          ink > 0.02 && (
            <rect
              key={i}
              x={i % columns}
              y={Math.floor(i / columns)}
              width="1.02"
              height="1.02"
              fill-opacity={ink.toFixed(2)}
            />
          ),
      )}
    </svg>
  );
};

function verdict(names: readonly string[]): string {
  const said = answer.value;
  if (lines.value.length === 0) return `Draw ${standingWorld.value.sketch?.what}.`;
  if (said.length === 0) return 'This brain has nothing to say yet: teach it labels, or reward it, first.';
  const best = said.indexOf(Math.max(...said));
  return `It says ${names[best]}, ${percent(said[best]!)} sure.`;
}

const Answers = () => {
  const { action } = standingWorld.value;
  const names = action.kind === 'discrete' ? action.names : [];
  const said = answer.value;
  const best = said.indexOf(Math.max(...said));
  return (
    <div class="pad-says">
      <div class="pad-verdict">
        <Seen />
        <p aria-live="polite">{verdict(names)}</p>
      </div>
      <ul class="pad-bars" aria-label="How likely it takes each for the right one">
        {names.map((name, i) => (
          <li key={name} data-best={i === best && said.length > 0}>
            <span>{name}</span>
            <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
              <rect class="trough" width="100" height="10" />
              <rect width={100 * (said[i] ?? 0)} height="10" />
            </svg>
            <output>{said.length > 0 ? percent(said[i]!) : '–'}</output>
          </li>
        ))}
      </ul>
    </div>
  );
};

/** Lies over the stage while a person draws for the brain. */
export const Sketch = () => (
  <section class="sketch" aria-label="Your drawing">
    {/* Screen readers hand arrows and space on to the paper. */}
    <div class="pad-desk" role="application" aria-label="Paper">
      <Pad />
    </div>
    <Answers />
  </section>
);

export const SketchButton = () => {
  const { sketch } = standingWorld.value;
  return (
    sketch && (
      <button
        type="button"
        class="button"
        aria-label={`Draw ${sketch.what}`}
        title={`Draw ${sketch.what}, and see what the brain takes it for`}
        onClick={startSketching}
      >
        Draw
      </button>
    )
  );
};

export const SketchPanel = () => {
  const empty = lines.value.length === 0;
  return (
    <div class="transport playing" role="toolbar" aria-label="Your drawing">
      <button type="button" class="button" disabled={empty} onClick={undoLine}>
        Undo
      </button>
      <button type="button" class="button" disabled={empty} onClick={clearSketch}>
        Clear
      </button>
      <button type="button" class="button go" onClick={stopSketching}>
        Done
      </button>
    </div>
  );
};
