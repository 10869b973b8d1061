// What a player who goes about a grid freely is about to do, drawn round it on the board: the neighbouring cells, filled as going
// there is likely, a ring for staying, an arrow for shooting; bold for what is done, with the chances in words.
import { Container, Graphics } from 'pixi.js';
import { swapSides } from '../minatar.ts';
import type { ViewFrame } from '../view.ts';
import { approach, clamp, createPace } from './motion.ts';
import type { Paint } from './paint.ts';
import { createLabel, percent, setText } from './text.ts';

/** What an action comes to, in MinAtar's order of actions. */
const effects = ['stay', 'left', 'up', 'right', 'down', 'fire'] as const;
const acrossOf = [0, -1, 0, 1, 0, 0] as const;
const downOf = [0, 0, -1, 0, 1, 0] as const;
const [stay, fire] = [0, 5];
const pill = { width: 36, height: 16 };

export interface Player {
  /** Where it is, in cells. */
  readonly x: number;
  readonly y: number;
  /** The way it shoots: 1 right, -1 left. */
  readonly way: number;
}

/** Cells that can be gone to. */
export interface Reach {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export function createCompass(paint: Paint, reach: Reach, shoots: boolean) {
  const root = new Container();
  const words = new Container();
  const spots = effects.slice(0, shoots ? 6 : 5).map((_, effect) => {
    const spot = new Container();
    const box = paint.tint(new Graphics(), 'accent');
    const head = paint.tint(new Graphics(), 'ink');
    spot.addChild(box, head);
    const word = new Container();
    const back = paint.tint(new Graphics(), 'background');
    back.roundRect(-pill.width / 2, -pill.height / 2, pill.width, pill.height, 5).fill(0xffffff);
    back.alpha = 0.78;
    const label = paint.tint(createLabel('', { mono: true, align: 0.5 }), 'ink');
    word.addChild(back, label);
    root.addChild(spot);
    words.addChild(word);
    return { effect, spot, box, head, word, label, strength: 0, chance: 0 };
  });
  const due = createPace(8);
  let cell = 40;

  function lay(newCell: number): void {
    cell = newCell;
    const half = cell / 2 - 1.5;
    const r = cell * 0.16;
    const weight = Math.max(2, cell * 0.08);
    for (const { effect, box, head } of spots) {
      box.clear();
      head.clear();
      const [across, down] = effect === fire ? [1, 0] : [acrossOf[effect]!, downOf[effect]!];
      if (effect === stay) {
        head.circle(0, 0, half + 2).stroke({ color: 0xffffff, width: weight * 0.8 });
        continue;
      }
      if (effect === fire) {
        head.moveTo(-r, 0).lineTo(3 * r, 0);
        head
          .moveTo(1.8 * r, -r)
          .lineTo(3 * r, 0)
          .lineTo(1.8 * r, r);
      } else {
        box.roundRect(-half, -half, 2 * half, 2 * half, cell * 0.18).fill(0xffffff);
        // A chevron that points along (across, down).
        head
          .moveTo((-across * 0.5 - down) * r, (-down * 0.5 + across) * r)
          .lineTo(across * 0.6 * r, down * 0.6 * r)
          .lineTo((-across * 0.5 + down) * r, (-down * 0.5 - across) * r);
      }
      head.stroke({ color: 0xffffff, width: weight, cap: 'round', join: 'round' });
    }
  }

  const leadsNowhere = (effect: number, { x, y }: Player): boolean =>
    (effect === 1 && x <= reach.left + 0.5) ||
    (effect === 2 && y <= reach.top + 0.5) ||
    (effect === 3 && x >= reach.right - 0.5) ||
    (effect === 4 && y >= reach.bottom - 0.5);

  /** Words stand outside the star of cells, and beside a cell where they would leave the board. */
  function placeWord(word: Container, effect: number, { x, y, way }: Player): void {
    const edge = (reach.right + 1) * cell;
    const [cx, cy] = [(x + 0.5) * cell, (y + 0.5) * cell];
    const [across, down] = [acrossOf[effect]!, downOf[effect]!];
    const aside = cell / 2 + pill.width / 2 + 2;
    let [wx, wy] = [cx + across * (cell + aside), cy + down * (1.5 * cell + pill.height / 2 + 2)];
    const corner = cell * 0.5 + pill.height / 2 + 1;
    if (effect === stay) [wx, wy] = [cx - way * aside, cy < corner + pill.height ? cy + corner : cy - corner];
    if (effect === fire) [wx, wy] = [cx + way * aside, cy + corner];
    if (across !== 0 && (wx < pill.width / 2 || wx > edge - pill.width / 2)) {
      [wx, wy] = [cx + across * cell, cy + corner];
    }
    if (down !== 0 && (wy < pill.height / 2 || wy > 10 * cell - pill.height / 2)) {
      [wx, wy] = [cx - way * aside, cy + down * cell];
    }
    word.position.set(
      clamp(wx, pill.width / 2, edge - pill.width / 2),
      clamp(wy, pill.height / 2, 10 * cell - pill.height / 2),
    );
  }

  return {
    root,
    /** The chances, to be put above the player. */
    words,
    lay,
    /** Shown while it is wanted; the world's actions are MinAtar's first five, or all six. */
    show(
      { overlays, params, action, probabilities, secondsSinceLast: seconds }: ViewFrame,
      player: Player,
    ): void {
      root.visible = overlays.acts;
      words.visible = overlays.acts;
      if (!overlays.acts) return;
      // Mirrored actions move the other way.
      const mirrored = params['mirrored'] === 1;
      const chosen = mirrored ? swapSides(action[0]!) : action[0]!;
      const chances = mirrored ? probabilities.map((_, a) => probabilities[swapSides(a)]!) : probabilities;
      const write = due(seconds);
      const known = chances.length > 0;
      // What leads nowhere comes to staying.
      let staying = chances[stay] ?? 0;
      for (let e = 1; e < 5; e++) if (leadsNowhere(e, player)) staying += chances[e] ?? 0;
      if (!shoots) staying += chances[fire] ?? 0;
      const done = leadsNowhere(chosen, player) || (!shoots && chosen === fire) ? stay : chosen;
      for (const s of spots) {
        const open = !leadsNowhere(s.effect, player);
        const seen =
          s.effect !== fire || (player.x + player.way > -0.5 && player.x + player.way < reach.right + 0.5);
        const p = s.effect === stay ? staying : (chances[s.effect] ?? 0);
        s.strength = approach(s.strength, done === s.effect ? 1 : 0, seconds, 0.05);
        s.chance = approach(s.chance, p, seconds, 0.05);
        s.spot.visible = open && seen;
        // Where cells are small, words for what hardly happens would hide the game.
        s.word.visible = open && known && (cell >= 28 || p >= 0.005);
        const gap = s.effect === fire ? player.way * 0.72 : acrossOf[s.effect]!;
        s.spot.position.set((player.x + 0.5 + gap) * cell, (player.y + 0.5 + downOf[s.effect]!) * cell);
        if (s.effect === fire) s.spot.scale.x = player.way;
        s.box.alpha = 0.42 * s.chance;
        s.head.alpha = (s.effect === stay ? 0 : 0.12) + 0.88 * s.strength;
        placeWord(s.word, s.effect, player);
        s.word.alpha = s.chance < 0.005 ? 0.45 : 1;
        if (known && write) setText(s.label, percent(p));
      }
    },
  };
}
