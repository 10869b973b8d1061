// LunarLander-v3: whole flights from the recorded draws, compared until anything touches the ground. Up to there the
// equations of motion are the same and only the solvers differ; from there on they part, and only statistics compare.
import { type LanderParams, lander } from '../../../envs/lander/dynamics.ts';
import { worldParams } from '../../../envs/vectorize.ts';
import { fillFrom, type RandomSource } from '../../core/random.ts';
import { type Fields, fields, flags, list, numbers, rows, text } from './reading.ts';
import { createTally, type WorldCase } from './tally.ts';

/** Of every number seen: the moment at which a leg reaches its stop may differ by a step, which turns the hull a little. */
const seenTolerance = 0.02;
const rewardTolerance = 0.1;

const seen = lander.observation.shape[0]!;
const touches = (of: ArrayLike<number>): boolean => of[seen - 2] !== 0 || of[seen - 1] !== 0;

export const verifyLander = (file: Fields): WorldCase[] =>
  list(file, 'traces', 'the file').map((item, i) => verifyTrace(fields(item, `trace ${i + 1}`)));

function verifyTrace(trace: Fields): WorldCase {
  const name = text(trace, 'name', 'a trace');
  const params = worldParams(lander, { wind: trace['enable_wind'] === true ? 1 : 0 }) as LanderParams;
  const actions = numbers(trace['actions'], `actions of ${name}`);
  const steps = actions.length;
  const first = numbers(trace['obs0'], `obs0 of ${name}`, seen);
  const observed = rows(trace, 'obs', name, steps, seen);
  const rewards = numbers(trace['rewards'], `rewards of ${name}`, steps);
  const terminated = flags(trace['terminated'], `terminated of ${name}`, steps);
  const shakes = rows(trace, 'step_draws', name, steps, 2);
  const draws = replayedDraws([...uniformsOf(trace, name), ...shakes.flat().map((v) => (v + 1) / 2)]);
  const s = new Float64Array(lander.state.length);
  const obs = new Float32Array(seen);
  const tally = createTally(name);
  const compare = (recorded: readonly number[]): void => {
    lander.observe(s, obs, 0, params);
    recorded.forEach((value, i) => {
      tally.compare(obs[i]!, value, seenTolerance);
    });
  };
  lander.reset(s, draws, params);
  tally.step(true, 0);
  compare(first);
  for (let t = 0; t < steps; t++) {
    // Who touches first may differ by a step.
    if (terminated[t] || touches(observed[t]!) || (t + 1 < steps && touches(observed[t + 1]!))) break;
    const reward = lander.step(s, actions[t]!, draws, params);
    tally.step(!lander.terminated(s, params));
    tally.compare(reward, rewards[t]!, rewardTolerance);
    compare(observed[t]!);
  }
  return tally.done();
}

/** What a new flight drew, as uniform numbers in [0, 1) and whole numbers from -9999 on counted from 0. */
function uniformsOf(trace: Fields, name: string): number[] {
  return list(trace, 'reset_draws', name).flatMap((item, i) => {
    const where = `reset draw ${i + 1} of ${name}`;
    const [kind, ...rest] = Array.isArray(item) ? (item as readonly unknown[]) : [];
    const [low = 0, high = 1, ...values] = numbers(rest.flat(), where);
    return values.map((v) => (kind === 'i' ? v - low : (v - low) / (high - low)));
  });
}

function replayedDraws(values: readonly number[]): RandomSource {
  let used = 0;
  const next = (): number => {
    const value = values[used++];
    if (value === undefined) throw new Error('Not a usable recording: it has fewer draws than steps.');
    return value;
  };
  return {
    next,
    fill: fillFrom(next),
    integer: next,
    normal: () => {
      throw new Error('No lander draws normal numbers.');
    },
  };
}
