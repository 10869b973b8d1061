// The lander as a small finished game: the Moon at night (or on paper), the craft with legs that bend and engines that
// burn, its trail, all other lanes as ghosts, instruments in the ground. Reads rows and nothing else.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { createCorners } from '../drawing/corners.ts';
import { createEpisodes } from '../drawing/episode.ts';
import { createGhosts, faintness } from '../drawing/ghosts.ts';
import { createGlide } from '../drawing/glide.ts';
import {
  createFlags,
  createGround,
  createHills,
  createSky,
  createStreaks,
  groundColour,
} from '../drawing/moon.ts';
import { approach, clamp } from '../drawing/motion.ts';
import { createNotice } from '../drawing/notice.ts';
import { laneColour, mix, type Paint, type Role } from '../drawing/paint.ts';
import { createParticles } from '../drawing/particles.ts';
import { type Look, pictureOf } from '../drawing/picture.ts';
import { createPuffs } from '../drawing/puffs.ts';
import { createReadouts } from '../drawing/readouts.ts';
import { number, percent } from '../drawing/text.ts';
import type { ViewFrame } from '../view.ts';
import { legHalfHeight, padHeight, secondsPerStep, worldHeight, worldWidth } from './craft.ts';
import { type LanderParams, lander, windAt } from './dynamics.ts';
import { padFrom, padTo, pieceWidth } from './ground.ts';
import {
  createCraft,
  createFire,
  createMoves,
  createShapes,
  destroyShapes,
  drawShapes,
  poseFields,
} from './pieces.ts';
import { landerAt as at } from './row.ts';
import { createWall } from './wall.ts';

const band = 46; // px of ground below the lowest corner, for the instruments
const closest = 23; // px a metre: smaller rooms follow the craft instead of showing all
const trailLength = 46;
const seesWidth = 170; // px, where room is short
const padLevel = 0.99 * padHeight;
const afterwards = 1.5; // s, for which what an episode left behind stays

export const createLanderView = pictureOf(1.5, createCloseUp, createWall);

function createCloseUp(paint: Paint): Look {
  const root = new Container();
  const sky = createSky(paint);
  const hills = createHills(paint);
  const streaks = createStreaks(paint);
  const scene = new Container(); // in pixels, its origin the world's bottom left
  const ground = createGround(paint);
  const flags = createFlags(paint);
  const limits = paint.tint(new Graphics(), 'faint');
  const shapes = createShapes();
  const ghosts = createGhosts(paint, 0.75, (root, badge) => {
    const body = new Graphics(shapes.ghost);
    root.addChild(body, badge);
    return { body };
  });
  const glide = createGlide([0, 1, 2], 0.09);
  const trailShape = new GraphicsContext().circle(0, 0, 8).fill(0xffffff);
  const trail = Array.from({ length: trailLength }, () => paint.tint(new Graphics(trailShape), 'accent'));
  const puffs = createPuffs(170);
  const fire = createFire(paint, puffs);
  const left = createCraft(paint, shapes); // what an ended episode left behind
  left.root.visible = false;
  const hero = createCraft(paint, shapes);
  const moves = createMoves(paint);
  const particles = createParticles(72, 4);
  scene.addChild(
    ghosts.root,
    ...trail,
    puffs.root,
    limits,
    particles.root,
    ground.root,
    flags.root,
    left.root,
    fire.root,
    hero.root,
  );
  scene.addChild(moves.root);
  const dash = new Graphics(); // ground for the instruments, also where the camera is high above it
  const notice = createNotice(paint);
  const readouts = createReadouts(paint, [
    'vertical',
    'sideways',
    'height',
    'tilt',
    'main engine',
    'side engines',
    'wind',
  ]);
  const usual = [1, 1, 1, 1, 0.4, 1, 1, 1];
  const corners = createCorners(
    paint,
    lander.observation.names.map((name, i) => ({ name, unit: i === 4 ? 'rad' : '', usual: usual[i]! })),
  );
  root.addChild(sky.root, hills.root, streaks.root, scene, dash, readouts.root, corners.root, notice.root);

  let width = 740;
  let height = 420;
  let metre = 30;
  let cameraX = 0;
  let cameraY = 0;
  let p: LanderParams | undefined;
  const pose = new Float64Array(poseFields.length);
  const last = new Float64Array(lander.state.length);
  const trailAt = new Float32Array(2 * trailLength);
  let trailDue = 0;
  const episodes = createEpisodes();
  let leftAge = afterwards;
  let leftStands = false;

  const landed = (): boolean => last[at.still]! > 0.4;

  function lay(): void {
    const across = width / worldWidth;
    const up = (height - band) / (worldHeight + 1.4);
    metre = Math.max(Math.min(across, up), Math.min(closest, height / 9));
    drawShapes(shapes, metre);
    fire.lay(metre);
    const beyond = Math.max(seesWidth + 10, (width - worldWidth * metre) / 2 + 4);
    ground.lay(metre, band + 200, beyond);
    flags.lay(metre, padLevel);
    sky.lay(width, height - band);
    hills.lay(width, height - band - 1.2 * metre, metre);
    limits.clear();
    for (const x of [0, worldWidth * metre]) {
      for (let y = 8; y < worldHeight * metre; y += 14) limits.rect(x - 0.75, -y - 7, 1.5, 7).fill(0xffffff);
    }
    dash
      .clear()
      .rect(0, height - band, width, band + 200)
      .fill(0xffffff);
    readouts.lay(width - 16, p?.wind === 1 ? 7 : 6);
    readouts.root.position.set(Math.round(width / 2), height - readouts.height - 6);
    corners.lay(width, height - readouts.height - 14, false);
    leftAge = afterwards;
    puffs.clear();
    particles.clear();
    notice.hide();
  }

  /** Keeps the craft in sight, and nothing beyond the world where the world is larger than the room. */
  function aim(x: number, y: number, seconds: number, jump: boolean): void {
    const slackX = worldWidth * metre - width;
    // In a narrow room the craft keeps out from under what is written on the left.
    const taken = corners.sees.visible && slackX > 0 ? Math.min(seesWidth, width * 0.5) : 0;
    const wantX = slackX <= 0 ? slackX / 2 : clamp(x * metre - (width + taken) / 2, -taken, slackX);
    // Rooms that show all need no more sky than there is.
    const whole = (worldHeight + 1.3) * metre + band <= height;
    const slackY = (worldHeight + 3.5) * metre + band - height;
    const wantY = whole ? 0 : clamp(y * metre + band - height * 0.55, 0, slackY);
    cameraX = jump ? wantX : approach(cameraX, wantX, seconds, 0.22);
    cameraY = jump ? wantY : approach(cameraY, wantY, seconds, 0.22);
    scene.position.set(Math.round(-cameraX), Math.round(height - band + cameraY));
    hills.root.y = cameraY * 0.25;
    dash.visible = cameraY > 1;
    dash.tint = groundColour(paint.theme);
  }

  function endFlight(result: number, steps: number): void {
    const x = last[0]! * metre;
    const y = -last[1]! * metre;
    const say = (text: string, role: Role): void => {
      notice.say(text, scene.x + x, Math.max(96, scene.y + y - Math.max(52, 1.5 * metre)), width, role);
    };
    const calm = paint.theme.reducedMotion;
    const points = number(result, 0);
    leftAge = 0;
    leftStands = landed();
    for (let i = 0; i < pose.length; i++) pose[i] = last[poseFields[i]!]!;
    left.show(pose, 0, metre, [last[at.down[0]] === 1, last[at.down[1]] === 1]);
    if (leftStands) {
      const onPad = last[0]! > padFrom * pieceWidth && last[0]! < padTo * pieceWidth;
      say(`${onPad ? 'Landed' : 'Landed beside the pad'}: ${points} points`, 'accent');
      if (calm) return;
      particles.ring(x, y + metre * 0.5, 2.6 * metre, paint.theme.accent);
      for (const colour of [paint.theme.accent, paint.theme.ink, paint.theme.positive]) {
        particles.burst(x, y - metre * 0.3, 8, colour, 5 * metre, 6 * metre, Math.max(4, 0.14 * metre));
      }
      return;
    }
    if (last[0]! < 0.8 || last[0]! > worldWidth - 0.8) {
      leftAge = afterwards;
      say(`Left the field: ${points} points`, 'soft');
      return;
    }
    if (steps >= lander.maxSteps - 3) {
      leftAge = afterwards;
      say(`Time is up: ${points} points`, 'soft');
      return;
    }
    say(`Crashed: ${points} points`, 'soft');
    if (calm) return;
    particles.ring(x, y, 2.2 * metre, paint.theme.negative);
    for (const colour of [paint.theme.ink, paint.theme.soft, paint.theme.accent]) {
      particles.burst(x, y, 9, colour, 6 * metre, 5 * metre, Math.max(4, 0.17 * metre));
    }
    for (let i = 0; i < 26; i++) {
      const across = puffs.spread() * 4.5 * metre;
      puffs.emit(
        x,
        y + 0.2 * metre,
        across,
        -Math.abs(puffs.also()) * 2.4 * metre,
        0.75 * metre,
        1.1,
        dust(),
      );
    }
  }

  const dust = (): number => mix(paint.theme.background, paint.theme.soft, 0.75);
  const floor = (x: number): number => -ground.height(x / metre) * metre;

  function drawTrail(x: number, y: number, fresh: boolean, seconds: number): void {
    trailDue -= seconds;
    if (fresh) {
      for (let i = 0; i < trailLength; i++) {
        trailAt[2 * i] = x;
        trailAt[2 * i + 1] = y;
      }
    } else if (trailDue <= 0) {
      trailDue = 0.06;
      trailAt.copyWithin(2, 0);
      trailAt[0] = x;
      trailAt[1] = y;
    }
    trail.forEach((dot, i) => {
      const t = 1 - i / trailLength;
      dot.visible = !paint.theme.reducedMotion;
      dot.position.set(trailAt[2 * i]! * metre, -trailAt[2 * i + 1]! * metre);
      dot.scale.set((1.1 + 1.1 * t) / 8);
      dot.alpha = 0.5 * t;
    });
  }

  function drawCrowd(frame: ViewFrame): void {
    const shown = glide.follow(frame);
    const { theme } = paint;
    const faint = faintness(shown, 4);
    ghosts.show(frame, shown, ({ root: ghost, body }, i, group) => {
      ghost.position.set(glide.shown[3 * i]! * metre, -glide.shown[3 * i + 1]! * metre);
      body.rotation = -glide.shown[3 * i + 2]!;
      body.tint = laneColour(theme, group, theme.soft);
      body.alpha = (group === undefined ? 0.5 : 0.8) * faint * glide.opacity[i]!;
    });
  }

  function drawLeft(seconds: number): void {
    leftAge += seconds;
    left.root.visible = leftAge < afterwards && (leftStands || paint.theme.reducedMotion);
    left.root.alpha = 1 - clamp((leftAge / afterwards - 0.5) * 2, 0, 1);
  }

  const burnTime = (steps: number): string => `${number(steps * secondsPerStep, 1)} s`;
  function figures(row: Float64Array, blow: number): readonly string[] {
    const [vx, vy] = [row[3]!, row[4]!];
    const low = Math.min(row[at.leg[0] + 1]!, row[at.leg[1] + 1]!) - legHalfHeight;
    const tilt = Math.round((row[2]! * 180) / Math.PI);
    const still = 0.05;
    return [
      `${vy > still ? '↑' : vy < -still ? '↓' : '·'} ${number(Math.abs(vy), 1)} m/s`,
      `${vx > still ? '→' : vx < -still ? '←' : '·'} ${number(Math.abs(vx), 1)} m/s`,
      `${number(Math.max(0, low - ground.height(row[0]!)), 1)} m`,
      `${Math.abs(tilt)}°${tilt === 0 ? '' : tilt > 0 ? ' left' : ' right'}`,
      burnTime(row[at.burntMain]!),
      burnTime(row[at.burntSide]!),
      `${blow > 0.005 ? '→' : blow < -0.005 ? '←' : '·'} ${percent(Math.abs(blow))}`,
    ];
  }

  function draw(frame: ViewFrame): void {
    const seconds = frame.secondsSinceLast;
    const now = frame.params as LanderParams;
    if (now !== p) {
      p = now;
      lay();
    }
    const row = frame.hero;
    const { before, fresh, ended } = episodes(frame);
    if (ended) endFlight(frame.lastReturn, before);
    for (let i = 0; i < last.length; i++) last[i] = row[i]!;
    poseFields.forEach((field, i) => {
      pose[i] = fresh ? row[field]! : approach(pose[i]!, row[field]!, seconds, 0.02);
    });
    const [x, y, angle] = [pose[0]!, pose[1]!, pose[2]!];
    const wind = now.wind === 0 ? 0 : windAt(row) * Math.min(1, now.windPower / 15);
    aim(x, y, seconds, fresh && leftAge >= afterwards);
    sky.show(seconds);
    hills.show(-cameraX);
    streaks.show(wind, width, height - band, seconds);
    ground.show(row);
    flags.show(wind, seconds);
    drawCrowd(frame);
    drawTrail(x, y, fresh, seconds);
    hero.show(pose, 0, metre, [row[at.down[0]] === 1, row[at.down[1]] === 1]);
    fire.show(row[at.engine]!, x * metre, -y * metre, -angle, seconds);
    puffs.update(seconds, floor);
    drawLeft(seconds);
    moves.root.visible = frame.overlays.acts;
    if (frame.overlays.acts) {
      moves.root.position.set(x * metre, -y * metre);
      moves.show(frame, now, metre, angle, seconds);
    }
    particles.update(seconds);
    notice.update(seconds);
    readouts.show(() => figures(row, wind), seconds);
    corners.show(frame);
  }

  return {
    root,
    draw,
    resize(w, h) {
      width = w;
      height = h;
      lay();
    },
    repaint: lay,
    destroy() {
      fire.destroy();
      puffs.destroy();
      particles.destroy();
      destroyShapes(shapes);
      trailShape.destroy();
      ghosts.destroy();
    },
  };
}
