// A sorter close up, as a small machine: a belt brings an item under the scanner, and it drops into one of a few chutes, where
// a tick or a cross says how that went. What is on an item, what stands beside it, and what is written under the score is for
// each world to draw.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import type { WorldParams } from '../environment.ts';
import { type BeltAt, itemsPerGame } from '../sorter.ts';
import { bookkeepingAt, type ViewFrame } from '../view.ts';
import { createChute, type Sign, verdictLasts } from './chutes.ts';
import { createMeter } from './hud.ts';
import { crossShape, tickShape } from './marks.ts';
import { clamp, createPace, easeOut } from './motion.ts';
import { createNotice } from './notice.ts';
import type { Paint } from './paint.ts';
import { createParticles } from './particles.ts';
import { type Look, margin } from './picture.ts';
import type { Pixels } from './pixels.ts';
import { createLabel, setText } from './text.ts';

/** What is on an item's card, its middle at the origin. */
export interface Face {
  readonly root: Container;
  lay(width: number, height: number): void;
  /** The item at row[from...]. */
  show(row: Float64Array, from: number, params: WorldParams): void;
  /** What overlays mark on it. */
  mark?(frame: ViewFrame): void;
}

/** What stands to the right of the belt, its left middle at the origin. */
export interface Beside {
  readonly root: Container;
  /** Fits it into the room, beside an item `side` px high. */
  lay(width: number, height: number, side: number): void;
  draw(frame: ViewFrame): void;
}

export interface SorterStyle {
  readonly at: BeltAt;
  /** One for each chute, from left to right. */
  readonly signs: readonly Sign[];
  /** Middle to middle of two chutes, px, where there is room. */
  readonly pitch: number;
  /** An item's width over its height. */
  readonly aspect: number;
  /** Called for each card there is. */
  face(): Face;
  readonly beside: Beside;
  /** A line from the scanner to what stands beside it, while that is shown. */
  readonly linked: boolean;
  /** What the last item really was, said after a mistake. */
  was(row: Float64Array): string;
  /** Lines under the score. */
  readonly lines: number;
  note?(line: number, frame: ViewFrame, narrow: boolean): string;
}

const arriveTakes = 0.22; // s, for an item to come down the belt
const sortTakes = 0.34; // s, from the scanner into the chute
const lineHeight = 18;

/** What the network receives, as a picture beside the scanner. */
export function besidePixels(
  picture: Pixels,
  columns: number,
  values: (frame: ViewFrame) => Float32Array = (frame) => frame.observation,
): Beside {
  return {
    root: picture.root,
    lay(width, _height, side) {
      const room = Math.min(side * 0.8, Math.max(width, columns));
      const size = Math.max(Math.min(columns * 3, room), Math.floor(room / columns) * columns);
      picture.lay(size);
      picture.root.pivot.y = picture.height / 2;
    },
    draw(frame) {
      picture.root.visible = frame.overlays.sees;
      if (frame.overlays.sees) picture.show(values(frame), 0, 1);
    },
  };
}

function createCard(paint: Paint, paper: GraphicsContext, edge: GraphicsContext, face: Face) {
  const root = new Container();
  const [back, rim] = [
    paint.tint(new Graphics(paper), 'background'),
    paint.tint(new Graphics(edge), 'faint'),
  ];
  root.addChild(back, rim, face.root);
  return { root, face };
}

export function createSorter(paint: Paint, style: SorterStyle): Look {
  const { at, beside } = style;
  const chutes = style.signs.length;
  const root = new Container();
  const belt = new Container();
  const bed = paint.tint(new Graphics(), 'line');
  bed.alpha = 0.4;
  const rails = paint.tint(new Graphics(), 'faint');
  const cleatShape = new GraphicsContext();
  const cleats = Array.from({ length: 12 }, () => paint.tint(new Graphics(cleatShape), 'line'));
  belt.addChild(bed, ...cleats, rails);
  const paper = new GraphicsContext();
  const edge = new GraphicsContext();
  const card = createCard(paint, paper, edge, style.face());
  const sorted = createCard(paint, paper, edge, style.face());
  sorted.root.visible = false;
  const scanner = paint.tint(new Graphics(), 'accent');
  const beam = paint.tint(new Graphics(), 'accent');
  const link = paint.tint(new Graphics(), 'faint');
  const tick = tickShape(11, 4);
  const cross = crossShape(11, 4);
  const slots = style.signs.map((sign) => createChute(paint, sign, tick, cross));
  const tally = paint.tint(createLabel('', { size: 20, bold: true }), 'ink');
  const tallyNote = paint.tint(createLabel('sorted correctly'), 'soft');
  const notes = Array.from({ length: style.lines }, () => paint.tint(createLabel(''), 'soft'));
  const truth = paint.tint(createLabel('', { size: 13.5 }), 'negative');
  const meter = createMeter(paint);
  const particles = createParticles(40, 3);
  const notice = createNotice(paint);
  root.addChild(belt, link, card.root, beam, scanner, ...slots.map((slot) => slot.root));
  root.addChild(sorted.root, beside.root, tally, tallyNote, ...notes, truth);
  root.addChild(meter.root, particles.root, notice.root);

  const due = createPace(8);
  let width = 740;
  let height = 420;
  /** Of an item, px. */
  let side = 120;
  let across = 120;
  let scanX = 370;
  let scanY = 150;
  let mouthY = 350;
  let pitch = 64;
  let narrow = false;
  let cardAge = arriveTakes;
  let sortAge = sortTakes;
  let sortTo = 0;
  let sortGood = false;
  let truthAge = verdictLasts;
  let beltAt = 0;
  let lastSorted = -1;
  let lastElapsed = -1;
  let heldRow: Float64Array | undefined;
  let heldParams: WorldParams | undefined;

  const chuteX = (chute: number): number => width / 2 + (chute - (chutes - 1) / 2) * pitch;

  function lay(): void {
    pitch = Math.min(style.pitch, (width - 2 * margin + 4) / chutes);
    const depth = Math.min(46, Math.max(30, height * 0.11));
    const barHeight = clamp(height * 0.17, 26, 76);
    mouthY = Math.round(height - depth - 6);
    const top = 14;
    const free = mouthY - barHeight - 28 - top;
    const small = width < 480;
    const widest = (width - 2 * margin) * (style.aspect > 1 ? 0.39 : 0.3);
    side = Math.round(clamp(Math.min(free, style.aspect > 1 ? free : widest), 56, 190));
    across = Math.round(style.aspect > 1 ? Math.min(side * style.aspect, widest) : side);
    const half = across / 2;
    // On a phone the tally needs room at the left and what stands beside at the right.
    const left = style.aspect > 1 ? 106 : 98;
    scanX = Math.round(small ? Math.max(width / 2 - across * 0.42, left + half) : width / 2);
    scanY = Math.round(top + side / 2 + Math.max(0, (free - side) / 2));
    slots.forEach((slot, chute) => {
      slot.lay(pitch - (pitch > 40 ? 8 : 4), depth, barHeight);
      slot.root.position.set(Math.round(chuteX(chute)), mouthY);
    });
    const beltHalf = half + 12;
    layBelt(beltHalf);
    layScanner(half);
    card.face.lay(across, side);
    sorted.face.lay(across, side);
    const besideX = scanX + beltHalf + (small ? (style.aspect > 1 ? 12 : 20) : 44);
    beside.root.position.set(besideX, scanY);
    beside.lay(width - margin - besideX, mouthY - barHeight - 20, side);
    link.clear();
    for (let x = scanX + beltHalf + 7; x < besideX - 5; x += 7)
      link.rect(x, scanY - 0.75, 4, 1.5).fill(0xffffff);
    narrow = scanX - beltHalf < 150;
    const leftX = narrow ? margin : Math.max(margin, scanX - beltHalf - 44 - 116);
    const up = Math.round((style.lines * lineHeight) / 2);
    // On a phone the meter stands above the tally.
    const tallyY = narrow ? Math.max(58, scanY - 10 - up) : scanY - 10 - up;
    tally.position.set(leftX, tallyY);
    tally.style.fontSize = narrow ? 15 : 20;
    tallyNote.position.set(leftX, tallyY + (narrow ? 18 : 22));
    notes.forEach((note, line) => {
      note.position.set(leftX, tallyNote.y + (line + 1) * lineHeight);
      note.style.fontSize = narrow ? 11 : 12;
    });
    truth.style.fontSize = narrow ? 11 : 13.5;
    truth.position.set(leftX, tallyNote.y + style.lines * lineHeight + 22);
    setText(tallyNote, narrow ? 'right' : 'sorted correctly');
    meter.root.scale.set(narrow ? 0.7 : 1);
    meter.root.position.set(narrow ? margin - 6 : width - margin - meter.width, narrow ? 12 : 0);
    particles.clear();
    notice.hide();
    heldRow = undefined;
  }

  function layBelt(beltHalf: number): void {
    const beltTop = -80; // beyond the view's edge: the belt comes from somewhere
    const beltEnd = scanY + side / 2 + 16;
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
  }

  function layScanner(half: number): void {
    const tall = side / 2;
    paper.clear().roundRect(-half, -tall, across, side, 10).fill(0xffffff);
    edge.clear().roundRect(-half, -tall, across, side, 10).stroke({ color: 0xffffff, width: 1.5 });
    const arm = side * 0.18;
    scanner.clear();
    for (const [sx, sy] of [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ] as const) {
      const x = half + 6;
      const y = tall + 6;
      scanner
        .moveTo(sx * x, sy * (y - arm))
        .lineTo(sx * x, sy * y)
        .lineTo(sx * (x - arm), sy * y);
    }
    scanner.stroke({ color: 0xffffff, width: 3, cap: 'round', join: 'round' });
    scanner.position.set(scanX, scanY);
    beam
      .clear()
      .roundRect(-half + 4, -1.5, across - 8, 3, 1.5)
      .fill(0xffffff);
  }

  function finishSort(): void {
    slots[sortTo]!.verdict(sortGood);
    if (paint.theme.reducedMotion) return;
    const x = chuteX(sortTo);
    if (sortGood) particles.burst(x, mouthY, 6, paint.theme.positive, 80, 90, 4);
    else particles.ring(x, mouthY + 10, 26, paint.theme.negative);
  }

  function sayResult(result: number): void {
    const perfect = result >= itemsPerGame;
    const text = perfect ? `All ${itemsPerGame} right` : `${result} of ${itemsPerGame} right`;
    notice.say(text, scanX, scanY + side / 2 + 30, width, perfect ? 'accent' : 'ink');
    if (!perfect || paint.theme.reducedMotion) return;
    particles.burst(scanX, scanY, 20, paint.theme.accent, 210, 160, 6);
    particles.ring(scanX, scanY, side * 0.8, paint.theme.accent);
  }

  function take(frame: ViewFrame, row: Float64Array): void {
    const { params } = frame;
    const count = row[at.sorted]!;
    const elapsed = row[bookkeepingAt(frame.stride, 'elapsed')]!;
    const fresh = lastSorted < 0 || elapsed < lastElapsed;
    if (fresh && lastSorted > 0 && !Number.isNaN(frame.lastReturn)) sayResult(frame.lastReturn);
    if (fresh || count !== lastSorted) {
      if (!fresh && count > 0) {
        if (sortAge < sortTakes) finishSort();
        sorted.face.show(row, at.lastItem, params);
        sortAge = 0;
        sortTo = clamp(row[at.lastChute]!, 0, chutes - 1);
        sortGood = row[at.lastRight] === 1;
        truthAge = sortGood ? verdictLasts : 0;
        if (!sortGood) setText(truth, style.was(row));
      }
      if (fresh) for (const slot of slots) slot.clear();
      card.face.show(row, at.item, params);
      cardAge = 0;
    } else if (heldRow === undefined || heldParams !== params) {
      card.face.show(row, at.item, params);
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
      sorted.root.scale.set(1 - (1 - (Math.min(pitch, 76) - 12) / across) * Math.sqrt(t));
      sorted.root.alpha = t > 0.85 ? (1 - t) / 0.15 : 1;
    }
    truthAge += seconds;
    truth.visible = truthAge < verdictLasts;
    truth.alpha = clamp((verdictLasts - truthAge) / 0.3, 0, 1);
  }

  function draw(frame: ViewFrame): void {
    const seconds = frame.secondsSinceLast;
    const row = frame.hero;
    take(frame, row);
    drawMachine(seconds);
    const write = due(seconds);
    slots.forEach((slot, chute) => {
      slot.show(frame.probabilities[chute], frame.action[0] === chute, frame.overlays.acts, write, seconds);
    });
    if (write) {
      setText(tally, `${row[at.right]!} of ${row[at.sorted]!}`);
      notes.forEach((note, line) => {
        setText(note, style.note?.(line, frame, narrow) ?? '');
      });
    }
    beside.draw(frame);
    link.visible = style.linked && beside.root.visible;
    card.face.mark?.(frame);
    sorted.face.mark?.(frame);
    particles.update(seconds);
    notice.update(seconds);
    meter.show(frame.value, seconds, frame.overlays.values);
  }

  lay();
  return {
    root,
    draw,
    resize(w, h) {
      width = w;
      height = h;
      lay();
    },
    destroy() {
      particles.destroy();
      for (const shape of [cleatShape, paper, edge, tick, cross]) shape.destroy();
    },
  };
}

/** The Bayes rate in words, computed anew only when the settings change. */
export function createBestNote<P extends WorldParams>(rate: (p: P) => number) {
  let held = '';
  let best = '';
  return ({ params }: ViewFrame, narrow: boolean): string => {
    const now = JSON.stringify(params);
    if (now !== held) {
      held = now;
      best = `${(100 * rate(params as P)).toFixed(1)}\u00a0%`;
    }
    return `${narrow ? 'best' : 'best possible'} ${best}`;
  };
}

/** How sure a probability is, in words that never claim certainty. */
export const sureness = (p: number): string =>
  p > 0.995 ? '>\u00a099\u00a0%' : `${Math.round(100 * p)}\u00a0%`;
