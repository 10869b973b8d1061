// Seaquest as a small finished game: a sea with depth, the submarine facing its way, fish, enemy submarines, divers, shots, and
// gauges that can be read; other lanes' submarines as ghosts. Reads rows and nothing else; wall.ts has all lanes.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { sin } from '../../src/core/math.ts';
import { createBoard } from '../drawing/board.ts';
import { createCompass } from '../drawing/compass.ts';
import { type Crowd, createCrowd, type Member } from '../drawing/crowd.ts';
import { createEpisodes } from '../drawing/episode.ts';
import { createGhosts, faintness } from '../drawing/ghosts.ts';
import { createGlide } from '../drawing/glide.ts';
import { createPace, createSlide, easeOut, popIn } from '../drawing/motion.ts';
import { laneColour, type Paint, type Role } from '../drawing/paint.ts';
import { type Look, pictureOf } from '../drawing/picture.ts';
import { createPlanes } from '../drawing/planes.ts';
import { createLabel, setText } from '../drawing/text.ts';
import { createWater } from '../drawing/water.ts';
import { bookkeepingAt, type ViewFrame } from '../view.ts';
import { seaquest } from './dynamics.ts';
import { createGauges, createShapes, createSubmarine, destroyShapes } from './pieces.ts';
import { seaquestAt as at, deepest, gridSize, lastCell, seaquestLists as lists } from './sea.ts';
import { createWall } from './wall.ts';

const header = 22; // px, for the score above the sea
const captions = ['bow', 'stern', 'shot', 'trail', 'shell', 'fish', 'foe', 'air', 'load', 'diver'];
const sinkTakes = 0.9; // s

export const createSeaquestView = pictureOf(1.45, createCloseUp, createWall);

type ListName = keyof typeof lists;

function createCloseUp(paint: Paint): Look {
  const board = createBoard(paint, gridSize, header, 8, createPlanes(paint, gridSize, captions));
  const { middle, particles } = board;
  const water = createWater(paint);
  const count = paint.tint(createLabel('', { size: 13.5, bold: true }), 'ink');
  const tempo = paint.tint(createLabel('', { align: 1 }), 'soft');
  const gauges = createGauges(paint);
  const shapes = createShapes();
  const swimmers = new Container();
  const frameOfSea = new Graphics();
  swimmers.mask = frameOfSea;
  /** As many nodes as a list has places, each of some shapes in some roles. */
  const crowdOf = (name: ListName, ...parts: readonly (readonly [GraphicsContext, Role, number?])[]): Crowd =>
    createCrowd(
      Array.from({ length: lists[name].capacity }, () => {
        const node = new Container();
        node.visible = false;
        for (const [shape, role, alpha] of parts) {
          const part = paint.tint(new Graphics(shape), role);
          part.alpha = alpha ?? 1;
          node.addChild(part);
        }
        swimmers.addChild(node);
        return node;
      }),
    );
  const crowds: Readonly<Record<ListName, Crowd>> = {
    divers: crowdOf('divers', [shapes.wake, 'ink', 0.4], [shapes.diver, 'ink']),
    fish: crowdOf(
      'fish',
      [shapes.wake, 'negative', 0.6],
      [shapes.fish, 'negative'],
      [shapes.fishEye, 'background'],
    ),
    subs: crowdOf(
      'subs',
      [shapes.wake, 'negative', 0.6],
      [shapes.enemy, 'negative'],
      [shapes.enemyPorts, 'background'],
    ),
    enemyShots: crowdOf('enemyShots', [shapes.shell, 'negative']),
    shots: crowdOf('shots', [shapes.shot, 'accent']),
  };
  const names = Object.keys(crowds) as ListName[];
  const ghostShape = new GraphicsContext();
  const ghosts = createGhosts(paint, 0.75, (root, badge) => {
    const dot = new Graphics(ghostShape);
    root.addChild(dot, badge);
    return { dot };
  });
  const glide = createGlide([at.subX, at.subY, at.way], 0.08);
  const sub = createSubmarine(paint);
  const sunk = createSubmarine(paint);
  const reach = { left: 0, right: lastCell, top: 0, bottom: deepest };
  const compass = createCompass(paint, reach, true);
  board.things.addChild(
    frameOfSea,
    water.root,
    count,
    tempo,
    ghosts.root,
    swimmers,
    compass.root,
    sunk.root,
    sub.root,
  );
  board.things.addChild(water.front, particles.root, gauges.root, compass.words);

  const episodes = createEpisodes();
  const slide = createSlide(0.12);
  const due = createPace(8);
  const bubbleDue = createPace(2.5);
  let cell = 40;
  let clock = 0;
  let sinkAge = sinkTakes;
  /** What the hero's row said when it was last looked at. */
  const last = { points: 0, divers: 0, air: 1, x: 5, y: 0, way: -1, surfaced: 1 };

  function lay(): void {
    const { side } = board;
    cell = board.cell;
    water.lay(cell, gridSize, deepest + 1);
    frameOfSea
      .clear()
      .rect(0, 0, side, (deepest + 1) * cell)
      .fill(0xffffff);
    count.position.set(2, -header / 2);
    tempo.position.set(side - 2, -header / 2);
    tempo.visible = side >= 270;
    gauges.lay(side, cell);
    gauges.root.position.set(0, middle(lastCell) + 1);
    ghostShape
      .clear()
      .roundRect(-cell * 0.62, -cell * 0.13, cell * 0.82, cell * 0.26, cell * 0.13)
      .fill(0xffffff);
    compass.lay(cell);
  }

  const say = (text: string, role: Role): void => board.say(text, 4, role);

  function endGame(points: number, steps: number): void {
    const score = `${points} ${points === 1 ? 'point' : 'points'}`;
    if (steps >= seaquest.maxSteps - 3) {
      say(`Time is up: ${score}`, 'ink');
      return;
    }
    const drowned = last.air < 0.03;
    const surfaced = !drowned && last.y <= 1 && last.surfaced === 0 && last.divers === 0;
    const why = drowned ? 'Out of air' : surfaced ? 'Surfaced without a diver' : 'Hit';
    say(`${why} after ${score}`, 'ink');
    sinkAge = 0;
    sunk.root.position.set(middle(last.x), middle(last.y));
    sunk.show(last.way, 0, true);
    if (paint.theme.reducedMotion) return;
    particles.burst(middle(last.x), middle(last.y), 14, paint.theme.accent, cell * 3, cell, cell * 0.16);
  }

  /** A boat or fish that is gone from the midst of the sea was shot; a diver who is was picked up. */
  function vanish(name: ListName, { x, y, way }: Member, row: Float64Array): void {
    const { theme } = paint;
    if (theme.reducedMotion || x + way < 0 || x + way > lastCell) return;
    if (name === 'fish' || name === 'subs') {
      particles.burst(
        middle(x),
        middle(y),
        name === 'fish' ? 8 : 13,
        theme.negative,
        cell * 3,
        cell,
        cell * 0.16,
      );
      particles.ring(middle(x), middle(y), cell * 0.9, theme.negative);
    } else if (name === 'divers' && Math.abs(x - row[at.subX]!) <= 1) {
      particles.ring(middle(x), middle(y), cell * 0.9, theme.ink);
    }
  }

  function drawSwimmers(row: Float64Array, stepped: number, fresh: boolean, seconds: number): void {
    const calm = paint.theme.reducedMotion;
    for (const name of names) {
      const crowd = crowds[name];
      const { count: counter, first, width: numbers } = lists[name];
      if (fresh) crowd.clear();
      if (stepped !== 0 || fresh) {
        crowd.begin();
        const shot = name === 'shots' || name === 'enemyShots';
        const cells = shot ? Math.min(4, stepped) : 1;
        for (let i = 0; i < row[counter]!; i++) {
          const entry = first + i * numbers;
          crowd.see(row[entry]!, row[entry + 1]!, row[entry + 2]!, cells);
        }
        crowd.end((member) => vanish(name, member, row));
      }
      crowd.move(seconds, calm ? 1e-6 : name === 'shots' || name === 'enemyShots' ? 0.04 : 0.09);
      for (const { active, node, shownX, y, way, age, x } of crowd.members) {
        if (!active) continue;
        const bob = calm ? 0 : sin(clock * 3 + y * 1.7 + x * 0.4) * 0.03;
        node.position.set(middle(shownX), middle(y + bob));
        const grown = calm ? 1 : popIn(age / 0.25);
        node.scale.set(cell * grown * way, cell * grown);
      }
    }
  }

  function drawGhosts(frame: ViewFrame): void {
    const shown = glide.follow(frame);
    const faint = 0.45 * faintness(shown, 4);
    ghosts.show(frame, shown, ({ root: ghost, dot }, i, group) => {
      ghost.position.set(middle(glide.shown[3 * i]!), middle(glide.shown[3 * i + 1]!));
      dot.scale.x = glide.shown[3 * i + 2]! < 0 ? -1 : 1;
      dot.tint = laneColour(paint.theme, group, paint.theme.soft);
      dot.alpha = faint * glide.opacity[i]!;
    });
  }

  function drawSubmarine(row: Float64Array, fresh: boolean, seconds: number): void {
    const calm = paint.theme.reducedMotion;
    slide.to(row[at.subX]!, row[at.subY]!, seconds, fresh || calm);
    const afloat = !calm && slide.y < 0.5 ? sin(clock * 2.2) * 0.04 : 0;
    sub.root.position.set(middle(slide.x), middle(slide.y + afloat));
    sub.root.scale.set(cell);
    sub.show(row[at.way]!, seconds, fresh || calm);
    if (row[at.subY]! > 0 && bubbleDue(seconds)) {
      water.bubble(middle(slide.x - 1.2 * row[at.way]!), middle(slide.y) - cell * 0.1);
    }
    sinkAge += seconds;
    const gone = sinkAge / sinkTakes;
    sunk.root.visible = gone < 1;
    if (gone >= 1) return;
    sunk.root.scale.set(cell);
    sunk.root.alpha = 1 - gone;
    sunk.root.rotation = calm ? 0 : last.way * 0.5 * easeOut(gone);
    if (!calm) sunk.root.y += seconds * cell * 1.2;
  }

  /** A surfacing with divers: fresh air, and sometimes pay. */
  function greet(row: Float64Array, points: number): void {
    if (row[at.surfaced] !== 1 || last.surfaced !== 0 || row[at.ramp] === 0) return;
    const full = last.divers === 6;
    say(full ? `Six divers saved: +${points - last.points}` : 'Fresh air', full ? 'accent' : 'ink');
    if (!paint.theme.reducedMotion) {
      particles.ring(middle(row[at.subX]!), middle(0), cell * (full ? 2.5 : 1.2), paint.theme.ink);
    }
  }

  function draw(frame: ViewFrame): void {
    const seconds = frame.secondsSinceLast;
    clock += seconds;
    if (board.fit(frame)) lay();
    const row = frame.hero;
    const points = row[bookkeepingAt(frame.stride, 'episodeReturn')]!;
    const { elapsed, before, fresh, ended } = episodes(frame);
    if (ended) endGame(frame.lastReturn, before);
    if (!fresh) greet(row, points);
    drawSwimmers(row, elapsed - before, fresh, seconds);
    drawGhosts(frame);
    drawSubmarine(row, fresh, seconds);
    compass.show(frame, { x: slide.x, y: slide.y, way: row[at.way]! });
    const air = row[at.oxygen]! / Number(frame.params['oxygen'] ?? 200);
    gauges.show(air, row[at.divers]!, seconds);
    Object.assign(last, { points, divers: row[at.divers], air, surfaced: row[at.surfaced] });
    Object.assign(last, { x: row[at.subX], y: row[at.subY], way: row[at.way] });
    if (due(seconds)) {
      setText(count, `${points} ${points === 1 ? 'point' : 'points'}`);
      setText(tempo, `an enemy every ${row[at.spawnInterval]!} steps`);
    }
    water.update(seconds);
    board.finish(frame);
  }

  return {
    root: board.root,
    draw,
    resize: board.resize,
    repaint: () => water.lay(cell, gridSize, deepest + 1),
    destroy() {
      board.destroy();
      water.destroy();
      gauges.destroy();
      destroyShapes(shapes);
      ghosts.destroy();
      ghostShape.destroy();
    },
  };
}
