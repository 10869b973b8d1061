// MountainCar as a picture: the valley with its flag, the car tilted along the road with a trail of where it was, the
// level its energy would carry it to, and every other lane as a ghost. One picture for both worlds, with buttons and
// with a throttle. Reads rows and nothing else; wall.ts has all lanes as tiles.
import { Container, Graphics } from 'pixi.js';
import { createAxisGauge } from '../drawing/axis.ts';
import { createClock } from '../drawing/clock.ts';
import { createCorners } from '../drawing/corners.ts';
import { createEpisodes } from '../drawing/episode.ts';
import { createGhosts, faintness } from '../drawing/ghosts.ts';
import { createGlide } from '../drawing/glide.ts';
import { clamp, createSlide, easeOut } from '../drawing/motion.ts';
import { createNotice } from '../drawing/notice.ts';
import { laneColour, type Paint } from '../drawing/paint.ts';
import { createParticles } from '../drawing/particles.ts';
import { type Look, margin, pictureOf } from '../drawing/picture.ts';
import { number } from '../drawing/text.ts';
import { createTrail } from '../drawing/trail.ts';
import {
  createCar,
  createCarShapes,
  createFlag,
  createReach,
  createRoad,
  destroyCarShapes,
  drawCarShapes,
  type Lie,
  tiltAt,
  xOf,
  yOf,
} from '../drawing/valley.ts';
import type { WorldParams } from '../environment.ts';
import type { CreateView, ViewFrame } from '../view.ts';
import { mountaincarContinuous } from './continuous.ts';
import { directionOf, mountaincar } from './dynamics.ts';
import { createPushes } from './pieces.ts';
import { valleyAt as at, heightAt, roadEnd, type ValleyParams, valleyKnobs } from './valley.ts';
import { createWall } from './wall.ts';

const defaults = Object.fromEntries(
  Object.entries(valleyKnobs(0.001, 0.5)).map(([name, knob]) => [name, knob.default]),
) as unknown as ValleyParams;

export const createMountainCarView = viewWith(mountaincar.maxSteps, (paint) => {
  const pushes = createPushes(paint);
  return {
    root: pushes.root,
    show(frame, p) {
      const order = directionOf(0, p) < 0 ? [0, 1, 2] : [2, 1, 0];
      pushes.show(frame.action[0]!, frame.probabilities, order, frame.secondsSinceLast);
      return directionOf(frame.action[0]!, p);
    },
    arrived: (_result, steps) => `Up after ${steps} steps`,
  };
});

export const createContinuousMountainCarView = viewWith(mountaincarContinuous.maxSteps, (paint) => {
  const gauge = createAxisGauge(paint, 120, '');
  return {
    root: gauge.root,
    show(frame, p) {
      // With mirrored controls the throttle is drawn where it pushes.
      const push = frame.action[0]! * (p.mirrored === 0 ? 1 : -1);
      gauge.show(push, frame.deviations[0] ?? Number.NaN, -1, 1, frame.secondsSinceLast);
      return push;
    },
    arrived: (result) => `Up, for ${number(result, 1)} points`,
  };
});

/** How the two worlds differ in the picture: what the car is about to do, and what its arrival was worth. */
interface Controls {
  readonly root: Container;
  /** Draws the action; returns where the engine pushes and how hard, -1..1. */
  show(frame: ViewFrame, p: ValleyParams): number;
  arrived(result: number, steps: number): string;
}

function viewWith(maxSteps: number, createControls: (paint: Paint) => Controls): CreateView {
  return pictureOf(
    1.6,
    (paint) => createCloseUp(paint, maxSteps, createControls(paint)),
    (paint) => createWall(paint, maxSteps),
  );
}

function createCloseUp(paint: Paint, maxSteps: number, controls: Controls): Look {
  const root = new Container();
  const shapes = createCarShapes();
  const road = createRoad(paint);
  const reach = createReach(paint);
  const flag = createFlag(paint);
  const ghosts = createGhosts(paint, 1, (root, badge) => {
    const body = new Graphics(shapes.ghost);
    root.addChild(body, badge);
    return { body };
  });
  const glide = createGlide([at.position], 0.09);
  const trail = createTrail(paint, 26, 'accent');
  const car = createCar(paint, shapes);
  const particles = createParticles(64, 4);
  const notice = createNotice(paint);
  const clock = createClock(paint);
  const corners = createCorners(paint, [
    { name: 'position', unit: 'm', usual: 1.2 },
    { name: 'speed a step', unit: 'm', usual: 0.07, digits: 3 },
  ]);
  root.addChild(reach.root, road.root, flag.root, ghosts.root, trail.root, car.root, particles.root);
  root.addChild(controls.root, clock.root, corners.root, notice.root);

  const slide = createSlide(0.15);
  let width = 740;
  let height = 420;
  let params: WorldParams | undefined;
  let p = defaults;
  let lie: Lie = { metre: 300, rise: 100, left: 400, middle: 200 };
  let carLength = 44;
  const episodes = createEpisodes();
  let lastX = 0;
  let heroAge = 1;
  let puffDue = 0;

  function lay(): void {
    const sky = clamp(height * 0.27, 70, 120);
    const below = clamp(height * 0.16, 48, 84);
    const across = (width - 2 * margin - 72) / (roadEnd - p.wallPosition);
    const tall = (height - sky - below) / 2;
    // Gymnasium draws a height of 1 as 0.45 m; a little steeper or flatter fills the room better.
    const rise = Math.min(tall, across * 0.45 * 1.15);
    const metre = Math.min(across, (rise / 0.45) * 1.3);
    carLength = clamp(metre * 0.15, 26, 64);
    lie = {
      metre,
      rise,
      left: Math.round(width / 2 - ((p.wallPosition + roadEnd) / 2) * metre),
      middle: Math.round(sky + (height - sky - below) / 2),
    };
    drawCarShapes(shapes, carLength);
    road.lay(lie, p, width, height, carLength);
    reach.lay(lie, p);
    flag.lay(clamp(metre * 0.2, 34, 70));
    flag.root.position.set(xOf(lie, p.flagPosition), yOf(lie, p.flagPosition));
    clock.root.position.set(Math.round((width - clock.width) / 2), height - 10);
    corners.lay(width, height, false);
  }

  function endEpisode(result: number, before: number): void {
    const late = before + 2 >= maxSteps;
    const above = lie.middle - lie.rise - carLength;
    if (late) {
      notice.say(`Still down after ${maxSteps} steps`, width / 2, above, width, 'soft');
      return;
    }
    const [x, y] = [xOf(lie, p.flagPosition), yOf(lie, p.flagPosition)];
    notice.say(controls.arrived(result, before + 1), x, above - 24, width, 'accent');
    if (paint.theme.reducedMotion) return;
    for (const colour of [paint.theme.accent, paint.theme.ink, paint.theme.positive]) {
      particles.burst(x, y - carLength, 9, colour, 170, 190, 6);
    }
    particles.ring(x, y - carLength * 0.5, carLength * 1.4, paint.theme.accent);
  }

  /** Where the engine works, the wheels throw up dust behind them. */
  function drawDust(push: number, x: number, seconds: number): void {
    puffDue -= seconds * Math.abs(push) * 14;
    if (puffDue > 0 || paint.theme.reducedMotion || Math.abs(push) < 0.05) return;
    puffDue = 1;
    const behind = x - (Math.sign(push) * carLength * 0.45) / lie.metre;
    particles.burst(xOf(lie, behind), yOf(lie, behind) - 3, 1, paint.theme.soft, 40, 50, 3.5);
  }

  function drawCrowd(frame: ViewFrame): void {
    const shown = glide.follow(frame);
    const faint = faintness(shown, 1);
    const { theme } = paint;
    ghosts.show(frame, shown, ({ root: ghost, body, badge }, i, group) => {
      const x = glide.shown[i]!;
      ghost.position.set(xOf(lie, x), yOf(lie, x));
      ghost.rotation = tiltAt(lie, x);
      body.tint = laneColour(theme, group, theme.soft);
      body.alpha = (group === undefined ? 0.8 : 2.4) * faint;
      ghost.alpha = glide.opacity[i]!;
      badge.y = -carLength * 0.55 - 10;
      badge.rotation = -ghost.rotation;
    });
  }

  return {
    root,
    draw(frame) {
      const seconds = frame.secondsSinceLast;
      if (frame.params !== params) {
        params = frame.params;
        p = frame.params as unknown as ValleyParams;
        lay();
      }
      const row = frame.hero;
      const { elapsed, before, fresh, ended } = episodes(frame);
      if (fresh) {
        if (ended) endEpisode(frame.lastReturn, before);
        heroAge = 0;
        trail.clear();
      }
      heroAge += seconds;
      lastX = row[at.position]!;
      slide.to(lastX, row[at.velocity]!, seconds, fresh);
      const x = slide.x;
      drawCrowd(frame);
      car.pose(lie, x, carLength);
      car.root.alpha = easeOut(clamp(heroAge / 0.3, 0, 1));
      trail.follow(xOf(lie, x), yOf(lie, x) - carLength * 0.3, carLength * 0.11, seconds);
      // Potential energy is a third of the gravity at height 1.
      reach.show(lie, heightAt(x) + (slide.y * slide.y * 1.5) / p.gravity);
      controls.root.visible = frame.overlays.acts;
      const push = controls.show(frame, p);
      controls.root.position.set(clamp(car.root.x, 70, flag.root.x - 74), car.root.y - carLength * 0.55 - 22);
      drawDust(push, x, seconds);
      flag.wave(seconds);
      particles.update(seconds);
      notice.update(seconds);
      clock.show(elapsed, maxSteps, seconds);
      corners.show(frame);
    },
    resize(w, h) {
      width = w;
      height = h;
      particles.clear();
      trail.clear();
      notice.hide();
      lay();
    },
    repaint: lay,
    destroy() {
      particles.destroy();
      trail.destroy();
      destroyCarShapes(shapes);
      ghosts.destroy();
    },
  };
}
