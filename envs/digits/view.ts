// Sorter as a small machine: a belt brings a written digit under the scanner, the picture beside it is all the
// network gets, and the card drops into one of ten chutes, where a tick or a cross says how that went.
import { Container, Graphics, GraphicsContext, type Text } from 'pixi.js';
import { badgeShape, createBadge } from '../drawing/badges.ts';
import { createMeter } from '../drawing/hud.ts';
import { crossShape, tickShape } from '../drawing/marks.ts';
import { approach, clamp, createPace, easeOut } from '../drawing/motion.ts';
import { createNotice } from '../drawing/notice.ts';
import { createPaint, type Paint } from '../drawing/paint.ts';
import { createParticles } from '../drawing/particles.ts';
import { createPixels } from '../drawing/pixels.ts';
import { createLabel, percent, setText } from '../drawing/text.ts';
import { layTiles } from '../drawing/tiles.ts';
import { bookkeepingAt, type CreateView, mostTiles, type ViewFrame } from '../view.ts';
import {
  digitsAt as at,
  chutes,
  createStrokes,
  type DigitsParams,
  digits,
  pictureSide,
  traceCard,
} from './dynamics.ts';

const margin = 16;
const arriveTakes = 0.22; // s, for a card to come down the belt
const sortTakes = 0.34; // s, from the scanner into the chute
const verdictLasts = 0.9; // s

const strokes = createStrokes();

/**
 * Draws the card at row[from...] into `ink`, as the pen went, `side` pixels large round the origin. Round joins cost
 * ten times the triangles of bevelled ones, which small cards do not show.
 */
function drawCard(
  ink: Graphics,
  row: Float64Array,
  from: number,
  params: DigitsParams,
  side: number,
  join: 'round' | 'bevel' = 'round',
): void {
  traceCard(row, from, params, strokes);
  const { points, ends } = strokes;
  ink.clear();
  let k = 0;
  for (let stroke = 0; stroke < strokes.count; stroke++) {
    const end = ends[stroke]!;
    for (let first = true; k < end; k++, first = false) {
      const x = (points[2 * k]! - 0.5) * side;
      const y = (points[2 * k + 1]! - 0.5) * side;
      if (first) ink.moveTo(x, y);
      else ink.lineTo(x, y);
    }
  }
  ink.stroke({ color: 0xffffff, width: Math.max(1.5, 2 * strokes.radius * side), cap: 'round', join });
}

/** A paper card with a digit on it. */
function createCard(paint: Paint, paper: GraphicsContext, edge: GraphicsContext) {
  const root = new Container();
  const ink = paint.tint(new Graphics(), 'ink');
  root.addChild(paint.tint(new Graphics(paper), 'background'), paint.tint(new Graphics(edge), 'faint'), ink);
  return { root, ink };
}

/** One chute: its number, a bar for its chance, and the verdict on the last card that fell in. */
function createChute(paint: Paint, digit: number, tick: GraphicsContext, cross: GraphicsContext) {
  const root = new Container(); // origin: middle of the mouth
  const bin = paint.tint(new Graphics(), 'line');
  const lit = paint.tint(new Graphics(), 'accent');
  const lip = paint.tint(new Graphics(), 'faint');
  const name = paint.tint(createLabel(String(digit), { size: 15, bold: true, align: 0.5 }), 'ink');
  const bar = paint.tint(new Graphics(), 'accent');
  const chance = paint.tint(createLabel('', { size: 11, mono: true, align: 0.5 }), 'ink');
  const right = paint.tint(new Graphics(tick), 'positive');
  const wrong = paint.tint(new Graphics(cross), 'negative');
  root.addChild(bin, lit, lip, bar, chance, name, right, wrong);
  lit.alpha = 0;
  right.visible = false;
  wrong.visible = false;
  let shown = 0;
  let tall = 60;
  let verdictAge = verdictLasts;
  return {
    root,
    lay(width: number, depth: number, barHeight: number): void {
      tall = barHeight;
      const half = width / 2;
      for (const shape of [bin, lit]) shape.clear().roundRect(-half, 0, width, depth, 7).fill(0xffffff);
      bin.alpha = 0.75;
      lip.clear().roundRect(-half, -1, width, 3, 1.5).fill(0xffffff);
      bar
        .clear()
        .roundRect(-Math.min(half - 3, 12), -1, 2 * Math.min(half - 3, 12), 1, 0)
        .fill(0xffffff);
      name.y = Math.round(depth / 2) + 1;
      right.y = name.y;
      wrong.y = name.y;
    },
    show(p: number | undefined, chosen: boolean, acts: boolean, write: boolean, seconds: number): void {
      shown = approach(shown, p ?? 0, seconds, 0.06);
      bar.visible = acts && p !== undefined;
      chance.visible = bar.visible && shown > 0.045;
      bar.scale.y = Math.max(0.01, shown * tall);
      bar.y = -3;
      bar.alpha = chosen ? 1 : 0.45;
      chance.y = -13 - shown * tall;
      if (write && chance.visible && p !== undefined) setText(chance, percent(p));
      verdictAge += seconds;
      const left = clamp((verdictLasts - verdictAge) / 0.3, 0, 1);
      const on = verdictAge < verdictLasts;
      if (!on) {
        right.visible = false;
        wrong.visible = false;
      }
      const mark = right.visible ? right : wrong;
      mark.alpha = left;
      mark.scale.set(0.8 + 0.2 * easeOut(clamp(verdictAge / 0.15, 0, 1)));
      name.alpha = on ? 1 - left : 1;
      lit.alpha = (acts && chosen ? 0.28 : 0) + (on && right.visible ? 0.2 * left : 0);
    },
    verdict(good: boolean): void {
      verdictAge = 0;
      right.visible = good;
      wrong.visible = !good;
    },
    clear(): void {
      verdictAge = verdictLasts;
    },
  };
}

export const createDigitsView: CreateView = (theme) => {
  const paint = createPaint(theme);
  const root = new Container();
  const close = new Container();
  const wall = createWall(paint);
  root.addChild(close, wall.root);

  const belt = new Container();
  const bed = paint.tint(new Graphics(), 'line');
  bed.alpha = 0.4;
  const rails = paint.tint(new Graphics(), 'faint');
  const cleatShape = new GraphicsContext();
  const cleats = Array.from({ length: 12 }, () => paint.tint(new Graphics(cleatShape), 'line'));
  belt.addChild(bed, ...cleats, rails);
  const paper = new GraphicsContext();
  const edge = new GraphicsContext();
  const card = createCard(paint, paper, edge);
  const sorted = createCard(paint, paper, edge);
  sorted.root.visible = false;
  const scanner = paint.tint(new Graphics(), 'accent');
  const beam = paint.tint(new Graphics(), 'accent');
  const link = paint.tint(new Graphics(), 'faint');
  const picture = createPixels(paint, pictureSide, `sees ${pictureSide} \u00d7 ${pictureSide}`);
  const tick = tickShape(11, 4);
  const cross = crossShape(11, 4);
  const slots = Array.from({ length: chutes }, (_, digit) => createChute(paint, digit, tick, cross));
  const tally = paint.tint(createLabel('', { size: 20, bold: true }), 'ink');
  const tallyNote = paint.tint(createLabel('sorted correctly'), 'soft');
  const truth = paint.tint(createLabel('', { size: 13.5 }), 'negative');
  const meter = createMeter(paint);
  const particles = createParticles(40, 3);
  const notice = createNotice(paint);
  close.addChild(belt, link, card.root, beam, scanner, ...slots.map((slot) => slot.root));
  close.addChild(sorted.root, picture.root, tally, tallyNote, truth, meter.root, particles.root, notice.root);

  const due = createPace(8);
  let width = 740;
  let height = 420;
  let side = 120;
  let scanX = 370;
  let scanY = 150;
  let mouthY = 350;
  let pitch = 64;
  let cardAge = arriveTakes;
  let sortAge = sortTakes;
  let sortTo = 0;
  let sortGood = false;
  let truthAge = verdictLasts;
  let beltAt = 0;
  let lastSorted = -1;
  let lastElapsed = -1;
  let heldRow: Float64Array | undefined;
  let heldParams: DigitsParams | undefined;

  const chuteX = (digit: number): number => width / 2 + (digit - (chutes - 1) / 2) * pitch;

  function lay(): void {
    pitch = Math.min(64, (width - 2 * margin + 4) / chutes);
    const depth = Math.min(46, Math.max(30, height * 0.11));
    const barHeight = clamp(height * 0.17, 26, 76);
    mouthY = Math.round(height - depth - 6);
    const top = 14;
    const free = mouthY - barHeight - 28 - top;
    side = Math.round(clamp(Math.min(free, (width - 2 * margin) * 0.3), 56, 190));
    const small = width < 480;
    // On a phone the tally needs room at the left and the picture at the right.
    scanX = Math.round(small ? Math.max(width / 2 - side * 0.42, 98 + side / 2) : width / 2);
    scanY = Math.round(top + side / 2 + Math.max(0, (free - side) / 2));
    slots.forEach((slot, digit) => {
      slot.lay(pitch - (pitch > 40 ? 8 : 4), depth, barHeight);
      slot.root.position.set(Math.round(chuteX(digit)), mouthY);
    });
    const half = side / 2;
    const beltHalf = half + 12;
    const beltTop = -80; // beyond the view's edge: the belt comes from somewhere
    const beltEnd = scanY + half + 16;
    bed
      .clear()
      .rect(scanX - beltHalf, beltTop, 2 * beltHalf, beltEnd - beltTop)
      .fill(0xffffff);
    rails.clear();
    for (const x of [scanX - beltHalf - 3, scanX + beltHalf]) {
      rails.roundRect(x, beltTop, 3, beltEnd - beltTop, 1.5).fill(0xffffff);
    }
    cleatShape
      .clear()
      .rect(-beltHalf, -1, 2 * beltHalf, 2)
      .fill(0xffffff);
    paper.clear().roundRect(-half, -half, side, side, 10).fill(0xffffff);
    edge.clear().roundRect(-half, -half, side, side, 10).stroke({ color: 0xffffff, width: 1.5 });
    const arm = side * 0.18;
    const out = half + 6;
    scanner.clear();
    for (const [sx, sy] of [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ] as const) {
      scanner
        .moveTo(sx * out, sy * (out - arm))
        .lineTo(sx * out, sy * out)
        .lineTo(sx * (out - arm), sy * out);
    }
    scanner.stroke({ color: 0xffffff, width: 3, cap: 'round', join: 'round' });
    scanner.position.set(scanX, scanY);
    beam
      .clear()
      .roundRect(-half + 4, -1.5, side - 8, 3, 1.5)
      .fill(0xffffff);
    const pixelSide = Math.max(pictureSide * 3, Math.floor((side * 0.8) / pictureSide) * pictureSide);
    const gap = small ? 20 : 44;
    const pictureX = scanX + beltHalf + gap;
    picture.lay(pixelSide);
    picture.root.position.set(pictureX, scanY - pixelSide / 2);
    link.clear();
    for (let x = scanX + beltHalf + 7; x < pictureX - 5; x += 7)
      link.rect(x, scanY - 0.75, 4, 1.5).fill(0xffffff);
    const leftX = Math.max(margin, scanX - beltHalf - 44 - 116);
    const narrow = scanX - beltHalf < 150;
    tally.position.set(narrow ? margin : leftX, scanY - 10);
    tallyNote.position.set(tally.x, scanY + 12);
    truth.position.set(tally.x, scanY + 34);
    setText(tallyNote, narrow ? 'right' : 'sorted correctly');
    meter.root.position.set(width - margin - meter.width, 0);
    particles.clear();
    notice.hide();
    heldRow = undefined;
  }

  function finishSort(): void {
    slots[sortTo]!.verdict(sortGood);
    if (paint.theme.reducedMotion) return;
    const x = chuteX(sortTo);
    if (sortGood) particles.burst(x, mouthY, 6, paint.theme.positive, 80, 90, 4);
    else particles.ring(x, mouthY + 10, 26, paint.theme.negative);
  }

  function take(frame: ViewFrame, row: Float64Array, params: DigitsParams): void {
    const count = row[at.sorted]!;
    const elapsed = row[bookkeepingAt(frame.stride, 'elapsed')]!;
    const fresh = lastSorted < 0 || elapsed < lastElapsed;
    if (fresh && lastSorted > 0 && !Number.isNaN(frame.lastReturn)) {
      const result = frame.lastReturn;
      const perfect = result >= digits.maxSteps;
      const text = perfect ? `All ${digits.maxSteps} right` : `${result} of ${digits.maxSteps} right`;
      notice.say(text, scanX, scanY + side / 2 + 30, width, perfect ? 'accent' : 'ink');
      if (perfect && !paint.theme.reducedMotion) {
        particles.burst(scanX, scanY, 20, paint.theme.accent, 210, 160, 6);
        particles.ring(scanX, scanY, side * 0.8, paint.theme.accent);
      }
    }
    if (fresh || count !== lastSorted) {
      if (!fresh && count > 0) {
        if (sortAge < sortTakes) finishSort();
        drawCard(sorted.ink, row, at.lastCard, params, side);
        sortAge = 0;
        sortTo = clamp(row[at.lastChute]!, 0, chutes - 1);
        sortGood = row[at.lastRight] === 1;
        truthAge = sortGood ? verdictLasts : 0;
        if (!sortGood) setText(truth, `that was a ${row[at.lastCard]!}`);
      }
      if (fresh) for (const slot of slots) slot.clear();
      drawCard(card.ink, row, at.card, params, side);
      cardAge = 0;
    } else if (heldRow === undefined || heldParams !== params) {
      drawCard(card.ink, row, at.card, params, side);
    }
    heldRow = row;
    heldParams = params;
    lastSorted = count;
    lastElapsed = elapsed;
  }

  function drawMachine(seconds: number): void {
    const calm = paint.theme.reducedMotion;
    cardAge += seconds;
    const arrived = calm ? 1 : easeOut(clamp(cardAge / arriveTakes, 0, 1));
    const from = -side;
    card.root.position.set(scanX, from + (scanY - from) * arrived);
    card.root.alpha = calm ? clamp(cardAge / arriveTakes, 0, 1) : 1;
    if (arrived < 1) beltAt += seconds * side * 4;
    const spacing = Math.max(18, side / 5);
    const beltEnd = scanY + side / 2 + 16;
    cleats.forEach((cleat, i) => {
      const y = (i * spacing + beltAt) % (spacing * cleats.length);
      cleat.position.set(scanX, y - spacing);
      cleat.visible = y - spacing < beltEnd - 2;
    });
    // The beam sweeps while the card lies still.
    const sweep = ((cardAge - arriveTakes) * 1.6) % 2;
    beam.visible = arrived >= 1 && !calm;
    beam.alpha = 0.55;
    beam.position.set(scanX, scanY + (side / 2 - 6) * (sweep < 1 ? 2 * sweep - 1 : 3 - 2 * sweep));

    const before = sortAge;
    sortAge += seconds;
    const t = clamp(sortAge / sortTakes, 0, 1);
    sorted.root.visible = t < 1 && !calm;
    if (before < sortTakes && t >= 1) finishSort();
    if (t < 1) {
      // Sideways at once, down ever faster: a throw.
      const x = scanX + (chuteX(sortTo) - scanX) * easeOut(t);
      sorted.root.position.set(x, scanY + (mouthY + 10 - scanY) * t * t);
      sorted.root.scale.set(1 - (1 - (pitch - 12) / side) * Math.sqrt(t));
      sorted.root.alpha = t > 0.85 ? (1 - t) / 0.15 : 1;
    }
    truthAge += seconds;
    truth.visible = truthAge < verdictLasts;
    truth.alpha = clamp((verdictLasts - truthAge) / 0.3, 0, 1);
  }

  function drawClose(frame: ViewFrame, seconds: number): void {
    const row = frame.hero;
    take(frame, row, frame.params as DigitsParams);
    drawMachine(seconds);
    const write = due(seconds);
    slots.forEach((slot, digit) => {
      slot.show(frame.probabilities[digit], frame.action === digit, frame.overlays.acts, write, seconds);
    });
    if (write) setText(tally, `${row[at.right]!} of ${row[at.sorted]!}`);
    picture.root.visible = frame.overlays.sees;
    link.visible = frame.overlays.sees;
    if (frame.overlays.sees) picture.show(frame.observation, 0, 1);
    particles.update(seconds);
    notice.update(seconds);
    meter.show(frame.value, seconds, frame.overlays.values);
  }

  lay();
  return {
    root,
    aspect: 1.5,
    draw(frame) {
      close.visible = frame.mode === 'close';
      wall.root.visible = frame.mode === 'wall';
      if (frame.mode === 'close') drawClose(frame, frame.secondsSinceLast);
      else wall.draw(frame);
    },
    resize(w, h) {
      width = w;
      height = h;
      lay();
      wall.resize(w, h);
    },
    setTheme: (next) => paint.apply(next),
    destroy() {
      root.destroy({ children: true });
      particles.destroy();
      picture.destroy();
      for (const shape of [cleatShape, paper, edge, tick, cross]) shape.destroy();
      wall.destroy();
    },
  };
};

/** All lanes: the card each sorted last, where it went, and whether that was right. */
function createWall(paint: Paint) {
  const root = new Container();
  const groundShape = new GraphicsContext();
  const tick = tickShape(6, 2.5);
  const cross = crossShape(6, 2.5);
  const badges = badgeShape();
  const tiles = Array.from({ length: mostTiles }, () => {
    const tile = new Container();
    const ground = paint.tint(new Graphics(groundShape), 'line');
    ground.alpha = 0.45;
    const ink = paint.tint(new Graphics(), 'ink');
    const name: Text = paint.tint(createLabel('', { size: 15, bold: true, align: 0.5 }), 'accent');
    const right = paint.tint(new Graphics(tick), 'positive');
    const wrong = paint.tint(new Graphics(cross), 'negative');
    const badge = createBadge(paint, badges);
    tile.addChild(ground, ink, name, right, wrong, badge.root);
    tile.visible = false;
    root.addChild(tile);
    return { tile, ink, name, right, wrong, badge };
  });
  let room = { width: 740, height: 420 };
  let count = 0;
  let side = 40;
  // A few tiles a frame, each about twice a second: readable however fast the lanes are.
  const perSecond = 2;
  const mostPerFrame = 4;
  let owed = 0;
  let next = 0;

  function arrange(): void {
    const grid = layTiles(count, room.width - 2 * margin, room.height - 8, 1.5, room.width < 480 ? 4 : 8);
    side = Math.min(grid.height - 4, grid.width * 0.64);
    groundShape.clear().roundRect(0, 0, grid.width, grid.height, 6).fill(0xffffff);
    tiles.forEach(({ tile, ink, name, right, wrong, badge }, i) => {
      tile.visible = i < count;
      tile.position.set(margin + grid.x(i), 4 + grid.y(i));
      ink.position.set(2 + side / 2, grid.height / 2);
      const x = Math.round((side + grid.width) / 2);
      name.position.set(x, Math.round(grid.height / 2 - 9));
      right.position.set(x, Math.round(grid.height / 2 + 10));
      wrong.position.copyFrom(right.position);
      // Small tiles get a small badge in the corner, clear of the digit.
      badge.root.scale.set(grid.width < 60 ? 0.6 : 1);
      badge.root.position.set(grid.width < 60 ? 5 : 10, grid.width < 60 ? 5 : 10);
    });
    owed = count; // all of them, once
  }

  function refresh(i: number, frame: ViewFrame): void {
    const { ink, name, right, wrong } = tiles[i]!;
    const row = frame.rows.subarray(i * frame.stride, (i + 1) * frame.stride);
    const any = row[at.sorted]! > 0;
    drawCard(ink, row, any ? at.lastCard : at.card, frame.params as DigitsParams, side, 'bevel');
    setText(name, any ? String(row[at.lastChute]!) : '');
    const good = row[at.lastRight] === 1;
    right.visible = any && good;
    wrong.visible = any && !good;
  }

  return {
    root,
    resize(width: number, height: number): void {
      room = { width, height };
      if (count > 0) arrange();
    },
    draw(frame: ViewFrame): void {
      const shown = Math.min(frame.lanes, mostTiles);
      if (shown !== count) {
        count = shown;
        arrange();
      }
      owed = Math.min(
        owed > mostPerFrame ? count : mostPerFrame,
        owed + count * perSecond * frame.secondsSinceLast,
      );
      for (; owed >= 1; owed--) {
        refresh(next % count, frame);
        next = (next + 1) % count;
      }
      for (let i = 0; i < shown; i++) tiles[i]!.badge.show(frame.laneCluster?.[i]);
    },
    destroy(): void {
      for (const shape of [groundShape, tick, cross, badges]) shape.destroy();
    },
  };
}
