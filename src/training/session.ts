// A run as a plain object: no timers, no messages, no DOM, no clock. Whoever holds it calls `tick` as often as
// they like; the same recipe and the same ticks give the same weights everywhere.
import type { EnvironmentDef, WorldParams } from '../../envs/environment.ts';
import { environmentById } from '../../envs/registry.ts';
import { createLanes, type Lanes, type RivalPlayer, worldParams } from '../../envs/vectorize.ts';
import type { KernelFactory } from '../core/kernels.ts';
import type { KnobValues } from '../core/knobs.ts';
import { createRandom } from '../core/random.ts';
import type { TensorMap } from '../core/safetensors.ts';
import type { Words } from '../learners/learner.ts';
import { type Recording, recordingProblem } from '../learners/recording.ts';
import type { Score } from '../models/card.ts';
import type { TransferPlan, TransferReport } from '../models/transfer-plan.ts';
import { type Brain, fingerprint, loadTensors, modelTensors } from './brain.ts';
import { addPoint, createHistory, type History } from './history.ts';
import { createWatcher, type Inspection, type Watcher } from './inspection.ts';
import { createJudgement } from './judgement.ts';
import { createOpposition } from './opposition.ts';
import { actingHead, openPhase, type Phase, restorePhase } from './phase.ts';
import type { Piece, SwitchMark } from './protocol.ts';
import { checkRecipe, type Recipe, worldFor } from './recipe.ts';
import type { RivalModel } from './rival.ts';
import type { RunState, SessionSnapshot } from './run-state.ts';
import { createSavedTeacher } from './saved-teacher.ts';
import { trainStep } from './step.ts';
import { createPhases } from './switching.ts';
import { beginTally, countSteps, meanReturn } from './tally.ts';
import { transferInto } from './transfer.ts';
import { describeRun } from './words.ts';

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
  const opposition = createOpposition(world, params, recipe, kernels, saved, from.rival);
  const lanes = createLanes(world, params, recipe.lanes, opposition.rival);
  const random = createRandom(`relearn ${recipe.seed}`);

  let agent: RivalModel | undefined = saved?.state.teacher
    ? { brain: saved.state.teacher.brain, tensors: saved.teacher }
    : from.teacher;
  let teacher = agent && createSavedTeacher(world, agent, kernels);
  let recording = saved?.state.recording ?? undefined;
  let watcher: Watcher | undefined;
  let metrics: Readonly<Record<string, number>> = {};
  const tally = beginTally(saved?.state);
  const freeze = saved?.state.freeze ?? source?.plan.freeze ?? [];
  const history = saved?.state.history ?? createHistory();
  const marks: SwitchMark[] = [...(saved?.state.marks ?? [])];

  lanes.resetAll(random.fork('world'));
  const phases = createPhases(recipe, params, lanes, saved?.state.phases ?? [], (now, taught) =>
    openPhase({
      recipe: now,
      taught,
      freeze,
      lanes,
      random,
      kernels,
      recording,
      teacher,
      onSteps: (own) => countSteps(tally, lanes, own),
    }),
  );
  if (saved) {
    restoreWorld(lanes, saved);
    restoreModel(phases.current.brain, saved.model);
    const kept = new Map(saved.state.phases).get(recipe.learner)!;
    restorePhase(phases.current, kept);
    // A phase that has made no update since it was opened or taken up again has no numbers yet.
    if (tally.updates > (marks.at(-1)?.updates ?? 0))
      metrics = { ...(kept.learner.data['metrics'] as Record<string, number>) };
  }
  const transfer =
    !saved && source
      ? transferInto(phases.current.brain, source.tensors, source.plan)
      : (saved?.state.transfer ?? null);
  if (!saved?.state.rival) opposition.renew(phases.current.brain, tally.steps);
  const judgement = createJudgement(world, params, opposition.rival, random, transfer !== null, saved);

  const note = (evaluation: number): void => {
    const { def } = phases.current;
    const metric = (name: string): number => metrics[name] ?? Number.NaN;
    addPoint(history, {
      updates: tally.updates,
      steps: tally.steps,
      learner: def.id,
      score: meanReturn(tally),
      evaluation,
      loss: metric('loss'),
      metrics: Object.fromEntries(Object.keys(def.charted).map((name) => [name, metric(name)])),
    });
  };

  return {
    world,
    params,
    lanes,
    get recipe() {
      return phases.recipe;
    },
    get phase() {
      return phases.current;
    },
    get brain() {
      return phases.current.brain;
    },
    get updates() {
      return tally.updates;
    },
    get steps() {
      return tally.steps;
    },
    get episodes() {
      return tally.episodes;
    },
    get score() {
      return meanReturn(tally);
    },
    get evaluation() {
      return judgement.state().evaluation;
    },
    get stepsToThreshold() {
      return judgement.state().stepsToThreshold;
    },
    get best() {
      return judgement.state().best;
    },
    history,
    marks,
    transfer,
    rival: opposition.rival,
    get metrics() {
      return metrics;
    },
    get actingHead() {
      return actingHead(phases.current);
    },

    tick() {
      const phase = phases.current;
      if (judgement.due(phase, tally)) {
        const found = judgement.step(phase, tally);
        if (found) note(found.mean);
        return 'evaluate';
      }
      opposition.renew(phase.brain, tally.steps);
      const made = trainStep(phase, watcher);
      if (!made) return 'gather';
      watcher = undefined;
      metrics = made;
      tally.updates++;
      if (tally.updates % history.interval === 0) note(Number.NaN);
      return 'update';
    },

    switchTo(learner, knobs) {
      const from = phases.recipe.learner;
      const trunkBefore = fingerprint(phases.current.brain, 'trunk');
      if (!phases.switchTo(learner, knobs)) return;
      const { updates, steps } = tally;
      lanes.resetAll(random.fork(`world after ${updates} updates, ${steps} steps`));
      tally.recentReturns.length = 0;
      metrics = {};
      judgement.startOver(steps);
      const trunkAfter = fingerprint(phases.current.brain, 'trunk');
      marks.push({ updates, steps, from, to: learner, trunkBefore, trunkAfter });
    },

    inspect(surface, done) {
      watcher = createWatcher(surface, (seen) => done({ updates: tally.updates + 1, ...seen }));
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

    budgetSpent: () => phases.current.learner.progress() >= 1,
    words() {
      const { evaluation, stepsToThreshold } = judgement.state();
      const own = phases.current.learner.words();
      return describeRun(own, world, evaluation, stepsToThreshold, history, lanes.current !== params);
    },

    snapshot: () => ({
      state: {
        recipe: phases.recipe,
        freeze,
        transfer,
        updates: tally.updates,
        steps: tally.steps,
        episodes: tally.episodes,
        recentReturns: [...tally.recentReturns],
        marks: [...marks],
        history: { ...history, points: [...history.points] },
        ...judgement.state(),
        recording: recording ?? null,
        rival: opposition.state(),
        teacher: agent ? { brain: agent.brain } : null,
        phases: phases.state(),
      },
      model: modelTensors(phases.current.brain),
      best: judgement.bestTensors(),
      rival: opposition.rival?.tensors() ?? {},
      teacher: agent?.tensors ?? {},
      rows: lanes.rows.slice(),
      visits: lanes.visits.slice(),
    }),
    bestModel: () => (judgement.state().best ? judgement.bestTensors() : modelTensors(phases.current.brain)),
  };
}

/** Throws one sentence where the saved world is of another size. */
function restoreWorld(lanes: Lanes, { rows, visits }: SessionSnapshot): void {
  if (rows.length !== lanes.rows.length) {
    throw new Error(`the saved world has ${rows.length} numbers; ${lanes.rows.length} are needed.`);
  }
  if (visits.length > 0 && visits.length !== lanes.visits.length) {
    throw new Error(
      `the saved world counts visits of ${visits.length} places; it has ${lanes.visits.length}.`,
    );
  }
  // Runs from before there was a count begin it anew.
  lanes.visits.fill(0);
  lanes.rows.set(rows);
  lanes.visits.set(visits);
  lanes.refresh();
}

/** Throws one sentence where the saved model is not the whole brain. */
function restoreModel(brain: Brain, model: TensorMap): void {
  const copied = new Set(loadTensors(brain, model));
  const missing = Object.keys(modelTensors(brain)).find((name) => !copied.has(name));
  if (missing) throw new Error(`the saved model lacks "${missing}", or has it in another shape.`);
}
