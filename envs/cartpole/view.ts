// CartPole as a picture: a cart on a rail with metres marked, the limits it must not cross, and every other
// lane as a ghost behind the one played close up. Reads rows and nothing else; wall.ts has all lanes as tiles.
import { Container, Graphics } from 'pixi.js';
import {
  cartLength,
  createArrows,
  createRig,
  createShapes,
  createTrack,
  createWedge,
  destroyShapes,
  drawShapes,
  measure,
} from '../drawing/cart.ts';
import { createCorners } from '../drawing/corners.ts';
import { createEpisodes } from '../drawing/episode.ts';
import { createGhosts, faintness } from '../drawing/ghosts.ts';
import { createGlide } from '../drawing/glide.ts';
import { approach, clamp, easeOut } from '../drawing/motion.ts';
import { createNotice } from '../drawing/notice.ts';
import { laneColour, type Paint, type Role } from '../drawing/paint.ts';
import { createParticles } from '../drawing/particles.ts';
import { type Look, margin, pictureOf } from '../drawing/picture.ts';
import type { WorldParams } from '../environment.ts';
import type { ViewFrame } from '../view.ts';
import { type CartPoleParams, cartPoleAt, cartpole, maxAngle, pushOf } from './dynamics.ts';
import { createWall } from './wall.ts';

const at = cartPoleAt;
const fallTakes = 0.38; // s, from leaning to lying
const fallLasts = 1.1; // s, until it has faded
/** What is seen, each number in its own place; NaN where it is hidden. */
const inPlace = (seen: Float32Array): ArrayLike<number> =>
  seen.length === 4 ? seen : [seen[0]!, Number.NaN, seen[1]!, Number.NaN];
const defaults = Object.fromEntries(
  Object.entries(cartpole.params).map(([name, knob]) => [name, knob.default]),
) as unknown as CartPoleParams;

export const createCartPoleView = pictureOf(1.6, createCloseUp, createWall);

function createCloseUp(paint: Paint): Look {
  const root = new Container();
  const scene = new Container(); // origin: the rail's middle
  const shapes = createShapes();
  const track = createTrack(paint);
  const ghosts = createGhosts(paint, 1, (root, badge) => {
    const body = new Graphics(shapes.ghost);
    const pole = new Container();
    const bar = new Graphics(shapes.pole);
    pole.addChild(bar, badge);
    root.addChild(body, pole);
    return { body, pole, bar };
  });
  const glide = createGlide([at.x, at.theta], 0.09);
  const wedge = createWedge(paint);
  const arrows = createArrows(paint);
  const fallen = createRig(paint, shapes);
  fallen.root.visible = false;
  const hero = createRig(paint, shapes);
  const particles = createParticles(48, 4);
  scene.addChild(track.root, ghosts.root, wedge.root, fallen.root, hero.root, arrows.root, particles.root);
  const notice = createNotice(paint);
  const units = ['m', 'm/s', 'rad', 'rad/s'];
  const corners = createCorners(
    paint,
    cartpole.observation.names.map((name, i) => ({ name, unit: units[i]!, usual: [2.4, 2, 0.21, 2][i]! })),
  );
  root.addChild(scene, corners.root, notice.root);

  let width = 740;
  let height = 420;
  let params: WorldParams | undefined;
  let p = defaults;
  let size = measure(100, 100, p);
  let railY = 300;
  let camera = 0;
  /** Where the hero stands while what it sees is shown: in the middle, or in a narrow room clear of the numbers. */
  let besideSees = 370;

  // The hero as shown, and as last seen: what an ended episode leaves behind is drawn from the latter.
  let x = 0;
  let theta = 0;
  let lastX = 0;
  let lastTheta = 0;
  const episodes = createEpisodes();
  let heroAge = 1;
  let fall = { age: fallLasts, x: 0, from: 0, side: 1, landed: true };

  function lay(): void {
    const below = 60; // marks, their labels, and room for a sentence
    const across = width / (2 * p.trackHalfWidth + cartLength + 0.3);
    const poleLength = 2 * p.poleHalfLength;
    // The whole track if that leaves the pole large enough to read; else nearer, and the camera follows.
    const wanted = clamp(84 / poleLength, across, Math.max(across, 110));
    const room = height - below - 28;
    const metre = Math.min(wanted, room / (poleLength + 0.3));
    size = measure(metre, poleLength * metre, p);
    const tall = size.pole + size.body + size.wheel;
    railY = Math.round(Math.min(height - below, height / 2 + tall / 2 + 14));
    drawShapes(shapes, size);
    track.lay(size, p, width, height);
    wedge.lay(size, p);
    scene.y = railY;
    corners.lay(width, height, true);
    besideSees = corners.beside(size.cart / 2 + margin);
  }

  function endEpisode(result: number, before: number): void {
    const full = p.penaltyReward === 0 ? result >= cartpole.maxSteps : result === 0;
    const steps = p.penaltyReward === 0 ? result : before + 1;
    const sceneX = lastX * size.metre;
    const say = (text: string, role: Role): void =>
      notice.say(text, scene.x + sceneX, railY + 50, width, role);
    if (full) {
      say(`Stood for all ${cartpole.maxSteps} steps`, 'accent');
      if (paint.theme.reducedMotion) return;
      const tip = -size.wheel - size.body - size.pole;
      for (const colour of [paint.theme.accent, paint.theme.ink, paint.theme.positive]) {
        particles.burst(sceneX, tip, 9, colour, 190, 190, 6);
      }
      particles.ring(sceneX, tip, 60, paint.theme.accent);
      return;
    }
    // The step that ended it is already replaced by a new episode: whichever limit was nearer was crossed.
    const offTrack = Math.abs(lastX) / p.trackHalfWidth > Math.abs(lastTheta) / maxAngle(p);
    say(`${offTrack ? 'Left the track' : 'Fell'} after ${steps} ${steps === 1 ? 'step' : 'steps'}`, 'soft');
    fall = { age: 0, x: lastX, from: lastTheta, side: lastTheta < 0 ? -1 : 1, landed: false };
    if (offTrack && !paint.theme.reducedMotion) {
      const front = sceneX + ((lastX < 0 ? -1 : 1) * size.cart) / 2;
      particles.ring(front, -size.body / 2, size.cart * 0.6, paint.theme.negative);
    }
  }

  /** The double the hero leaves behind: its pole drops, bounces once, and fades. */
  function drawFallen(seconds: number): void {
    fall.age += seconds;
    fallen.root.visible = fall.age < fallLasts;
    if (!fallen.root.visible) return;
    let angle = fall.from;
    if (!paint.theme.reducedMotion) {
      // Where the tip meets the rail: a quarter turn and what the hinge's height adds.
      const rise = clamp((size.wheel + size.body) / (size.pole + 1), 0, 0.7);
      const flat = Math.PI / 2 + rise;
      const drop = clamp(fall.age / fallTakes, 0, 1);
      const after = clamp((fall.age - fallTakes) / 0.24, 0, 1);
      const lean = Math.abs(fall.from);
      angle = fall.side * (lean + (flat - lean) * drop * drop - 0.3 * after * (1 - after));
      if (drop >= 1 && !fall.landed) {
        fall.landed = true;
        const tip = fall.x * size.metre + fall.side * size.pole * Math.sqrt(1 - rise * rise);
        particles.ring(tip, -2, 30, paint.theme.soft);
        particles.burst(tip, -4, 7, paint.theme.soft, 70, 70, 4);
      }
    }
    fallen.pose(fall.x, angle, size);
    fallen.root.alpha = 0.6 * (1 - clamp((fall.age / fallLasts - 0.45) / 0.55, 0, 1));
  }

  function drawCrowd(frame: ViewFrame): void {
    const shown = glide.follow(frame);
    const faint = faintness(shown, 1);
    const { theme: t } = paint;
    ghosts.show(frame, shown, ({ root: ghost, body, pole, bar, badge }, i, group) => {
      ghost.x = glide.shown[2 * i]! * size.metre;
      pole.y = -size.wheel - size.body * 0.86;
      pole.rotation = glide.shown[2 * i + 1]!;
      body.tint = t.soft;
      bar.tint = laneColour(t, group, t.accent);
      body.alpha = 0.3 * faint;
      bar.alpha = (group === undefined ? 0.6 : 2.4) * faint;
      badge.y = -size.pole - 4;
      badge.rotation = -pole.rotation;
      ghost.alpha = glide.opacity[i]!;
    });
  }

  function draw(frame: ViewFrame): void {
    const seconds = frame.secondsSinceLast;
    if (frame.params !== params) {
      params = frame.params;
      p = frame.params as CartPoleParams;
      lay();
    }
    const row = frame.hero;
    const { before, fresh, ended } = episodes(frame);
    if (fresh) {
      if (ended) endEpisode(frame.lastReturn, before);
      heroAge = 0;
      x = row[at.x]!;
      theta = row[at.theta]!;
    }
    heroAge += seconds;
    lastX = row[at.x]!;
    lastTheta = row[at.theta]!;
    x = approach(x, lastX, seconds, 0.02);
    theta = approach(theta, lastTheta, seconds, 0.02);
    drawCrowd(frame);
    hero.pose(x, theta, size);
    hero.root.alpha = easeOut(clamp(heroAge / 0.3, 0, 1));
    wedge.root.position.set(x * size.metre, -size.wheel - size.body * 0.86);
    wedge.warn(Math.abs(theta) / maxAngle(p));
    arrows.root.x = x * size.metre;
    arrows.root.visible = frame.overlays.acts;
    if (arrows.root.visible) {
      // With mirrored controls, "left" is drawn where it pushes.
      const toLeft = pushOf(0, p) < 0 ? 0 : 1;
      arrows.show(frame.action[0]!, frame.probabilities, toLeft, 1 - toLeft, size, seconds);
    }
    drawFallen(seconds);
    particles.update(seconds);
    notice.update(seconds);
    // Keeps the whole track in view if it fits; else follows the hero without showing beyond the stops.
    const end = p.trackHalfWidth * size.metre + size.cart / 2 + 14;
    const slack = Math.max(0, end - width / 2);
    const aside = frame.overlays.sees ? besideSees - width / 2 : 0;
    const wanted = aside > 0 ? x * size.metre - aside : clamp(x * size.metre, -slack, slack);
    camera = approach(camera, wanted, seconds, 0.25);
    scene.x = Math.round(width / 2 - camera);
    corners.show(frame, inPlace(frame.observation));
  }

  return {
    root,
    draw,
    resize(w, h) {
      width = w;
      height = h;
      particles.clear();
      notice.hide();
      lay();
    },
    repaint: lay,
    destroy() {
      particles.destroy();
      destroyShapes(shapes);
      ghosts.destroy();
    },
  };
}
