// relearn train: a run from nothing, from another brain, or from where a saved run stopped.
import { fingerprintOf } from '../models/fingerprint.ts';
import { writeWhole } from '../models/store/disk.ts';
import { fingerprint } from '../training/brain.ts';
import { NonFiniteError } from '../training/non-finite.ts';
import { cardOf, recipeOf } from '../training/run-card.ts';
import { createSession, type Session } from '../training/session.ts';
import { encodeRun, readModel, resumeRun } from '../training/snapshot.ts';
import { type Flags, list, recipeFrom, wholeNumber } from './args.ts';
import { createProgress } from './progress.ts';
import { agentsIn, evaluate, kernels, readFile, runToEnd, shownScore } from './runs.ts';

/** Updates between two checkpoints that a run with a broken number can go back to. */
const checkpointEvery = 500;

interface Start {
  readonly session: Session;
  readonly secondsBefore: number;
  readonly parent: string | null;
}

async function start(flags: Flags): Promise<Start> {
  const factory = await kernels();
  if (flags.resume !== undefined) {
    const { card, session } = resumeRun(readFile(flags.resume), factory);
    return { session, secondsBefore: card.seconds, parent: card.parent };
  }
  if (flags.from !== undefined) {
    const { card, model } = readModel(readFile(flags.from));
    const plan = { fresh: list(flags.fresh), freeze: list(flags.freeze) };
    const session = createSession(recipeFrom(flags, recipeOf(card)), factory, {
      source: { tensors: model, plan },
      ...agentsIn(flags),
    });
    return { session, secondsBefore: 0, parent: card.fingerprint };
  }
  return {
    session: createSession(recipeFrom(flags), factory, agentsIn(flags)),
    secondsBefore: 0,
    parent: null,
  };
}

export async function train(flags: Flags, command: string): Promise<void> {
  const { session, secondsBefore, parent } = await start(flags);
  const updates = flags.updates === undefined ? undefined : wholeNumber('updates', flags.updates, 0);
  const label = `${session.world.title}, ${session.phase.def.title}, seed ${session.recipe.seed}`;
  const file = flags.out ?? null;
  const save = async (seconds: number, target: string): Promise<void> => {
    const card = cardOf(session, {
      title: `${session.world.title} by ${session.phase.def.title}`,
      savedAt: new Date().toISOString(),
      seconds,
      parent,
      command,
    });
    await writeWhole(target, encodeRun(session.snapshot(), card));
  };
  if (session.transfer) {
    const { copied, fresh, frozen, unused } = session.transfer;
    console.log(`copied: ${copied.join(', ') || 'nothing'}\nfresh: ${fresh.join(', ') || 'nothing'}`);
    console.log(`frozen: ${frozen.join(', ') || 'nothing'}\nunused: ${unused.join(', ') || 'nothing'}`);
  }
  let lastFinite = { at: session.updates, snapshot: session.snapshot() };
  let spent: ReturnType<typeof runToEnd>;
  try {
    spent = runToEnd(session, updates, createProgress(label), () => {
      if (session.updates - lastFinite.at >= checkpointEvery) {
        lastFinite = { at: session.updates, snapshot: session.snapshot() };
      }
    });
  } catch (error) {
    if (!(error instanceof NonFiniteError) || !file) throw error;
    const rescue = `${file}.last-finite`;
    const card = cardOf(session, {
      title: 'last finite checkpoint',
      savedAt: new Date().toISOString(),
      seconds: 0,
      parent,
      command,
    });
    await writeWhole(
      rescue,
      encodeRun(lastFinite.snapshot, {
        ...card,
        updates: lastFinite.at,
        fingerprint: fingerprintOf(Object.entries(lastFinite.snapshot.model)),
      }),
    );
    throw new Error(`${error.message} Saved the run as it was at update ${lastFinite.at} to ${rescue}.`);
  }
  const seconds = secondsBefore + spent.seconds;
  if (file) await save(seconds, file);
  const score = evaluate(session, wholeNumber('episodes', flags.episodes, 100), session.recipe.seed);
  const print = fingerprint(session.brain);
  console.log(
    `${label}: ${session.updates} updates, ${session.steps} steps, ${seconds.toFixed(2)} s; ` +
      `${session.stepsToThreshold === null ? 'threshold not reached' : `threshold at ${session.stepsToThreshold} steps`}; ` +
      `${shownScore(score)}; fingerprint ${print}${file ? `; wrote ${file}` : ''}`,
  );
  if (flags.json) {
    const { world, learner, seed } = session.recipe;
    const { stepsToThreshold, steps } = session;
    console.log(
      JSON.stringify({
        world,
        learner,
        seed,
        steps,
        seconds,
        stepsToThreshold,
        score,
        fingerprint: print,
        file,
      }),
    );
  }
}
