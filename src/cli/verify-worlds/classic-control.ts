// Gymnasium's classic control: every recorded step alone, from the recorded state before it.
import type { ContinuousWorld, DiscreteWorld, WorldParams } from '../../../envs/environment.ts';
import { isContinuous } from '../../../envs/environment.ts';
import type { RandomSource } from '../../core/random.ts';
import { type Fields, fields, flags, list, number, numbers, rows, text } from './reading.ts';
import { createTally, type WorldCase } from './tally.ts';

/** Single steps of physics agree to better than this; flags, rewards and float32 observations agree exactly. */
const stateTolerance = 1e-9;

export interface ClassicControl<P extends WorldParams> {
  readonly def: DiscreteWorld<P> | ContinuousWorld<P>;
  /** The value of one of the recording's constants here; undefined for one that has no counterpart. */
  constant(name: string): number | undefined;
  /** The parameters that a recorded variant means; `changes` is what the file says of it, empty for the usual world. */
  variant(name: string, changes: Fields): P;
  /** The action as a variant hands it to the world; as recorded when left out. */
  action?(recorded: number, variant: string): number;
  /** Numbers of the recorded state, the first ones of our row; all of them when left out. */
  readonly stateSize?: number;
  /** How far off a reward may be; 0 (exact) when left out. */
  readonly rewardTolerance?: number;
}

export function verifyClassicControl<P extends WorldParams>(
  world: ClassicControl<P>,
  file: Fields,
): WorldCase[] {
  const variants = fields(file['variants'] ?? {}, 'variants');
  return [
    verifyConstants(world, fields(file['constants'], 'constants')),
    ...list(file, 'trajectories', 'the file').map((item, i) => {
      const run = fields(item, `trajectory ${i + 1}`);
      const name = text(run, 'variant', `trajectory ${i + 1}`);
      const changes = Object.hasOwn(variants, name) ? fields(variants[name], `variant "${name}"`) : {};
      return verifyRun(world, run, name, world.variant(name, changes));
    }),
  ];
}

function verifyConstants<P extends WorldParams>(world: ClassicControl<P>, constants: Fields): WorldCase {
  const tally = createTally('constants');
  for (const name of Object.keys(constants)) {
    // Lists (of torques, say) and words are checked by the steps themselves.
    if (typeof constants[name] !== 'number') continue;
    const recorded = number(constants, name, 'constants');
    const ours = world.constant(name);
    if (ours === undefined)
      throw new Error(`The recording's constant "${name}" has no counterpart in ${world.def.title}.`);
    tally.step(true);
    tally.compare(ours, recorded, 0);
  }
  return tally.done();
}

function verifyRun<P extends WorldParams>(
  world: ClassicControl<P>,
  run: Fields,
  variant: string,
  params: P,
): WorldCase {
  const { def } = world;
  const size = world.stateSize ?? def.state.length;
  const seen = def.observation.shape[0]!;
  const name = text(run, 'name', 'a trajectory');
  const actions = numbers(run['actions'], `actions of ${name}`);
  const steps = actions.length;
  const before = numbers(run['init'], `init of ${name}`, size);
  const states = rows(run, 'states', name, steps, size);
  const observed = rows(run, 'obs_f32', name, steps, seen);
  const rewards = numbers(run['rewards'], `rewards of ${name}`, steps);
  const terminated = flags(run['terminated'], `terminated of ${name}`, steps);
  const s = new Float64Array(def.state.length);
  const obs = new Float32Array(seen);
  const axis = new Float64Array(1);
  const tally = createTally(name);
  for (let t = 0; t < steps; t++) {
    s.fill(0);
    s.set(t === 0 ? before : states[t - 1]!);
    const action = world.action?.(actions[t]!, variant) ?? actions[t]!;
    axis[0] = action;
    const reward = isContinuous(def)
      ? def.step(s, axis, noChance, params)
      : def.step(s, action, noChance, params);
    def.observe(s, obs, 0, params);
    tally.step(def.terminated(s, params) === terminated[t]);
    tally.compare(reward, rewards[t]!, world.rewardTolerance ?? 0);
    for (let i = 0; i < size; i++) tally.compare(s[i]!, states[t]![i]!, stateTolerance);
    for (let i = 0; i < seen; i++) tally.compare(obs[i]!, observed[t]![i]!, 0);
  }
  return tally.done();
}

const noChance: RandomSource = {
  next: () => refuseChance(),
  fill: () => refuseChance(),
  integer: () => refuseChance(),
  normal: () => refuseChance(),
};
function refuseChance(): never {
  throw new Error('This world draws nothing at random while it moves.');
}
