// Pendulum as a picture: the rod on its motor, the torque as a dial round the pivot, the upright line it is to reach,
// the trail of its end, and every other lane as a ghost. Reads rows and nothing else; wall.ts has all lanes as tiles.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { createClock } from '../drawing/clock.ts';
import { createCorners } from '../drawing/corners.ts';
import { createEpisodes } from '../drawing/episode.ts';
import { createGhosts, faintness } from '../drawing/ghosts.ts';
import { createGlide } from '../drawing/glide.ts';
import { approach, clamp, createSlide, easeOut } from '../drawing/motion.ts';
import { createNotice } from '../drawing/notice.ts';
import { laneColour, type Paint } from '../drawing/paint.ts';
import { createParticles } from '../drawing/particles.ts';
import { type Look, margin, pictureOf } from '../drawing/picture.ts';
import { number } from '../drawing/text.ts';
import { createTrail } from '../drawing/trail.ts';
import { createTorqueDial } from '../drawing/turn.ts';
import type { ViewFrame } from '../view.ts';
import { pendulumAt as at, fromUpright, type PendulumParams, pendulum } from './dynamics.ts';
import { createRod, createRodShapes, createTarget, destroyRodShapes, drawRodShapes } from './pieces.ts';
import { createWall } from './wall.ts';

const usualLength = pendulum.params.length.default;

export const createPendulumView = pictureOf(1.5, createCloseUp, createWall);

function createCloseUp(paint: Paint): Look {
  const root = new Container();
  const scene = new Container(); // origin: the pivot
  const shapes = createRodShapes();
  const target = createTarget(paint);
  const circle = paint.tint(new Graphics(), 'line');
  const ghostShape = new GraphicsContext();
  const ghosts = createGhosts(paint, 1, (root, badge) => {
    const bar = new Graphics(ghostShape);
    root.addChild(bar, badge);
    return { bar };
  });
  const glide = createGlide([at.theta], 0.09, [at.theta]);
  const trail = createTrail(paint, 28, 'accent');
  const rod = createRod(paint, shapes);
  const dial = createTorqueDial(paint);
  const particles = createParticles(48, 4);
  scene.addChild(circle, target.root, ghosts.root, trail.root, rod.root, dial.root, particles.root);
  const notice = createNotice(paint);
  const clock = createClock(paint);
  const corners = createCorners(paint, [
    { name: 'height', unit: '', usual: 1 },
    { name: 'side', unit: '', usual: 1 },
    { name: 'speed', unit: 'rad/s', usual: 8 },
  ]);
  root.addChild(scene, clock.root, corners.root, notice.root);

  const slide = createSlide(0.15);
  let width = 740;
  let height = 420;
  let p: PendulumParams | undefined;
  let length = 140;
  // Where the pivot stands while what is seen stands at its left.
  let besideSees = 370;
  const episodes = createEpisodes();
  let lastOff = 0;
  let heroAge = 1;
  let standing = 0;

  function lay(): void {
    if (!p) return;
    const room = Math.min(width - 2 * margin, height - 44) / 2 - 16;
    // A longer rod is drawn longer, as far as there is room.
    length = Math.round(clamp(room * 0.9 * Math.sqrt(p.length / usualLength), room * 0.45, room));
    const thickness = clamp(length * 0.12 * Math.sqrt(p.mass), 8, length * 0.3);
    drawRodShapes(shapes, length, thickness);
    ghostShape
      .clear()
      .roundRect(-thickness * 0.3, -length, thickness * 0.6, length, thickness * 0.3)
      .fill(0xffffff);
    circle.clear().circle(0, 0, length).stroke({ color: 0xffffff, width: 1.5 });
    circle.alpha = 0.8;
    target.lay(length);
    dial.lay(clamp(length * 0.4, 36, 84), length + 18);
    scene.y = Math.round((height - 32) / 2);
    clock.root.position.set(Math.round((width - clock.width) / 2), height - 10);
    corners.lay(width, height, true);
    besideSees = corners.beside(length + margin);
  }

  function endEpisode(result: number): void {
    const upright = Math.abs(lastOff) < 0.3;
    const how = upright ? 'Standing at the end' : 'Not standing at the end';
    notice.say(
      `${how}: ${number(result, 0)} points`,
      scene.x,
      scene.y + length * 0.62,
      width,
      upright ? 'accent' : 'soft',
    );
    if (!upright || paint.theme.reducedMotion) return;
    particles.burst(0, -length, 10, paint.theme.accent, 150, 130, 5);
    particles.ring(0, -length, 46, paint.theme.accent);
  }

  function drawCrowd(frame: ViewFrame): void {
    const shown = glide.follow(frame);
    const faint = faintness(shown, 1);
    const { theme } = paint;
    ghosts.show(frame, shown, ({ root: ghost, bar, badge }, i, group) => {
      ghost.rotation = -glide.shown[i]!;
      bar.tint = laneColour(theme, group, theme.soft);
      bar.alpha = (group === undefined ? 0.4 : 2.4) * faint;
      ghost.alpha = glide.opacity[i]!;
      badge.y = -length - 10;
      badge.rotation = -ghost.rotation;
    });
  }

  return {
    root,
    draw(frame) {
      const seconds = frame.secondsSinceLast;
      if (frame.params !== p) {
        p = frame.params as PendulumParams;
        lay();
      }
      const row = frame.hero;
      const { elapsed, fresh, ended } = episodes(frame);
      if (fresh) {
        if (ended) endEpisode(frame.lastReturn);
        heroAge = 0;
        trail.clear();
      }
      lastOff = fromUpright(row[at.theta]!);
      heroAge += seconds;
      slide.to(row[at.theta]!, row[at.thetaDot]!, seconds, fresh);
      const theta = slide.x;
      scene.x = approach(scene.x, frame.overlays.sees ? besideSees : width / 2, seconds, 0.12);
      drawCrowd(frame);
      rod.pose(theta);
      rod.root.alpha = easeOut(clamp(heroAge / 0.3, 0, 1));
      trail.follow(-Math.sin(theta) * length, -Math.cos(theta) * length, length * 0.05, seconds);
      const held = Math.abs(lastOff) < 0.2 && Math.abs(row[at.thetaDot]!) < 0.8;
      standing = approach(standing, held ? 1 : 0, seconds, 0.15);
      target.show(standing);
      dial.root.visible = frame.overlays.acts;
      if (dial.root.visible) {
        // With mirrored controls the torque is drawn the way it turns.
        const torque = frame.action[0]! * (p.mirrored === 0 ? 1 : -1);
        dial.show(torque, frame.deviations[0] ?? Number.NaN, p.maxTorque, 'N m', seconds);
      }
      particles.update(seconds);
      notice.update(seconds);
      clock.show(elapsed, pendulum.maxSteps, seconds);
      corners.show(frame);
    },
    resize(w, h) {
      width = w;
      height = h;
      particles.clear();
      trail.clear();
      notice.hide();
      lay();
      scene.x = width / 2;
    },
    repaint: lay,
    destroy() {
      particles.destroy();
      trail.destroy();
      dial.destroy();
      destroyRodShapes(shapes);
      ghostShape.destroy();
      ghosts.destroy();
    },
  };
}
