// A world on a plane, close up: the plane with what the brain says of every place, the lanes' points on it, and what stands beside
// it: how well it goes, what is seen, and room for a panel of the world's own.
import { Container, Graphics, type Text } from 'pixi.js';
import type { ProbeAnswers } from '../environment.ts';
import type { ViewFrame } from '../view.ts';
import { createBars, createMeter, type Meter } from './hud.ts';
import { createNotice } from './notice.ts';
import type { Paint, Role } from './paint.ts';
import { createParticles, type Particles } from './particles.ts';
import { margin } from './picture.ts';
import { axisRoom, createPlane, createSurface, type Plane, type Shading } from './plane.ts';
import { createLabel } from './text.ts';

// Px, for what stands beside the plane.
const wideColumn = 132;
const narrowColumn = 112;

export interface PlaneDesk {
  readonly root: Container;
  readonly plane: Plane;
  readonly particles: Particles;
  /** Lines from a place to the axes. */
  readonly guides: Graphics;
  /** How well it goes, in large figures. */
  readonly tally: Text;
  /** Panels stand at both sides of the plane, not in one column at its left. */
  readonly wide: boolean;
  /** Where the world's own panel goes, px: its top left, and how wide it may be. */
  readonly panel: { readonly x: number; readonly y: number; readonly width: number };
  /** The top left of what is seen. */
  readonly seen: { readonly x: number; readonly y: number };
  readonly meter: Meter;
  resize(width: number, height: number): void;
  lay(): void;
  /** Puts something on the plane. */
  put(node: Container, x: number, y: number): void;
  /** A sentence over the plane's upper edge. */
  say(text: string, role: Role): void;
  /** What the brain says of every place, `channels` numbers each, if it was asked and it is wanted; returns whether that is to be seen. */
  showAnswers(frame: ViewFrame, channels: number, shading: () => Shading): boolean;
  /** How far along either axis a place is, which is what the network is given; `gap` px are kept free round it. */
  showGuides(frame: ViewFrame, x: number, y: number, gap: number): void;
  /** Once the plane is drawn. */
  finish(frame: ViewFrame): void;
  destroy(): void;
}

/**
 * @param edge where the plane ends. @param reach what its axes are marked with, and what is usually seen of a number.
 * @param grid answers along one side. @param names of what is seen. @param note what the tally counts.
 */
export function createPlaneDesk(
  paint: Paint,
  edge: number,
  reach: number,
  grid: number,
  names: readonly string[],
  note: string,
): PlaneDesk {
  const root = new Container();
  const plane = createPlane(paint, edge, reach);
  const surface = createSurface(grid);
  surface.root.visible = false;
  plane.below.addChild(surface.root);
  const guides = paint.tint(new Graphics(), 'ink');
  const particles = createParticles(24, 3);
  const sees = createBars(
    paint,
    names.map((name) => ({ name, unit: '', usual: reach })),
    'sees',
  );
  const meter = createMeter(paint);
  const tally = paint.tint(createLabel('', { size: 20, bold: true }), 'ink');
  const tallyNote = paint.tint(createLabel(note), 'soft');
  const notice = createNotice(paint);
  root.addChild(plane.root, tally, tallyNote, sees.root, meter.root, notice.root);
  let [width, height, wide] = [740, 420, true];
  let panel = { x: 0, y: 0, width: wideColumn };
  let shown: ProbeAnswers | undefined;

  return {
    root,
    plane,
    particles,
    guides,
    tally,
    meter,
    get wide() {
      return wide;
    },
    get panel() {
      return panel;
    },
    get seen() {
      return sees.root.position;
    },
    resize(w, h) {
      [width, height] = [w, h];
    },
    lay() {
      const beside = wideColumn + margin + 12;
      wide = width >= 2 * beside + axisRoom + 200;
      const room = wide ? width - 2 * beside : width - narrowColumn - margin - 14;
      const side = Math.floor(Math.min(height - axisRoom - 8, room - axisRoom));
      plane.lay(side);
      surface.lay(side);
      const left = wide ? (width - side) / 2 : width - side - 10;
      plane.root.position.set(
        Math.round(left + side / 2),
        Math.round((height - axisRoom - side) / 2 + side / 2),
      );
      const top = plane.root.y - side / 2;
      sees.fit(wideColumn, side);
      sees.root.position.set(Math.max(margin, left - axisRoom - 14 - wideColumn), top);
      // On a phone there is one column: the tally, then the panels; what is seen is shown on the plane alone.
      panel = wide
        ? { x: Math.round(left + side + 18), y: top, width: wideColumn }
        : { x: margin - 6, y: top + 44, width: narrowColumn };
      if (wide) tally.position.set(sees.root.x + 2, top + sees.height + 24);
      else tally.position.set(panel.x + 2, top + 10);
      tallyNote.position.set(tally.x, tally.y + 20);
      shown = undefined;
      particles.clear();
      notice.hide();
    },
    put(node, x, y) {
      node.position.set(x * plane.unit, -y * plane.unit);
    },
    say(text, role) {
      notice.say(text, plane.root.x, plane.root.y - plane.side / 2 + 18, width, role);
    },
    showAnswers({ probes, overlays }, channels, shading) {
      const whole = probes !== undefined && probes.outputs.length === probes.count * channels;
      surface.root.visible = overlays.acts && whole;
      if (surface.root.visible && probes && probes !== shown) {
        shown = probes;
        surface.show(probes.outputs, channels, shading());
      }
      return surface.root.visible;
    },
    showGuides({ overlays }, x, y, gap) {
      guides.visible = overlays.sees;
      if (!guides.visible) return;
      const [px, py, half] = [x * plane.unit, -y * plane.unit, plane.side / 2];
      guides.clear();
      for (let d = py + gap; d < half; d += 8) guides.rect(px - 0.75, d, 1.5, Math.min(4, half - d));
      for (let d = px - gap - 4; d > -half; d -= 8) guides.rect(Math.max(-half, d), py - 0.75, 4, 1.5);
      guides.fill(0xffffff);
    },
    finish({ overlays, observation, value, secondsSinceLast }) {
      sees.root.visible = overlays.sees && wide;
      if (sees.root.visible) sees.show(observation, secondsSinceLast);
      particles.update(secondsSinceLast);
      notice.update(secondsSinceLast);
      meter.show(value, secondsSinceLast, overlays.values);
    },
    destroy() {
      particles.destroy();
      surface.destroy();
    },
  };
}
