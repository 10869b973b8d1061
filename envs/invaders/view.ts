// Space Invaders as a small finished game: a fleet that marches on its legs, a cannon whose barrel grows back as it reloads, bolts
// that fall, other lanes' cannons as ghosts. Reads rows and nothing else; wall.ts has all lanes as boards.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { createBoard } from '../drawing/board.ts';
import { createEpisodes } from '../drawing/episode.ts';
import { createGhosts, faintness } from '../drawing/ghosts.ts';
import { createGlide } from '../drawing/glide.ts';
import { approach, createPace, createSlide, popIn } from '../drawing/motion.ts';
import { createMoves } from '../drawing/moves.ts';
import { laneColour, type Paint } from '../drawing/paint.ts';
import { type Look, pictureOf } from '../drawing/picture.ts';
import { createPlanes } from '../drawing/planes.ts';
import { createLabel, setText } from '../drawing/text.ts';
import { bookkeepingAt, type ViewFrame } from '../view.ts';
import { createFleet, drawBomb, drawCannon, drawShot, markOf, marks } from './pieces.ts';
import { invadersAt as at, bottom, columnsIn, gridSize, inFlight, reloadTime } from './rules.ts';
import { createWall } from './wall.ts';

const starCount = 34;
const fleetSize = 24;

export const createInvadersView = pictureOf(1.5, createCloseUp, createWall);

function createCloseUp(paint: Paint): Look {
  const board = createBoard(
    paint,
    gridSize,
    0,
    26,
    createPlanes(paint, gridSize, ['cannon', 'alien', 'left', 'right', 'shot', 'bomb']),
  );
  const { middle, particles } = board;
  const sky = paint.tint(new Graphics(), 'line');
  sky.alpha = 0.4;
  const stars = paint.tint(new Graphics(), 'faint');
  stars.alpha = 0.55;
  const ground = paint.tint(new Graphics(), 'faint');
  const score = paint.tint(createLabel('', { size: 20, bold: true, align: 0.5 }), 'faint');
  const wave = paint.tint(createLabel('', { size: 13.5, align: 0.5 }), 'faint');
  const fleet = createFleet(paint, particles);
  const [bodyShape, barrelShape, shotShape, bombShape] = [
    new GraphicsContext(),
    new GraphicsContext(),
    new GraphicsContext(),
    new GraphicsContext(),
  ];
  const ghosts = createGhosts(paint, 0.75, (root, badge) => {
    const ghost = new Container();
    const parts = [new Graphics(bodyShape), new Graphics(barrelShape)];
    ghost.addChild(...parts);
    root.addChild(ghost, badge);
    return { ghost, parts };
  });
  const glide = createGlide([at.cannon], 0.08);
  const cannon = new Container();
  const barrel = paint.tint(new Graphics(barrelShape), 'ink');
  cannon.addChild(barrel, paint.tint(new Graphics(bodyShape), 'ink'));
  const cannonSlide = createSlide(0.15);
  const flying = Array.from({ length: 2 * inFlight }, (_, i) => {
    const isShot = i < inFlight;
    const node = paint.tint(new Graphics(isShot ? shotShape : bombShape), isShot ? 'ink' : 'negative');
    return { node, isShot, place: at.shots + 2 * i, slide: createSlide(0.15), y: -1 };
  });
  const moves = createMoves(paint, marks);
  board.things.addChild(sky, stars, ground, score, wave, ghosts.root, moves.root, fleet.root);
  board.things.addChild(...flying.map(({ node }) => node), cannon, particles.root);

  const due = createPace(8);
  let cell = 40;
  const episodes = createEpisodes();
  let cannonAge = 1;
  let reach = 1; // of the barrel
  let landed = false;

  function lay(): void {
    const { side } = board;
    cell = board.cell;
    sky
      .clear()
      .roundRect(0, 0, side, side, cell * 0.25)
      .fill(0xffffff);
    stars.clear();
    for (let i = 1; i <= starCount; i++) {
      // Two irrational strides fill the sky evenly.
      const [u, v] = [(i * 0.754877666) % 1, (i * 0.569840291) % 1];
      stars.circle(8 + u * (side - 16), 8 + v * (side - cell - 16), i % 5 === 0 ? 1.5 : 0.9).fill(0xffffff);
    }
    ground
      .clear()
      .roundRect(0, side + 1, side, 2, 1)
      .fill(0xffffff);
    score.position.set(side / 2, middle(5.4));
    wave.position.set(side / 2, middle(5.4) + 22);
    fleet.lay(cell);
    drawCannon(bodyShape, barrelShape, cell);
    drawShot(shotShape, cell);
    drawBomb(bombShape, cell);
    moves.lay(cell);
  }

  function endGame(result: number, late: boolean): void {
    const aliens = `${result} ${result === 1 ? 'alien' : 'aliens'}`;
    const sentence = late
      ? `Time is up: ${aliens}`
      : landed
        ? `They have landed: ${aliens}`
        : `Hit after ${aliens}`;
    board.say(sentence, 6.2, 'ink');
    if (late || paint.theme.reducedMotion) return;
    const [x, y] = [middle(cannonSlide.x), middle(bottom)];
    particles.burst(x, y, 18, paint.theme.ink, cell * 3.5, cell * 3, cell * 0.2);
    particles.ring(x, y, cell * 1.6, paint.theme.negative);
  }

  function drawFlying(row: Float64Array, fresh: boolean, seconds: number): void {
    const calm = paint.theme.reducedMotion;
    for (const flyer of flying) {
      const { node, isShot, place, slide } = flyer;
      const [x, y] = [row[place]!, row[place + 1]!];
      const launched = y >= 0 && (fresh || flyer.y < 0 || (isShot ? y > flyer.y : y < flyer.y));
      // A shot leaves the barrel, a bomb its alien.
      if (launched) slide.to(x, isShot && !fresh ? y + 1 : y, seconds, true);
      if (y >= 0) slide.to(x, y, seconds, fresh || calm);
      if (!isShot && !fresh && !calm && flyer.y === bottom && y !== bottom) {
        particles.burst(node.x, middle(bottom) + cell * 0.4, 4, paint.theme.negative, cell, cell, cell * 0.1);
      }
      flyer.y = y;
      node.visible = y >= 0;
      node.position.set(middle(slide.x), middle(slide.y));
      if (!isShot) node.scale.x = (y & 1) === 0 ? 1 : -1;
    }
  }

  function drawGhosts(frame: ViewFrame): void {
    const shown = glide.follow(frame);
    const { theme } = paint;
    const faint = 0.4 * faintness(shown, 4);
    ghosts.show(frame, shown, ({ root: place, ghost, parts, badge }, i, group) => {
      place.position.set(middle(glide.shown[i]!), middle(bottom));
      badge.y = -cell * 0.2;
      const tint = laneColour(theme, group, theme.soft);
      for (const part of parts) part.tint = tint;
      ghost.alpha = faint * glide.opacity[i]!;
    });
  }

  function draw(frame: ViewFrame): void {
    const seconds = frame.secondsSinceLast;
    if (board.fit(frame)) lay();
    const row = frame.hero;
    const calm = paint.theme.reducedMotion;
    const { fresh, ended, before } = episodes(frame);
    if (ended) {
      endGame(frame.lastReturn, before >= Number(frame.params['maxSteps']) - 3);
      cannonAge = -0.5;
    }
    landed = columnsIn(row, bottom) !== 0;
    if (fleet.draw(row, fresh, seconds)) {
      board.say('Wave cleared: the next one comes', 6.2, 'accent');
      if (!calm) particles.ring(middle(4.5), middle(1.5), cell * 5, paint.theme.accent);
    }
    cannonSlide.to(row[at.cannon]!, bottom, seconds, fresh || calm);
    drawGhosts(frame);
    cannonAge += seconds;
    cannon.position.set(middle(cannonSlide.x), middle(bottom));
    cannon.scale.set(calm ? 1 : popIn(cannonAge / 0.25));
    cannon.visible = calm || cannonAge > 0;
    // Fired, the barrel is gone at once; it grows back as it reloads.
    const loaded = 1 - row[at.reload]! / reloadTime;
    reach = loaded < reach || calm ? loaded : approach(reach, loaded, seconds, 0.05);
    barrel.y = (1 - reach) * cell * 0.36;
    drawFlying(row, fresh, seconds);
    moves.root.position.copyFrom(cannon.position);
    moves.block(1, row[at.cannon] === 0);
    moves.block(2, row[at.cannon] === bottom);
    moves.show(frame, markOf);
    if (due(seconds)) {
      const hits = row[bookkeepingAt(frame.stride, 'episodeReturn')]!;
      setText(score, `${hits} ${hits === 1 ? 'alien' : 'aliens'}`);
      setText(wave, `wave ${Math.floor(hits / fleetSize) + 1}`);
    }
    score.visible = !board.speaks;
    wave.visible = score.visible;
    board.finish(frame);
  }

  return {
    root: board.root,
    draw,
    resize: board.resize,
    destroy() {
      board.destroy();
      ghosts.destroy();
      fleet.destroy();
      for (const shape of [bodyShape, barrelShape, shotShape, bombShape]) shape.destroy();
    },
  };
}
