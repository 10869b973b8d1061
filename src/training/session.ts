// A run as a plain object: no timers, no messages, no DOM, no clock. Whoever holds it calls `tick` as often as
// they like; the same recipe and the same ticks give the same weights everywhere.
import {
  type EnvironmentDef,
  type RivalSeat,
  rivalSeat,
  shapeOfWorld,
  type WorldParams,
} from '../../envs/environment.ts';
import { environmentById } from '../../envs/registry.ts';
import { createLanes, type Lanes, type RivalPlayer, worldParams } from '../../envs/vectorize.ts';
import type { KernelFactory } from '../core/kernels.ts';
import type { KnobValues } from '../core/knobs.ts';
import { createRandom } from '../core/random.ts';
import type { TensorMap } from '../core/safetensors.ts';
import type { Words } from '../learners/learner.ts';
import type { Recording } from '../learners/recording.ts';
import { recordingProblem } from '../learners/recording.ts';
import { learnerById } from '../learners/registry.ts';
import type { Score } from '../models/card.ts';
import type { TransferPlan, TransferReport } from '../models/transfer-plan.ts';
import { type Brain, fingerprint, loadTensors, modelTensors } from './brain.ts';
import { createEvaluation, type Evaluation, scoreOf } from './evaluation.ts';
import { addPoint, createHistory, type History } from './history.ts';
import { createWatcher, type Inspection, type Watcher } from './inspection.ts';
import { capturePhase, openPhase, type Phase, restorePhase, type SavedPhase } from './phase.ts';
import type { Piece, SwitchMark } from './protocol.ts';
import { type BrainConfig, checkRecipe, knobsFor, type Recipe, worldFor } from './recipe.ts';
import { createRival, type RivalModel } from './rival.ts';
import { createSavedTeacher } from './saved-teacher.ts';
import { trainStep } from './step.ts';
import { transferInto } from './transfer.ts';
import { describeRun } from './words.ts';

/** Everything a run is besides the model and the world's rows, as plain data. */
export interface RunState {
  readonly recipe: Recipe;
  readonly freeze: readonly string[];
  readonly transfer: TransferReport | null;
  readonly updates: number;
  readonly steps: number;
  readonly episodes: number;
  readonly recentReturns: readonly number[];
  readonly marks: readonly SwitchMark[];
  readonly history: History;
  readonly nextEvaluation: number;
  /** Episodes of the evaluation in progress; 0 for none. It is begun again on resume, to the same end. */
  readonly evaluating: number;
  readonly evaluation: Score | null;
  readonly stepsToThreshold: number | null;
  readonly best: { readonly mean: number; readonly steps: number } | null;
  readonly recording: Recording | null;
  /** Who plays the other side, where a brain does, and the step at which it came; its weights are in the snapshot. */
  readonly rival: { readonly brain: BrainConfig; readonly since: number } | null;
  /** The saved agent that teaches, if one was given; its weights are in the snapshot. */
  readonly teacher: { readonly brain: BrainConfig } | null;
  /** Learners in the order of first use; the current one is among them. */
  readonly phases: readonly (readonly [learner: string, phase: SavedPhase])[];
}

export interface SessionSnapshot {
  readonly state: RunState;
  readonly model: TensorMap;
  /** Weights of the best evaluation so far; empty before the first. */
  readonly best: TensorMap;
  /** Weights of the rival; empty where no brain plays it. */
  readonly rival: TensorMap;
  /** Weights of the saved agent that teaches; empty where none does. */
  readonly teacher: TensorMap;
  /** [lanes, stride] */
  readonly rows: Float64Array;
  /** How often each place of the world was come to; empty where it has none. */
  readonly visits: Float64Array;
}

export interface SessionSource {
  readonly tensors: TensorMap;
  readonly plan: TransferPlan;
}

export interface Session {
  readonly world: EnvironmentDef;
  readonly params: WorldParams;
  readonly lanes: Lanes;
  readonly recipe: Recipe;
  readonly phase: Phase;
  readonly brain: Brain;
  readonly updates: number;
  readonly steps: number;
  readonly episodes: number;
  /** Mean return of the last 100 training episodes; NaN before the first. */
  readonly score: number;
  readonly evaluation: Score | null;
  readonly stepsToThreshold: number | null;
  readonly best: RunState['best'];
  readonly history: History;
  readonly marks: readonly SwitchMark[];
  readonly transfer: TransferReport | null;
  /** The brain on the other side, where one plays it. */
  readonly rival: RivalPlayer | undefined;
  readonly metrics: Readonly<Record<string, number>>;
  /** Head the brain acts with, or undefined when it has none. */
  readonly actingHead: string | undefined;
  /** One piece of work. Throws NonFiniteError when an update would not be finite. */
  tick(): Piece;
  /** Another way of learning (or the same with other knobs) on the same trunk. */
  switchTo(learner: string, knobs: KnobValues): void;
  record(recording: Recording): void;
  /** Gives the run a saved agent to learn from. Throws one sentence where it cannot act here. */
  learnFrom(agent: RivalModel): void;
  /** Looks into the next update, and leaves no trace in the run. @param surface whether at the loss around it too. */
  inspect(surface: boolean, done: (seen: Inspection) => void): void;
  budgetSpent(): boolean;
  words(): Words;
  snapshot(): SessionSnapshot;
  /** Tensors of the best evaluation so far, or of now when none was made. */
  bestModel(): TensorMap;
}

const scoreWindow = 100;
const quickEpisodes = 20;
/** Episodes that must reach the threshold on average before a run counts as solved. */
export const solvedEpisodes = 100;

export function createSession(
  recipe: Recipe,
  kernels: KernelFactory,
  from: {
    readonly source?: SessionSource;
    readonly saved?: SessionSnapshot;
    /** The saved agent to play against, where the world's settings ask for one. */
    readonly rival?: RivalModel;
    /** The saved agent to learn from, where the learner's settings ask for one. */
    readonly teacher?: RivalModel;
  } = {},
): Session {
  checkRecipe(recipe);
  const { source, saved } = from;
  const params = worldParams(environmentById(recipe.world), recipe.params);
  const world = worldFor(environmentById(recipe.world), params, recipe.brain);
  const seat = rivalSeat(world, params);
  const sitting = seated(seat, recipe, saved, from.rival);
  const rival = sitting && createRival(world, sitting.brain, kernels, seat.by === 'itself');
  const lacking = rival?.become(sitting?.tensors ?? {});
  if (seat.by === 'saved' && lacking?.[0] !== undefined) {
    throw new Error(
      `the saved agent cannot play ${world.title}: it lacks "${lacking[0]}", or has it in another shape.`,
    );
  }
  const lanes = createLanes(world, params, recipe.lanes, rival);
  const random = createRandom(`relearn ${recipe.seed}`);
  /** Steps of lanes between evaluations: frames are dearer to look at, and long games to play. */
  const dear = (world.observation.shape.length === 3 && !world.labelled) || world.maxSteps > 1000;
  const evaluateEvery = dear ? 20_480 : 2_048;

  let agent: RivalModel | undefined = saved?.state.teacher
    ? { brain: saved.state.teacher.brain, tensors: saved.teacher }
    : from.teacher;
  let teacher = agent && createSavedTeacher(world, agent, kernels);
  let current = recipe;
  let recording = saved?.state.recording ?? undefined;
  let updates = saved?.state.updates ?? 0;
  let steps = saved?.state.steps ?? 0;
  let episodes = saved?.state.episodes ?? 0;
  let nextEvaluation = saved?.state.nextEvaluation ?? 0;
  let evaluatingEpisodes = saved?.state.evaluating ?? 0;
  let evaluating: Evaluation | undefined;
  let evaluation = saved?.state.evaluation ?? null;
  let stepsToThreshold = saved?.state.stepsToThreshold ?? null;
  let best = saved?.state.best ?? null;
  let watcher: Watcher | undefined;
  let bestTensors: TensorMap = saved?.best ?? {};
  let rivalSince = saved?.state.rival?.since ?? 0;
  let transfer = saved?.state.transfer ?? null;
  let lastMetrics: Record<string, number> = {};
  const freeze = saved?.state.freeze ?? source?.plan.freeze ?? [];
  const recentReturns: number[] = [...(saved?.state.recentReturns ?? [])];
  const history = saved?.state.history ?? createHistory();
  const marks: SwitchMark[] = [...(saved?.state.marks ?? [])];
  const left = new Map<string, SavedPhase>(saved?.state.phases ?? []);

  const taught = (): Map<string, KnobValues> => {
    const all = new Map([...left].map(([id, phase]) => [id, phase.knobs] as const));
    all.set(current.learner, knobsFor(current.world, current.learner, current.knobs));
    return all;
  };
  const open = (): Phase =>
    openPhase({
      recipe: current,
      taught: taught(),
      freeze,
      lanes,
      random,
      kernels,
      recording,
      teacher,
      onSteps,
    });

  function onSteps(own: boolean): void {
    steps += lanes.count;
    for (let i = 0; i < lanes.count; i++) {
      if (lanes.terminated[i] === 0 && lanes.truncated[i] === 0) continue;
      episodes++;
      if (!own) continue;
      recentReturns.push(lanes.finishedReturns[i]!);
      if (recentReturns.length > scoreWindow) recentReturns.shift();
    }
  }

  lanes.resetAll(random.fork('world'));
  let phase = open();
  if (saved) {
    if (saved.rows.length !== lanes.rows.length) {
      throw new Error(`the saved world has ${saved.rows.length} numbers; ${lanes.rows.length} are needed.`);
    }
    if (saved.visits.length > 0 && saved.visits.length !== lanes.visits.length) {
      throw new Error(
        `the saved world counts visits of ${saved.visits.length} places; it has ${lanes.visits.length}.`,
      );
    }
    // Runs from before there was a count begin it anew.
    lanes.visits.fill(0);
    lanes.rows.set(saved.rows);
    lanes.visits.set(saved.visits);
    lanes.refresh();
    const copied = new Set(loadTensors(phase.brain, saved.model));
    const missing = Object.keys(modelTensors(phase.brain)).find((name) => !copied.has(name));
    if (missing) throw new Error(`the saved model lacks "${missing}", or has it in another shape.`);
    restorePhase(phase, left.get(current.learner)!);
    // A phase that has made no update since it was opened or taken up again has no numbers yet.
    if (updates > (marks.at(-1)?.updates ?? 0))
      lastMetrics = { ...(left.get(current.learner)!.learner.data['metrics'] as Record<string, number>) };
  } else if (source) {
    transfer = transferInto(phase.brain, source.tensors, source.plan);
  }

  const renewRival = (): void => {
    rival?.become(modelTensors(phase.brain));
    rivalSince = steps;
  };
  if (seat.by === 'itself' && !saved?.state.rival) renewRival();

  const actingHead = (): string | undefined => {
    if (phase.def.acts) return phase.def.acts;
    return ['policy', 'classes'].find((head) => Object.hasOwn(phase.brain.network.spec.heads, head));
  };

  const beginEvaluation = (count: number): void => {
    const head = actingHead();
    if (!head) return;
    evaluatingEpisodes = count;
    const stream = random.fork(`evaluation at ${updates} updates, ${steps} steps, of ${count}`);
    evaluating = createEvaluation(phase.brain, world, params, head, count, stream, rival);
  };

  const score = (): number =>
    recentReturns.length === 0
      ? Number.NaN
      : recentReturns.reduce((sum, r) => sum + r, 0) / recentReturns.length;

  const point = (evaluated: number): void => {
    const charted = Object.keys(phase.def.charted).map(
      (name) => [name, lastMetrics[name] ?? Number.NaN] as const,
    );
    addPoint(history, {
      updates,
      steps,
      learner: phase.def.id,
      score: score(),
      evaluation: evaluated,
      loss: lastMetrics['loss'] ?? Number.NaN,
      metrics: Object.fromEntries(charted),
    });
  };

  const finishEvaluation = (returns: readonly number[]): void => {
    const found = scoreOf(returns);
    evaluating = undefined;
    evaluatingEpisodes = 0;
    // A quick look that is good enough to be the first is confirmed in full before anything is claimed.
    if (stepsToThreshold === null && found.mean >= world.solvedAt && found.episodes < solvedEpisodes) {
      beginEvaluation(solvedEpisodes);
      return;
    }
    evaluation = found;
    // A blank brain may be lucky before it has learned anything; a copied one may rightly need no update.
    const learned = updates > 0 || transfer !== null;
    if (learned && found.episodes >= solvedEpisodes && found.mean >= world.solvedAt)
      stepsToThreshold ??= steps;
    if (phase.def.acts && (!best || found.mean >= best.mean)) {
      best = { mean: found.mean, steps };
      bestTensors = modelTensors(phase.brain);
    }
    point(found.mean);
  };

  return {
    world,
    params,
    lanes,
    get recipe() {
      return current;
    },
    get phase() {
      return phase;
    },
    get brain() {
      return phase.brain;
    },
    get updates() {
      return updates;
    },
    get steps() {
      return steps;
    },
    get episodes() {
      return episodes;
    },
    get score() {
      return score();
    },
    get evaluation() {
      return evaluation;
    },
    get stepsToThreshold() {
      return stepsToThreshold;
    },
    get best() {
      return best;
    },
    history,
    marks,
    get transfer() {
      return transfer;
    },
    rival,
    get metrics() {
      return lastMetrics;
    },
    get actingHead() {
      return actingHead();
    },

    tick() {
      if (evaluatingEpisodes > 0 && !evaluating) beginEvaluation(evaluatingEpisodes);
      if (!evaluating && steps >= nextEvaluation) {
        nextEvaluation = steps + evaluateEvery;
        beginEvaluation(quickEpisodes);
      }
      if (evaluating) {
        if (evaluating.step()) finishEvaluation(evaluating.returns);
        return 'evaluate';
      }
      if (seat.by === 'itself' && steps - rivalSince >= seat.every) renewRival();
      const metrics = trainStep(phase, watcher);
      if (!metrics) return 'gather';
      watcher = undefined;
      lastMetrics = metrics;
      updates++;
      if (updates % history.interval === 0) point(Number.NaN);
      return 'update';
    },

    switchTo(learner, knobs) {
      const next: Recipe = { ...current, learner, knobs };
      checkRecipe(next);
      if (learnerById(learner).unfit(shapeOfWorld(world))) return;
      const before = fingerprint(phase.brain, 'trunk');
      const model = modelTensors(phase.brain);
      const previous = current;
      const kept = new Map(left);
      const changed = lanes.current;
      left.set(phase.def.id, capturePhase(phase));
      current = next;
      try {
        // Each way of learning begins in the world of the recipe, or where its own drift stands.
        lanes.change(params);
        const opened = open();
        loadTensors(opened.brain, model);
        const known = left.get(learner);
        // A learner taken up again goes on as it was, unless its knobs were changed.
        if (known && JSON.stringify(known.knobs) === JSON.stringify(opened.knobs)) {
          restorePhase(opened, known, true);
          opened.learner.rejoin();
        }
        phase = opened;
      } catch (error) {
        // Nothing was changed yet: the run goes on as it was.
        lanes.change(changed);
        current = previous;
        left.clear();
        for (const [id, saved] of kept) left.set(id, saved);
        throw error;
      }
      lanes.resetAll(random.fork(`world after ${updates} updates, ${steps} steps`));
      recentReturns.length = 0;
      lastMetrics = {};
      evaluating = undefined;
      evaluatingEpisodes = 0;
      nextEvaluation = steps;
      marks.push({
        updates,
        steps,
        from: previous.learner,
        to: learner,
        trunkBefore: before,
        trunkAfter: fingerprint(phase.brain, 'trunk'),
      });
    },

    inspect(surface, done) {
      watcher = createWatcher(surface, (seen) => done({ updates: updates + 1, ...seen }));
    },

    record(played) {
      const problem = recordingProblem(played, world.id, lanes.observationSize, world.action);
      if (problem) throw new Error(`The recording cannot be used: ${problem}`);
      recording = played;
    },

    learnFrom(given) {
      teacher = createSavedTeacher(world, given, kernels);
      agent = given;
    },

    budgetSpent: () => phase.learner.progress() >= 1,
    words: () => {
      const drifted = lanes.current !== params;
      return describeRun(phase.learner.words(), world, evaluation, stepsToThreshold, history, drifted);
    },

    snapshot: () => ({
      state: {
        recipe: current,
        freeze,
        transfer,
        updates,
        steps,
        episodes,
        recentReturns: [...recentReturns],
        marks: [...marks],
        history: { ...history, points: [...history.points] },
        nextEvaluation,
        evaluating: evaluatingEpisodes,
        evaluation,
        stepsToThreshold,
        best,
        recording: recording ?? null,
        rival: sitting ? { brain: sitting.brain, since: rivalSince } : null,
        teacher: agent ? { brain: agent.brain } : null,
        phases: [...new Map(left).set(phase.def.id, capturePhase(phase))],
      },
      model: modelTensors(phase.brain),
      best: bestTensors,
      rival: rival?.tensors() ?? {},
      teacher: agent?.tensors ?? {},
      rows: lanes.rows.slice(),
      visits: lanes.visits.slice(),
    }),
    bestModel: () => (best ? bestTensors : modelTensors(phase.brain)),
  };
}

/** The brain that takes the rival's seat at first; undefined where the world's own rules play it. */
function seated(
  seat: RivalSeat,
  recipe: Recipe,
  saved: SessionSnapshot | undefined,
  given: RivalModel | undefined,
): RivalModel | undefined {
  if (seat.by === 'rules') return undefined;
  const kept = saved?.state.rival;
  if (saved && kept) return { brain: kept.brain, tensors: saved.rival };
  if (seat.by === 'itself') return { brain: recipe.brain, tensors: {} };
  if (!given) throw new Error('a saved agent is to be played against, and none was given: choose one.');
  return given;
}
