// Driver from above: the whole circuit if it can be read, else the stretch round the car with a map; the car with its rays,
// the way it came, and every other lane on the same track as a ghost. Also where a person draws a track of their own.
import { Container, Graphics } from 'pixi.js';
import { carFine, carShapes, createCar, createWreck, destroyCarShapes } from '../drawing/car.ts';
import { createEpisodes } from '../drawing/episode.ts';
import { createGauges } from '../drawing/gauge.ts';
import { createGhosts, faintness } from '../drawing/ghosts.ts';
import { createGlide } from '../drawing/glide.ts';
import { createBars, createMeter } from '../drawing/hud.ts';
import { clamp, createSlide, easeOut } from '../drawing/motion.ts';
import { createNotice } from '../drawing/notice.ts';
import { laneColour, type Paint, type Role } from '../drawing/paint.ts';
import { createParticles } from '../drawing/particles.ts';
import { type Look, margin, pictureOf } from '../drawing/picture.ts';
import { createSketch } from '../drawing/sketch.ts';
import { createWay } from '../drawing/way.ts';
import { type Editor, mostTiles, type ViewFrame } from '../view.ts';
import { drawingOf, drawingProblem } from './drawn.ts';
import {
  driverAt as at,
  bendOf,
  car,
  type DriverParams,
  driver,
  rayAngles,
  secondsPerStep,
  wheelsAsked,
} from './dynamics.ts';
import { boundsOf } from './loop.ts';
import {
  createDials,
  createMap,
  createPath,
  createRays,
  createRoadPicture,
  dialsHeight,
  fieldOf,
} from './pieces.ts';
import { cellOf, type Road, rayTo, roadOf } from './road.ts';
import { createWall } from './wall.ts';

const above = 6; // px, from the top to the panels
const legible = 3.2; // pixels a metre at which a whole circuit is still shown
const near = 5; // pixels a metre when it is not
const smallest = 3.6; // pixels a metre for cars
const fadeIn = 0.3; // s, for the next circuit
const fadeOut = 0.8; // s, for the one before

export const createDriverView = pictureOf(1.6, createCloseUp, createWall);

function createCloseUp(paint: Paint): Look {
  const root = new Container();
  // Two circuits, so that the old one can fade while the next is already driven; both have the field's middle as origin.
  const scenes = [0, 1].map(() => {
    const scene = new Container();
    const picture = createRoadPicture(paint);
    scene.addChild(picture.root);
    root.addChild(scene);
    return { scene, picture };
  });
  let current = scenes[0]!;
  let leaving = scenes[1]!;
  const world = new Container();
  const shapes = carShapes(car);
  const ghosts = createGhosts(paint, 0.75, (root, badge) => {
    const body = new Graphics(shapes.ghost);
    root.addChild(body, badge);
    return { body };
  });
  const glided = [at.x, at.y, at.dirX, at.dirY];
  const glide = createGlide(glided, 0.07);
  const laneTracks = new Float64Array(mostTiles).fill(-1);
  const trail = createWay(paint, 240, () => 1.8 * metre);
  const rays = createRays(paint);
  const path = createPath(paint);
  const hero = createCar(paint, shapes, car);
  const wreck = createWreck(paint, shapes, car);
  const particles = createParticles(48, 4);
  world.addChild(trail.root, ghosts.root, rays.root, path.root, hero.root);

  const map = createMap(paint);
  const dials = createDials(paint);
  const gauges = createGauges(paint, driver.action.axes);
  const sees = createBars(
    paint,
    [
      { name: 'speed', unit: 'm/s', usual: 20 },
      { name: 'wheels', unit: 'rad', usual: 0.5 },
    ],
    'sees rays and',
  );
  const meter = createMeter(paint);
  const notice = createNotice(paint);
  const sketch = createSketch(paint);
  root.addChild(
    world,
    particles.root,
    map.root,
    dials.root,
    gauges.root,
    sees.root,
    meter.root,
    sketch.root,
    notice.root,
  );

  const place = createSlide(0.1);
  const direction = createSlide(0.1);
  const motion = createSlide(0.1); // speed and wheels
  const distances = new Float64Array(rayAngles.length);
  const bends: number[] = [];
  let width = 740;
  let height = 420;
  let laidFor = '';
  let p: DriverParams | undefined;
  let road: Road | undefined;
  let shownTrack = -1;
  let metre = 5;
  let follows = false;
  /** The part of the picture that the panels leave to the circuit. */
  let room = { x: 0, y: 0, width: 740, height: 380 };
  /** The circuit's bounds, m. */
  let bounds = { left: 0, top: 0, width: 1, height: 1 };
  let sketching = 0; // s that a drawing still dims the world

  const episodes = createEpisodes();
  let last = { elapsed: 0, x: 0, y: 0, angle: 0, speed: 0, progress: 0 };
  let heroAge = 1;
  let fade = 0; // s since the circuit changed

  /** How large the circuit can be in a room, px a metre. */
  const fits = (w: number, h: number): number =>
    clamp(Math.min((w - 2 * margin) / (bounds.width + 1), (h - 12) / (bounds.height + 1)), 0.5, 7.5);

  function lay(frame: ViewFrame): void {
    const { overlays } = frame;
    const withSees = overlays.sees;
    const withMeter = overlays.values && !Number.isNaN(frame.value);
    const key = `${width} ${height} ${withSees} ${withMeter} ${overlays.acts} ${shownTrack} ${p?.roadWidth} ${p?.track}`;
    if (key === laidFor || !road || !p) return;
    laidFor = key;
    const side = boundsOf(road.line);
    const rim = p.roadWidth / 2 + 2;
    bounds = {
      left: side.left - rim,
      top: side.top - rim,
      width: side.width + 2 * rim,
      height: side.height + 2 * rim,
    };
    // Below: the dials, and what it is about to do beside them or above.
    const across = width - 2 * margin;
    const stacked = across < 480;
    const dialsWidth = stacked ? across : Math.min(280, across * 0.42);
    const gaugesWidth = stacked ? across : Math.min(360, across - dialsWidth - 10);
    const gaugesTop = height - gauges.height - 4 - (stacked ? dialsHeight + 6 : 0);
    dials.lay(dialsWidth);
    dials.root.position.set(margin, Math.round(height - dialsHeight - 4));
    gauges.lay(gaugesWidth);
    gauges.root.position.set(stacked ? margin : width - margin - gaugesWidth, Math.round(gaugesTop));
    const below =
      overlays.acts && (stacked || gauges.height > dialsHeight) ? height - gaugesTop + 4 : dialsHeight + 8;
    // Above or at the left, whichever leaves more: what it sees and expects.
    const seesWidth = 168;
    sees.fit(seesWidth, height - above);
    let top = 0;
    let left = 0;
    if (withSees || withMeter) {
      const over = (withSees ? sees.height : meter.height) + above + 4;
      const beside = withSees ? seesWidth : meter.width + margin;
      if (fits(width, height - below - over) >= fits(width - beside, height - below)) top = over;
      else left = beside;
    }
    sees.root.position.set(margin, above);
    // Beneath what it sees, unless that would lie on the gauges.
    const beneath =
      left > 0 &&
      withSees &&
      sees.height + above + 8 + meter.height <= Math.min(height - dialsHeight, gaugesTop);
    meter.root.position.set(
      beneath || (left > 0 && !withSees) ? margin : width - margin - meter.width,
      beneath ? sees.height + above + 8 : above,
    );
    room = { x: left, y: top, width: width - left, height: Math.max(60, height - below - top) };
    const whole = fits(room.width, room.height);
    follows = whole < legible;
    metre = follows ? near : whole;
    current.picture.lay(road, p.roadWidth, metre);
    hero.scale(Math.max(metre, smallest));
    // A map where only a stretch is seen, in the corner that the panels leave.
    map.root.visible = follows && room.width >= 240 && room.height >= 190;
    map.lay(road, p.roadWidth);
    map.root.position.set(room.x + room.width - map.width - margin, room.y + room.height - map.height - 4);
    trail.clear();
  }

  function aim(): void {
    // The middle of the circuit in the middle of the room, or the car, without showing what lies beyond the circuit.
    const start = (from: number, size: number, first: number, extent: number, car: number): number => {
      const half = size / 2;
      const middle = (first + extent / 2) * metre;
      if (!follows || extent * metre <= size) return from + half - middle;
      return from + half - clamp(car * metre, first * metre + half, (first + extent) * metre - half);
    };
    const x = start(room.x, room.width, bounds.left, bounds.width, place.x);
    const y = start(room.y, room.height, bounds.top, bounds.height, place.y);
    world.position.set(x, y);
    current.scene.position.set(x, y);
  }

  function enterTrack(row: Float64Array, anew: boolean): void {
    const track = row[at.track]!;
    road = roadOf(track, p!);
    if (track === shownTrack && !anew) return;
    shownTrack = track;
    [current, leaving] = [leaving, current];
    fade = 0;
    laidFor = '';
  }

  function endEpisode(): void {
    if (!road) return;
    const share = `${Math.floor((100 * clamp(last.progress, 0, road.length)) / road.length)}%`;
    const [x, y] = [last.x * metre, last.y * metre];
    // Above the place, or below it where the picture ends.
    const beside = world.y + y < 70 ? 40 : -32;
    const say = (text: string, role: Role): void =>
      notice.say(text, world.x + x, Math.min(world.y + y + beside, height - dialsHeight - 20), width, role);
    const calm = paint.theme.reducedMotion;
    if (road.length - last.progress < 4) {
      say(`Lap in ${(last.elapsed * secondsPerStep).toFixed(1)} s`, 'accent');
      if (calm) return;
      for (const colour of [paint.theme.accent, paint.theme.ink, paint.theme.positive]) {
        particles.burst(world.x + x, world.y + y, 9, colour, 170, 120, 6);
      }
      particles.ring(world.x + x, world.y + y, 60, paint.theme.accent);
    } else if (last.elapsed >= driver.maxSteps - 4) {
      say(`Time is up after ${share} of the lap`, 'soft');
    } else {
      say(`Off the road after ${share} of the lap`, 'soft');
      current.scene.addChild(wreck.root);
      wreck.leave(x, y, last.angle, last.speed * metre, Math.max(metre, smallest));
      if (!calm) particles.ring(world.x + x, world.y + y, 34, paint.theme.negative);
    }
  }

  function drawCrowd(frame: ViewFrame): void {
    const shown = glide.follow(frame);
    const { theme: t } = paint;
    const faint = faintness(shown, 8);
    ghosts.show(frame, shown, ({ root: ghost, body }, i, group) => {
      const row = i * frame.stride;
      const track = frame.rows[row + at.track]!;
      // Nobody drives from one track to another.
      if (track !== laneTracks[i]) {
        glided.forEach((field, k) => {
          glide.shown[glided.length * i + k] = frame.rows[row + field]!;
        });
      }
      laneTracks[i] = track;
      const here = track === shownTrack;
      ghost.visible = here;
      if (!here) return;
      ghost.position.set(glide.shown[4 * i]! * metre, glide.shown[4 * i + 1]! * metre);
      body.rotation = Math.atan2(glide.shown[4 * i + 3]!, glide.shown[4 * i + 2]!);
      body.scale.set(Math.max(metre, smallest) / carFine);
      body.tint = laneColour(t, group, t.soft);
      body.alpha = (group === undefined ? 0.6 : 0.85) * faint * glide.opacity[i]!;
    });
  }

  function drawHero(frame: ViewFrame, seconds: number): void {
    const row = frame.hero;
    const angle = Math.atan2(direction.y, direction.x);
    const [x, y] = [place.x, place.y];
    const brakes = frame.action[1]! < -0.15 && row[at.speed]! > 0.5;
    hero.pose(x * metre, y * metre, angle, motion.y, brakes);
    hero.root.alpha = easeOut(clamp(heroAge / 0.3, 0, 1));
    trail.to(x * metre, y * metre, row[at.slide]! > 0.02);
    const whole = Math.floor(row[at.progress]! / road!.spacing) % road!.count;
    const cell = cellOf(road!, x, y, whole < 0 ? whole + road!.count : whole);
    rayAngles.forEach((ray, i) => {
      const far = rayTo(road!, x, y, Math.cos(angle + ray), Math.sin(angle + ray), cell);
      distances[i] = far >= p!.rayRange ? -p!.rayRange : far;
    });
    rays.show(x, y, angle, distances, metre, frame.overlays.sees);
    path.root.visible = frame.overlays.acts;
    if (frame.overlays.acts) {
      const means = frame.action[0]!;
      const errs = frame.deviations[0];
      bends.length = 0;
      for (const steering of errs === undefined ? [means] : [means, means - errs, means + errs]) {
        bends.push(bendOf(wheelsAsked(clamp(steering, -1, 1), p!), row[at.speed]!, p!));
      }
      path.show(x, y, angle, bends, Math.max(7, motion.x * 0.9), metre);
    }
    map.show(x, y);
    const share = clamp(row[at.progress]! / road!.length, 0, 1);
    dials.show(motion.x, share, last.elapsed * secondsPerStep, seconds);
  }

  function draw(frame: ViewFrame): void {
    const seconds = frame.secondsSinceLast;
    const row = frame.hero;
    const changed = frame.params !== p;
    p = frame.params as DriverParams;
    const { elapsed, ended, fresh: anew } = episodes(frame);
    const fresh = changed || anew;
    if (ended && !changed) endEpisode();
    if (fresh) {
      enterTrack(row, changed);
      heroAge = 0;
      trail.clear();
    }
    lay(frame);
    heroAge += seconds;
    place.to(row[at.x]!, row[at.y]!, seconds, fresh);
    direction.to(row[at.dirX]!, row[at.dirY]!, seconds, fresh);
    motion.to(row[at.speed]!, row[at.steering]!, seconds, fresh);
    last = {
      elapsed,
      x: row[at.x]!,
      y: row[at.y]!,
      angle: Math.atan2(row[at.dirY]!, row[at.dirX]!),
      speed: row[at.speed]!,
      progress: row[at.progress]!,
    };
    aim();
    fade += seconds;
    sketching = Math.max(0, sketching - seconds);
    const dim = sketching > 0 ? 0.2 : 1;
    current.scene.alpha = dim * clamp(fade / fadeIn, 0, 1);
    leaving.scene.alpha = dim * (1 - clamp(fade / fadeOut, 0, 1));
    leaving.scene.visible = fade < fadeOut;
    world.alpha = dim;
    drawCrowd(frame);
    drawHero(frame, seconds);
    wreck.update(seconds);
    particles.update(seconds);
    notice.update(seconds);
    gauges.root.visible = frame.overlays.acts;
    if (frame.overlays.acts) gauges.show(frame.action, frame.deviations, seconds);
    sees.root.visible = frame.overlays.sees;
    if (frame.overlays.sees) sees.show(frame.observation.subarray(rayAngles.length), seconds);
    meter.show(frame.value, seconds, frame.overlays.values);
  }

  const editor: Editor = {
    setting: 'track',
    tools: ['track'],
    stroke(_tool, points, _current, done) {
      sketching = done ? 0 : 0.5;
      sketch.show(done ? [] : points);
      if (!done || points.length < 4) return undefined;
      const text = drawingOf(fieldOf(points, width, height));
      const problem = drawingProblem(text);
      if (!problem) return text;
      notice.say(problem, width / 2, 24, width, 'negative');
      return undefined;
    },
  };

  return {
    root,
    editor,
    draw,
    resize(w, h) {
      width = w;
      height = h;
      particles.clear();
      notice.hide();
    },
    repaint() {
      for (const { picture } of scenes) picture.repaint();
    },
    destroy() {
      particles.destroy();
      trail.destroy();
      rays.destroy();
      path.destroy();
      destroyCarShapes(shapes);
      ghosts.destroy();
      map.destroy();
    },
  };
}
