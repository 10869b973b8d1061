// Acrobot as a picture: two links on a bar, the line that the tip has to cross, the trail of the tip, the elbow's
// torques, and every other lane as a ghost. Reads rows and nothing else; wall.ts has all lanes as tiles.
import { Container, Graphics } from 'pixi.js';
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
import { createTrail } from '../drawing/trail.ts';
import type { ViewFrame } from '../view.ts';
import { type AcrobotParams, acrobot, acrobotAt as at, torqueOf } from './dynamics.ts';
import {
  createGoal,
  createLinkShapes,
  createLinks,
  createTorques,
  destroyLinkShapes,
  drawLinkShapes,
  type LinkSize,
} from './pieces.ts';
import { createWall } from './wall.ts';

const turn = 2 * Math.PI;

export const createAcrobotView = pictureOf(1.5, createCloseUp, createWall);

function createCloseUp(paint: Paint): Look {
  const root = new Container();
  const scene = new Container(); // origin: the bar
  const shapes = createLinkShapes();
  const goal = createGoal(paint);
  const ghosts = createGhosts(paint, 1, (root, badge) => {
    const upper = new Graphics(shapes.upperGhost);
    const lower = new Container();
    const lowerBar = new Graphics(shapes.lowerGhost);
    lower.addChild(lowerBar, badge);
    root.addChild(upper, lower);
    return { upper, lower, lowerBar };
  });
  const angles = [at.theta1, at.theta2];
  const glide = createGlide(angles, 0.09, angles);
  const trail = createTrail(paint, 40, 'accent', 40);
  const links = createLinks(paint, shapes);
  const torques = createTorques(paint);
  const particles = createParticles(64, 4);
  scene.addChild(goal.root, ghosts.root, trail.root, links.root, torques.root, particles.root);
  const notice = createNotice(paint);
  const clock = createClock(paint);
  const corners = createCorners(
    paint,
    acrobot.observation.names.map((name, i) => ({
      name,
      unit: i < 4 ? '' : 'rad/s',
      usual: i < 4 ? 1 : [4, 9][i - 4]!,
    })),
  );
  root.addChild(scene, clock.root, corners.root, notice.root);

  const slide = createSlide(0.2);
  let width = 740;
  let height = 420;
  let p: AcrobotParams | undefined;
  let metre = 80;
  // Where the bar hangs while what is seen stands at its left.
  let besideSees = 370;
  let size: LinkSize = { upper: 80, lower: 80, upperWidth: 14, lowerWidth: 12 };
  const episodes = createEpisodes();
  let heroAge = 1;
  // Angles that are not wrapped, so that the picture turns the way the links did.
  let theta1 = 0;
  let theta2 = 0;

  function lay(): void {
    if (!p) return;
    const reach = p.upperLength + p.lowerLength;
    const room = Math.min(width - 2 * margin, height - 46) / 2 - 8;
    metre = room / Math.max(reach, p.targetHeight);
    const base = clamp(room * 0.085, 8, 18);
    size = {
      upper: p.upperLength * metre,
      lower: p.lowerLength * metre,
      upperWidth: clamp(base * Math.sqrt(p.upperMass), 6, 2.2 * base),
      lowerWidth: clamp(base * 0.9 * Math.sqrt(p.lowerMass), 5, 2.2 * base),
    };
    drawLinkShapes(shapes, size);
    goal.lay(reach * metre, metre, p.targetHeight);
    torques.lay(clamp(room * 0.17, 20, 34));
    scene.y = Math.round((height - 26) / 2);
    clock.root.position.set(Math.round((width - clock.width) / 2), height - 10);
    corners.lay(width, height, true);
    besideSees = corners.beside(reach * metre + margin);
  }

  function endEpisode(tipX: number, before: number): void {
    if (!p) return;
    const y = -p.targetHeight * metre;
    if (before + 2 >= acrobot.maxSteps) {
      notice.say(`Not over the line in ${acrobot.maxSteps} steps`, scene.x, scene.y + y + 24, width, 'soft');
      return;
    }
    notice.say(`Over the line after ${before + 1} steps`, scene.x, scene.y + y + 24, width, 'accent');
    if (paint.theme.reducedMotion) return;
    for (const colour of [paint.theme.accent, paint.theme.ink, paint.theme.positive]) {
      particles.burst(tipX, y, 9, colour, 190, 170, 6);
    }
    particles.ring(tipX, y, 60, paint.theme.accent);
  }

  /** Follows a wrapped angle: of all turns it may have made, the one nearest to what its speed says. */
  const unwrap = (shown: number, angle: number, speed: number): number => {
    const expected = shown + (p ? speed * p.secondsPerStep : 0);
    return angle + turn * Math.round((expected - angle) / turn);
  };

  function drawCrowd(frame: ViewFrame): void {
    const shown = glide.follow(frame);
    const faint = faintness(shown, 1);
    const { theme } = paint;
    ghosts.show(frame, shown, ({ root: ghost, upper, lower, lowerBar, badge }, i, group) => {
      ghost.rotation = -glide.shown[2 * i]!;
      lower.y = size.upper;
      lower.rotation = -glide.shown[2 * i + 1]!;
      upper.tint = theme.soft;
      lowerBar.tint = laneColour(theme, group, theme.accent);
      upper.alpha = 0.5 * faint;
      lowerBar.alpha = (group === undefined ? 0.6 : 2.4) * faint;
      ghost.alpha = glide.opacity[i]!;
      badge.y = size.lower + 12;
      badge.rotation = -ghost.rotation - lower.rotation;
    });
  }

  return {
    root,
    draw(frame) {
      const seconds = frame.secondsSinceLast;
      if (frame.params !== p) {
        p = frame.params as AcrobotParams;
        lay();
      }
      const row = frame.hero;
      const { elapsed, before, fresh, ended } = episodes(frame);
      if (fresh) {
        const tipX = size.upper * Math.sin(slide.x) + size.lower * Math.sin(slide.x + slide.y);
        if (ended) endEpisode(tipX, before);
        heroAge = 0;
        theta1 = row[at.theta1]!;
        theta2 = row[at.theta2]!;
        trail.clear();
      } else if (elapsed !== before) {
        theta1 = unwrap(theta1, row[at.theta1]!, row[at.speed1]!);
        theta2 = unwrap(theta2, row[at.theta2]!, row[at.speed2]!);
      }
      heroAge += seconds;
      slide.to(theta1, theta2, seconds, fresh);
      scene.x = approach(scene.x, frame.overlays.sees ? besideSees : width / 2, seconds, 0.12);
      drawCrowd(frame);
      links.pose(slide.x, slide.y, size);
      links.root.alpha = easeOut(clamp(heroAge / 0.3, 0, 1));
      const elbowX = size.upper * Math.sin(slide.x);
      const elbowY = size.upper * Math.cos(slide.x);
      const both = slide.x + slide.y;
      trail.follow(
        elbowX + size.lower * Math.sin(both),
        elbowY + size.lower * Math.cos(both),
        size.lowerWidth * 0.45,
        seconds,
      );
      torques.root.visible = frame.overlays.acts;
      if (torques.root.visible) {
        torques.root.position.set(elbowX, elbowY);
        // With mirrored controls every torque is drawn the way it turns.
        const order = torqueOf(2, p) > 0 ? [2, 1, 0] : [0, 1, 2];
        torques.show(frame.action[0]!, frame.probabilities, order, seconds);
      }
      particles.update(seconds);
      notice.update(seconds);
      clock.show(elapsed, acrobot.maxSteps, seconds);
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
      destroyLinkShapes(shapes);
      ghosts.destroy();
    },
  };
}
