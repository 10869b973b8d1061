// The Moon as the lander's scenery: stars and the Earth, hills in the distance, the ground with its pad and flags, and
// streaks that drift with the wind.
import { Container, Graphics } from 'pixi.js';
import { worldWidth } from '../lander/craft.ts';
import { padFrom, padTo, pieceWidth } from '../lander/ground.ts';
import { corners, landerAt } from '../lander/row.ts';
import type { ViewTheme } from '../view.ts';
import { approach, clamp } from './motion.ts';
import { mix, type Paint } from './paint.ts';

const evenly = (i: number, stride: number): number => (i * stride) % 1;

/** Stars and the Earth; redrawn only when the room changes. */
export function createSky(paint: Paint) {
  const root = new Container();
  const steady = paint.tint(new Graphics(), 'soft');
  const twinkling = [0, 1, 2].map(() => paint.tint(new Graphics(), 'ink'));
  const earth = paint.tint(new Graphics(), 'faint');
  const sunlit = paint.tint(new Graphics(), 'soft');
  root.addChild(steady, ...twinkling, earth, sunlit);
  let seconds = 0;
  return {
    root,
    lay(width: number, height: number): void {
      steady.clear();
      for (const group of twinkling) group.clear();
      const count = Math.round(clamp((width * height) / 4200, 30, 130));
      for (let i = 1; i <= count; i++) {
        const x = evenly(i, 0.754877666) * width;
        const y = evenly(i, 0.569840291) * height;
        const group = i % 9 === 0 ? twinkling[(i / 9) % 3]! : steady;
        group.circle(x, y, 0.5 + 0.7 * evenly(i, 0.6180339887) ** 2).fill(0xffffff);
      }
      const r = clamp(width * 0.022, 8, 18);
      const [x, y] = [width * 0.62, Math.max(height * 0.2, 2 * r)];
      earth.clear().circle(x, y, r).fill(0xffffff);
      // The lit part: a half disc and half an ellipse.
      sunlit
        .clear()
        .moveTo(x, y - r)
        .arc(x, y, r, -Math.PI / 2, Math.PI / 2)
        .bezierCurveTo(x + r * 0.75, y + r * 0.7, x + r * 0.75, y - r * 0.7, x, y - r)
        .fill(0xffffff);
    },
    show(passed: number): void {
      seconds += passed;
      steady.alpha = paint.theme.dark ? 0.55 : 0.4;
      earth.alpha = paint.theme.dark ? 0.5 : 0.6;
      twinkling.forEach((group, i) => {
        const t = paint.theme.reducedMotion ? 0.5 : Math.abs(((seconds * 0.35 + i / 3) % 1) * 2 - 1);
        group.alpha = (paint.theme.dark ? 0.75 : 0.5) * (0.35 + 0.65 * t);
      });
    },
  };
}

/** Hills behind everything, further than the camera's moves reach. */
export function createHills(paint: Paint) {
  const root = new Container();
  const far = new Graphics();
  const near = new Graphics();
  root.addChild(far, near);
  const ridge = (g: Graphics, width: number, base: number, tall: number, step: number, stride: number) => {
    g.clear().moveTo(-width, base + 400);
    const count = Math.ceil((3 * width) / step);
    let before = base;
    for (let i = 0; i <= count; i++) {
      const x = -width + i * step;
      const y = base - tall * (0.25 + 0.75 * evenly(i + 1, stride));
      // Round tops: through the middles, with the corners as handles.
      if (i === 0) g.lineTo(x, y);
      else g.quadraticCurveTo(x - step, before, x - step / 2, (before + y) / 2);
      before = y;
    }
    g.lineTo(2 * width, base + 400).fill(0xffffff);
  };
  return {
    root,
    lay(width: number, base: number, metre: number): void {
      ridge(far, width, base, 3.6 * metre, 3.1 * metre, 0.6180339887);
      ridge(near, width, base, 2.1 * metre, 2.2 * metre, 0.754877666);
    },
    show(shift: number): void {
      const { background, line, dark } = paint.theme;
      far.tint = mix(background, line, dark ? 0.28 : 0.35);
      near.tint = mix(background, line, dark ? 0.5 : 0.6);
      far.x = shift * 0.15;
      near.x = shift * 0.3;
    },
  };
}

export const groundColour = ({ background, line, dark }: ViewTheme): number =>
  mix(background, line, dark ? 0.85 : 0.9);

/** The ground of one lane, in pixels from the world's left bottom corner, y downwards. */
export function createGround(paint: Paint) {
  const root = new Container();
  const body = new Graphics();
  const edge = paint.tint(new Graphics(), 'soft');
  const marks = new Graphics();
  const pad = paint.tint(new Graphics(), 'accent');
  root.addChild(body, marks, edge, pad);
  const held = new Float64Array(corners).fill(-1);
  let metre = 30;
  let below = 40;
  let beyond = 0;
  const height = (x: number): number => {
    const i = Math.floor(clamp(x / pieceWidth, 0, corners - 1.001));
    const t = clamp(x / pieceWidth - i, 0, 1);
    return held[i]! + t * (held[i + 1]! - held[i]!);
  };
  function draw(): void {
    const trace = (g: Graphics): Graphics => {
      g.lineTo(-beyond, -held[0]! * metre);
      for (let i = 0; i < corners; i++) g.lineTo(i * pieceWidth * metre, -held[i]! * metre);
      return g.lineTo(worldWidth * metre + beyond, -held[corners - 1]! * metre);
    };
    trace(body.clear().moveTo(-beyond, below))
      .lineTo(worldWidth * metre + beyond, below)
      .closePath()
      .fill(0xffffff);
    edge.clear().moveTo(-beyond, -held[0]! * metre);
    trace(edge).stroke({ color: 0xffffff, width: 2, join: 'round' });
    marks.clear();
    // Craters: flat bowls a little below the edge, none on the pad.
    for (let i = 1; i <= 26; i++) {
      const x = evenly(i, 0.754877666) * worldWidth;
      if (x > padFrom * pieceWidth - 0.6 && x < padTo * pieceWidth + 0.6) continue;
      const depth = 0.35 + 2.4 * evenly(i, 0.569840291);
      const r = 0.1 + 0.26 * evenly(i, 0.6180339887);
      if (height(x) - depth < -0.2) continue;
      marks.ellipse(x * metre, (depth - height(x)) * metre, r * metre, r * metre * 0.42).fill(0xffffff);
    }
    const level = -held[padFrom]! * metre;
    pad
      .clear()
      .roundRect(padFrom * pieceWidth * metre, level - 2, (padTo - padFrom) * pieceWidth * metre, 4, 2)
      .fill(0xffffff);
  }
  return {
    root,
    height,
    lay(newMetre: number, newBelow: number, newBeyond: number): void {
      [metre, below, beyond] = [newMetre, newBelow, newBeyond];
      held[0] = -1;
    },
    show(row: Float64Array): void {
      const { background, line, dark } = paint.theme;
      body.tint = groundColour(paint.theme);
      marks.tint = mix(background, line, dark ? 0.55 : 0.62);
      edge.alpha = 0.7;
      let changed = false;
      for (let i = 0; i < corners; i++) {
        const now = row[landerAt.ground + i]!;
        if (held[i] !== now) changed = true;
        held[i] = now;
      }
      if (changed) draw();
    },
  };
}

/** Two flags at the ends of the pad; they blow out with the wind. */
export function createFlags(paint: Paint) {
  const root = new Container();
  const flags = [padFrom, padTo].map((corner) => {
    const flag = new Container();
    const pole = paint.tint(new Graphics(), 'ink');
    const cloth = paint.tint(new Graphics(), 'accent');
    flag.addChild(pole, cloth);
    root.addChild(flag);
    return { corner, flag, pole, cloth, blown: 1 };
  });
  let seconds = 0;
  return {
    root,
    lay(metre: number, level: number): void {
      const tall = Math.max(20, 1.5 * metre);
      for (const { corner, flag, pole, cloth } of flags) {
        flag.position.set(corner * pieceWidth * metre, -level * metre);
        pole.clear().roundRect(-1, -tall, 2, tall, 1).fill(0xffffff);
        const w = tall * 0.5;
        cloth
          .clear()
          .poly([0, 0, w, tall * 0.16, 0, tall * 0.32])
          .fill(0xffffff);
        cloth.y = -tall;
      }
    },
    /** `wind`: -1 to the left .. 1 to the right; 0 where there is none. */
    show(wind: number, passed: number): void {
      seconds += passed;
      const calm = paint.theme.reducedMotion;
      flags.forEach((f, i) => {
        const flutter = calm ? 0 : 0.06 * (Math.abs(((seconds * 1.3 + 0.4 * i) % 1) * 2 - 1) - 0.5);
        const wanted = wind === 0 ? 1 : (wind < 0 ? -1 : 1) * (0.35 + 0.65 * Math.min(1, Math.abs(wind)));
        f.blown = approach(f.blown, wanted, passed, 0.15);
        f.cloth.scale.x = f.blown * (1 + flutter);
        f.cloth.skew.y = flutter;
      });
    },
  };
}

/** Streaks across the sky that go where the wind blows, as fast as it does. */
export function createStreaks(paint: Paint) {
  const root = new Container();
  const streaks = Array.from({ length: 18 }, (_, i) => {
    const streak = paint.tint(new Graphics().roundRect(-0.5, -1, 1, 2, 1).fill(0xffffff), 'soft');
    root.addChild(streak);
    return { streak, x: evenly(i + 1, 0.754877666), y: evenly(i + 1, 0.569840291) };
  });
  let strength = 0;
  return {
    root,
    show(wind: number, width: number, height: number, seconds: number): void {
      strength = approach(strength, wind, seconds, 0.1);
      root.visible = Math.abs(strength) > 0.02;
      if (!root.visible) return;
      const pace = paint.theme.reducedMotion ? 0 : strength * 0.45;
      for (const s of streaks) {
        s.x = (s.x + pace * seconds * (0.7 + 0.6 * s.y) + 1) % 1;
        s.streak.position.set((s.x * 1.2 - 0.1) * width, (0.06 + 0.72 * s.y) * height);
        s.streak.scale.x = 8 + 60 * Math.abs(strength);
        s.streak.alpha = 0.4 * Math.abs(strength);
      }
    },
  };
}
