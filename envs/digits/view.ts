// Sorter as a small machine: a belt brings a written digit under the scanner, the picture beside it is all the
// network gets, and the card drops into one of ten chutes, where a tick or a cross says how that went.
import { Container, Graphics, GraphicsContext } from 'pixi.js';
import { createMeter } from '../drawing/hud.ts';
import { crossShape, tickShape } from '../drawing/marks.ts';
import { clamp, createPace, easeOut } from '../drawing/motion.ts';
import { createNotice } from '../drawing/notice.ts';
import { createPaint, type Paint } from '../drawing/paint.ts';
import { createParticles } from '../drawing/particles.ts';
import { createPicture, type Look, margin } from '../drawing/picture.ts';
import { createPixels } from '../drawing/pixels.ts';
import { createLabel, setText } from '../drawing/text.ts';
import { bookkeepingAt, type CreateView, type ViewFrame } from '../view.ts';
import { digitsAt as at, chutes, type DigitsParams, digits, pictureSide } from './dynamics.ts';
import { createCard, createChute, drawCard, verdictLasts } from './pieces.ts';
import { createWall } from './wall.ts';

const arriveTakes = 0.22; // s, for a card to come down the belt
const sortTakes = 0.34; // s, from the scanner into the chute

export const createDigitsView: CreateView = (theme) => {
  const paint = createPaint(theme);
  return createPicture(paint, 1.5, createCloseUp(paint), createWall(paint));
};

function createCloseUp(paint: Paint): Look {
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
  root.addChild(belt, link, card.root, beam, scanner, ...slots.map((slot) => slot.root));
  root.addChild(sorted.root, picture.root, tally, tallyNote, truth, meter.root, particles.root, notice.root);

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
        drawCard(sorted.ink, row, at.lastItem, params, side);
        sortAge = 0;
        sortTo = clamp(row[at.lastChute]!, 0, chutes - 1);
        sortGood = row[at.lastRight] === 1;
        truthAge = sortGood ? verdictLasts : 0;
        if (!sortGood) setText(truth, `that was a ${row[at.lastItem]!}`);
      }
      if (fresh) for (const slot of slots) slot.clear();
      drawCard(card.ink, row, at.item, params, side);
      cardAge = 0;
    } else if (heldRow === undefined || heldParams !== params) {
      drawCard(card.ink, row, at.item, params, side);
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

  function draw(frame: ViewFrame): void {
    const seconds = frame.secondsSinceLast;
    const row = frame.hero;
    take(frame, row, frame.params as DigitsParams);
    drawMachine(seconds);
    const write = due(seconds);
    slots.forEach((slot, digit) => {
      slot.show(frame.probabilities[digit], frame.action[0] === digit, frame.overlays.acts, write, seconds);
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
    draw,
    resize(w, h) {
      width = w;
      height = h;
      lay();
    },
    destroy() {
      particles.destroy();
      picture.destroy();
      for (const shape of [cleatShape, paper, edge, tick, cross]) shape.destroy();
    },
  };
}
