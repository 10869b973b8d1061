// Drawing on the stage: the sheet that hears the pointer, and the tools beside it.
import { useRef } from 'preact/hooks';
import { canUndo, editor, startDrawing, stopDrawing, stroke, tool, undoStroke } from '../state/drawing.ts';
import { dirty, touched } from '../state/page.ts';
import { startOver } from '../state/recipe-actions.ts';

/** Lies over the stage while something is drawn. `toPicture` turns the page's pixels into the picture's. */
export const DrawingSheet = ({
  toPicture,
}: {
  toPicture: (x: number, y: number) => readonly [number, number];
}) => {
  const points = useRef<number[]>([]);
  if (tool.value === null) return null;
  const hear = (event: PointerEvent, begun: boolean, done: boolean): void => {
    if (begun) points.current = [];
    else if (points.current.length === 0) return;
    points.current.push(...toPicture(event.clientX, event.clientY));
    stroke(points.current, begun, done);
    if (done) points.current = [];
  };
  return (
    <div
      class="sheet"
      role="application"
      aria-label="Draw here with a pointer; by keyboard, edit the text among the numbers of the world"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        hear(event, true, false);
      }}
      onPointerMove={(event) => hear(event, false, false)}
      onPointerUp={(event) => hear(event, false, true)}
      onPointerCancel={(event) => hear(event, false, true)}
    />
  );
};

export const DrawButton = () =>
  editor.value && (
    <button type="button" class="button" title="Draw the world with the pointer" onClick={startDrawing}>
      Draw
    </button>
  );

export const DrawingPanel = () => (
  <div class="transport playing" role="toolbar" aria-label="Drawing">
    <fieldset class="pads tools" aria-label="What to draw">
      {editor.value?.tools.map((one) => (
        <button
          key={one}
          type="button"
          class="button pad"
          aria-pressed={tool.value === one}
          onClick={() => {
            tool.value = one;
          }}
        >
          {one}
        </button>
      ))}
    </fieldset>
    <button type="button" class="button" disabled={canUndo.value.length === 0} onClick={undoStroke}>
      Undo
    </button>
    {dirty.value && touched.value && (
      <button
        type="button"
        class="button"
        onClick={() => {
          stopDrawing();
          startOver();
        }}
      >
        Start over here
      </button>
    )}
    <button type="button" class="button go" onClick={stopDrawing}>
      Done
    </button>
  </div>
);
