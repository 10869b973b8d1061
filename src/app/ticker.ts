// One animation-frame loop for everything that draws: each part says how often at most. A hidden page gets no
// animation frames, so nothing is drawn or pulled there.

interface Part {
  readonly every: number;
  readonly draw: (now: number) => void;
  last: number;
}

const parts = new Set<Part>();
let running = false;

function loop(now: number): void {
  for (const part of parts) {
    // A frame that comes a little early still counts, or 30 a second would become 20.
    if (now - part.last < part.every - 4) continue;
    part.last = now;
    part.draw(now);
  }
  requestAnimationFrame(loop);
}

/** Calls `draw` at most `perSecond` times a second while the page is seen; returns how to stop. */
export function onTick(perSecond: number, draw: (now: number) => void): () => void {
  const part: Part = { every: 1000 / perSecond, draw, last: Number.NEGATIVE_INFINITY };
  parts.add(part);
  if (!running) {
    running = true;
    requestAnimationFrame(loop);
  }
  return () => {
    parts.delete(part);
  };
}
