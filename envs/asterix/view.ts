// Asterix as a small finished game: eight lanes between two walls, diamonds that gleam, enemies that spin as they come, the hero
// with its next move; other lanes' heroes as ghosts. Reads rows and nothing else; wall.ts has all lanes as boards.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { sin } from '../../src/core/math.ts';
import { createBoard } from '../drawing/board.ts';
import { createCompass } from '../drawing/compass.ts';
import { createEpisodes } from '../drawing/episode.ts';
import { createGaze } from '../drawing/gaze.ts';
import { createGhosts, faintness } from '../drawing/ghosts.ts';
import { createGlide } from '../drawing/glide.ts';
import { approach, createPace, createSlide, popIn } from '../drawing/motion.ts';
import { laneColour, type Paint } from '../drawing/paint.ts';
import { type Look, pictureOf } from '../drawing/picture.ts';
import { createPlanes } from '../drawing/planes.ts';
import { createLabel, setText } from '../drawing/text.ts';
import { bookkeepingAt, type ViewFrame } from '../view.ts';
import {
  asterixAt as at,
  gold,
  gridSize,
  lastCell,
  nothing,
  slots,
  slotWidth,
  stepX,
  stepY,
} from './board.ts';
import { asterix } from './dynamics.ts';
import { createHero, createShapes, destroyShapes, goldColour } from './pieces.ts';
import { createWall } from './wall.ts';

const hop = 0.16; // s, for one cell
const fallTakes = 0.6; // s, for a hero that was caught

export const createAsterixView = pictureOf(1.5, createCloseUp, createWall);

function createCloseUp(paint: Paint): Look {
  const board = createBoard(paint, gridSize, 0, 6, createPlanes(paint, gridSize, asterix.observation.names));
  const { middle, particles } = board;
  const ground = paint.tint(new Graphics(), 'line');
  ground.alpha = 0.28;
  const lanes = paint.tint(new Graphics(), 'line');
  lanes.alpha = 0.4;
  const marks = paint.tint(new Graphics(), 'faint');
  marks.alpha = 0.3;
  const walls = paint.tint(new Graphics(), 'faint');
  const count = paint.tint(createLabel('', { size: 13.5, bold: true }), 'ink');
  const tempo = paint.tint(createLabel('', { align: 1 }), 'soft');
  const shapes = createShapes();
  const things = Array.from({ length: slots }, (_, row) => {
    const node = new Container();
    const streak = new Graphics(shapes.streak);
    const enemy = paint.tint(new Graphics(shapes.enemy), 'negative');
    const face = paint.tint(new Graphics(shapes.face), 'background');
    const stone = new Graphics(shapes.gold);
    const gleam = paint.tint(new Graphics(shapes.gleam), 'ink');
    gleam.position.set(-0.14, -0.17);
    node.addChild(streak, enemy, face, stone, gleam);
    return {
      row,
      node,
      streak,
      enemy,
      face,
      stone,
      gleam,
      slide: createSlide(hop),
      kind: nothing,
      age: 0,
      x: 0,
    };
  });
  const crossing = new Container();
  const frameOfLanes = new Graphics();
  crossing.mask = frameOfLanes;
  crossing.addChild(...things.map(({ node }) => node));
  const ghostShape = new GraphicsContext();
  const ghosts = createGhosts(paint, 0.75, (root, badge) => {
    const dot = new Graphics(ghostShape);
    root.addChild(dot, badge);
    return { dot };
  });
  const glide = createGlide([at.playerX, at.playerY], 0.08);
  const hero = createHero(paint);
  const fallen = createHero(paint);
  const reach = { left: 0, right: lastCell, top: 1, bottom: slots };
  const compass = createCompass(paint, reach, false);
  const gaze = createGaze(paint);
  board.things.addChild(ground, lanes, marks, walls, count, tempo, ghosts.root, gaze.root);
  board.things.addChild(crossing, frameOfLanes, compass.root, hero.root, fallen.root);
  board.things.addChild(particles.root, compass.words);

  const heroSlide = createSlide(0.1);
  const due = createPace(8);
  let cell = 40;
  const episodes = createEpisodes();
  let lastReturn = 0;
  let fallAge = fallTakes;
  let bornAge = 1;
  let clock = 0;
  let [lookX, lookY] = [0, 0];

  function lay(): void {
    const { side } = board;
    cell = board.cell;
    ground
      .clear()
      .roundRect(0, 0, side, side, cell * 0.25)
      .fill(0xffffff);
    frameOfLanes.clear().rect(0, 0, side, side).fill(0xffffff);
    lanes.clear();
    for (let row = 1; row <= slots; row += 2) lanes.rect(0, row * cell, side, cell).fill(0xffffff);
    marks.clear();
    for (let row = 1; row <= slots; row++) {
      for (let x = 1; x < gridSize; x++) marks.circle(x * cell, middle(row), 1).fill(0xffffff);
    }
    walls.clear();
    for (const y of [cell, side - cell]) walls.roundRect(0, y - 1, side, 2, 1).fill(0xffffff);
    count.position.set(cell * 0.3, cell * 0.5);
    tempo.position.set(side - cell * 0.3, cell * 0.5);
    tempo.visible = side >= 250;
    ghostShape
      .clear()
      .circle(0, 0, cell * 0.17)
      .fill(0xffffff);
    for (const { node } of things) node.scale.set(cell);
    hero.root.scale.set(cell);
    compass.lay(cell);
  }

  function endGame(points: number, steps: number): void {
    const late = steps >= asterix.maxSteps - 3;
    const words = late ? `Time is up: ${points} gold` : `Caught after ${points} gold`;
    board.say(words, lastCell, 'ink');
    if (late) return;
    fallAge = 0;
    fallen.root.position.copyFrom(hero.root.position);
    if (paint.theme.reducedMotion) return;
    particles.burst(hero.root.x, hero.root.y, 14, paint.theme.negative, cell * 4, cell * 2, cell * 0.18);
  }

  function drawThings(row: Float64Array, fresh: boolean, taken: boolean, seconds: number): void {
    const { theme } = paint;
    const calm = theme.reducedMotion;
    const shine = goldColour(theme);
    for (const thing of things) {
      const slot = thing.row * slotWidth;
      const kind = row[slot]!;
      const [x, way] = [row[slot + 1]!, row[slot + 2]!];
      // The same slot may be filled anew between two looks: what comes in does not come from where the last one went.
      const arrived = kind !== nothing && (kind !== thing.kind || Math.abs(x - thing.x) > 2);
      if (kind === nothing && thing.kind === gold && taken && !fresh) {
        const [px, py] = [middle(row[at.playerX]!), middle(thing.row + 1)];
        if (row[at.playerY] === thing.row + 1 && !calm) {
          particles.burst(px, py, 9, shine, cell * 3, cell * 2, cell * 0.16);
          particles.ring(px, py, cell * 1.1, shine);
        }
      }
      if (arrived || kind === nothing) thing.age = 0;
      thing.kind = kind;
      thing.x = x;
      thing.node.visible = kind !== nothing;
      if (kind === nothing) continue;
      thing.age += seconds;
      thing.slide.to(x, thing.row + 1, seconds, arrived || fresh || calm);
      thing.node.position.set(middle(thing.slide.x), middle(thing.row + 1));
      thing.node.scale.set(cell * (calm ? 1 : popIn(thing.age / 0.25)));
      const isGold = kind === gold;
      thing.enemy.visible = !isGold;
      thing.face.visible = !isGold;
      thing.stone.visible = isGold;
      thing.streak.scale.x = way;
      thing.streak.tint = isGold ? shine : theme.negative;
      thing.stone.tint = shine;
      // Rolls as far as it goes.
      thing.enemy.rotation = calm ? 0 : thing.slide.x * 1.4;
      const phase = sin(clock * 2.6 + thing.row * 1.9);
      thing.gleam.visible = isGold && !calm;
      thing.gleam.alpha = phase > 0.2 ? (phase - 0.2) * 1.25 : 0;
      thing.gleam.rotation = 0.3 * phase;
    }
  }

  function drawGhosts(frame: ViewFrame): void {
    const shown = glide.follow(frame);
    const faint = 0.7 * faintness(shown, 4);
    ghosts.show(frame, shown, ({ root: ghost, dot }, i, group) => {
      ghost.position.set(middle(glide.shown[2 * i]!), middle(glide.shown[2 * i + 1]!));
      dot.tint = laneColour(paint.theme, group, paint.theme.soft);
      dot.alpha = faint * glide.opacity[i]!;
    });
  }

  function drawHero(frame: ViewFrame, fresh: boolean, seconds: number): void {
    const row = frame.hero;
    const calm = paint.theme.reducedMotion;
    heroSlide.to(row[at.playerX]!, row[at.playerY]!, seconds, fresh || calm);
    hero.root.position.set(middle(heroSlide.x), middle(heroSlide.y));
    if (fresh) bornAge = 0;
    bornAge += seconds;
    hero.root.scale.set(cell * (calm ? 1 : popIn(bornAge / 0.3)));
    const executed = row[at.executed]!;
    lookX = approach(lookX, stepX[executed]!, seconds, 0.08);
    lookY = approach(lookY, stepY[executed]!, seconds, 0.08);
    hero.look(lookX, lookY);
    fallAge += seconds;
    const gone = fallAge / fallTakes;
    fallen.root.visible = gone < 1;
    if (gone >= 1) return;
    fallen.root.alpha = 1 - gone;
    fallen.root.rotation = calm ? 0 : gone * 4;
    fallen.root.scale.set(cell * (calm ? 1 : 1 - 0.6 * gone));
  }

  function drawGaze({ attention, overlays }: ViewFrame): void {
    if (!overlays.attends || attention.length === 0) {
      gaze.hide();
      return;
    }
    const place = (thing: number): readonly [number, number] | undefined => {
      if (thing === 0) return [hero.root.x, hero.root.y];
      const { node } = things[thing - 1]!;
      return node.visible ? [node.x, node.y] : undefined;
    };
    gaze.show(attention, place, cell * 0.3);
  }

  function draw(frame: ViewFrame): void {
    const seconds = frame.secondsSinceLast;
    clock += seconds;
    if (board.fit(frame, frame.overlays.sees && frame.params['sees'] !== 'things')) lay();
    const row = frame.hero;
    const points = row[bookkeepingAt(frame.stride, 'episodeReturn')]!;
    const { fresh, ended, before } = episodes(frame);
    if (ended) endGame(frame.lastReturn, before);
    drawThings(row, fresh, points > lastReturn, seconds);
    lastReturn = points;
    drawGhosts(frame);
    drawHero(frame, fresh, seconds);
    compass.show(frame, { x: heroSlide.x, y: heroSlide.y, way: -1 });
    if (due(seconds)) {
      setText(count, `${points} gold`);
      const wait = row[at.moveInterval]!;
      setText(tempo, wait === 1 ? 'a move every step' : `a move every ${wait} steps`);
    }
    drawGaze(frame);
    board.finish(frame);
  }

  return {
    root: board.root,
    draw,
    resize: board.resize,
    destroy() {
      board.destroy();
      destroyShapes(shapes);
      ghosts.destroy();
      ghostShape.destroy();
    },
  };
}
