// A player of Seaquest that looks ahead: first foresight.ts writes down where everything on the board will be, which is certain
// but for what is still to come; then dynamic programming (Bellman 1957) over cells and the way faced finds the best plan.
import { type Foresight, foresee, horizon, note } from './foresight.ts';
import { seaquestAt as at, deepest, gridSize, lastCell, mostDivers, oxygenCells } from './sea.ts';

interface Circumstances {
  readonly stickyActionProbability: number;
  readonly oxygen: number;
  readonly rescueReward: number;
}

const discount = 0.95;
/** What the end of the game is worth, in enemies hit. */
const death = -20;
/** With so little air it goes up, once it has a diver. */
const littleAir = 40;
const actions = 6;
const cells = (deepest + 1) * gridSize;

/** A state is a cell and the way faced: 2 * cell for left, one more for right. Where each action leads, and MinAtar's numbers of them. */
const leadsTo = Uint8Array.from({ length: 2 * cells * actions }, (_, i) => {
  const state = Math.floor(i / actions);
  const action = i % actions;
  const x = (state >> 1) % gridSize;
  const y = Math.floor((state >> 1) / gridSize);
  const toX = Math.min(lastCell, Math.max(0, x + (action === 1 ? -1 : action === 3 ? 1 : 0)));
  const toY = Math.min(deepest, Math.max(0, y + (action === 2 ? -1 : action === 4 ? 1 : 0)));
  const right = action === 1 ? 0 : action === 3 ? 1 : state & 1;
  return 2 * (toY * gridSize + toX) + right;
});
const firstBelow = 2 * gridSize;
const fire = 5;

/** [step]: what each state is worth before that step. The last one says where it is good to be when nothing else counts. */
const values = Array.from({ length: horizon + 1 }, () => new Float64Array(2 * cells));
values[horizon]!.forEach((_, state, last) => {
  const x = (state >> 1) % gridSize;
  const y = Math.floor((state >> 1) / gridSize);
  last[state] = -0.02 * Math.abs(x - lastCell / 2) - 0.02 * Math.abs(y - 4);
});

/** What the present state makes of things; set once in every call. */
const worth = { diver: 0, surfacing: 0, air: 0 };

/** [state]: what it gives, in the step at hand and after it, to come there, to stay there, and more than that to shoot there. */
const coming = new Float64Array(2 * cells);
const staying = new Float64Array(2 * cells);
const hitting = new Float64Array(2 * cells);
/** [action]: what a sticky step after it costs. */
const loss = new Float64Array(actions);

/** The first state of a row, and the end of its states. */
const rowBegin = (y: number): number => firstBelow * Math.max(0, y);
const rowEnd = (y: number): number => firstBelow * (Math.min(deepest, y) + 1);

/** Weighs the states that can be come to in a step, counted from the next one, by who is now in row y. */
function weighStates(seen: Foresight, step: number, y: number): void {
  const later = values[step + 1]!;
  const { danger, diver, diverComes, ambush, hitLeft, hitRight } = note;
  const drowned = worth.air <= step;
  hitting.fill(0);
  const end = rowEnd(y + step + 1);
  for (let state = rowBegin(y - step - 1); state < end; state++) {
    const marks = seen[step * cells + (state >> 1)]!;
    if ((marks & danger) !== 0 || (drowned && state >= firstBelow)) {
      coming[state] = death;
      staying[state] = death;
      continue;
    }
    const value = discount * later[state]! + ((marks & ambush) !== 0 ? death / 16 : 0);
    coming[state] = value + ((marks & diver) !== 0 ? worth.diver : 0);
    // Who stands still took on board before what was here already.
    staying[state] = value + ((marks & diverComes) !== 0 ? worth.diver : 0);
    if ((marks & ((state & 1) === 0 ? hitLeft : hitRight)) !== 0) hitting[state] = 1;
  }
}

/** What an action from a state gives, in the step that was weighed and after it. */
function outcome(state: number, action: number): number {
  const to = leadsTo[state * actions + action]!;
  if (to === state) return action === fire ? staying[to]! + hitting[to]! : staying[to]!;
  return to < firstBelow && state >= firstBelow ? coming[to]! + worth.surfacing : coming[to]!;
}

/** MinAtar's number of the action that promises most from here. */
export function bestMove(s: Float64Array, p: Circumstances): number {
  setWorth(s, p);
  const seen = foresee(s);
  const y = s[at.subY]!;
  for (let step = horizon - 1; step > 0; step--) {
    weighStates(seen, step, y);
    const value = values[step]!;
    const end = rowEnd(y + step);
    for (let state = rowBegin(y - step); state < end; state++) {
      let best = staying[state]! + hitting[state]!;
      for (let action = 1; action < fire; action++) {
        const found = outcome(state, action);
        if (found > best) best = found;
      }
      value[state] = best;
    }
  }
  const here = 2 * (y * gridSize + s[at.subX]!) + (s[at.way]! > 0 ? 1 : 0);
  // A sticky step may make two of one, by which something may be lost.
  for (let action = 0; action < actions; action++) {
    const to = leadsTo[here * actions + action]!;
    loss[action] = p.stickyActionProbability * Math.min(0, outcome(to, action) - values[1]![to]!);
  }
  weighStates(seen, 0, y);
  let choice = 0;
  for (let action = 1; action < actions; action++) {
    if (outcome(here, action) + loss[action]! > outcome(here, choice) + loss[choice]!) choice = action;
  }
  return choice;
}

function setWorth(s: Float64Array, p: Circumstances): void {
  const air = s[at.oxygen]!;
  const divers = s[at.divers]!;
  worth.air = air;
  // The first diver is the way to fresh air; after a full load, a first one would end the free surfacing.
  worth.diver = divers === 0 ? (air < 100 ? 4 : 1.5) : divers === -1 && air < 60 ? -3 : 0.7;
  worth.surfacing = air < littleAir ? 5 : -1;
  if (divers === 0) worth.surfacing = death;
  if (divers < mostDivers) return;
  worth.diver = 0;
  worth.surfacing = 2 + p.rescueReward * oxygenCells(s, p.oxygen);
}
