// What Gymnasium calls the constants and variants of its two MountainCars.
import { type ContinuousCarParams, mountaincarContinuous } from '../../../envs/mountaincar/continuous.ts';
import { type MountainCarParams, mountaincar } from '../../../envs/mountaincar/dynamics.ts';
import { roadEnd, type ValleyParams } from '../../../envs/mountaincar/valley.ts';
import { worldParams } from '../../../envs/vectorize.ts';
import type { ClassicControl } from './classic-control.ts';

const usualCar = worldParams(mountaincar, {}) as MountainCarParams;
const usualContinuous = worldParams(mountaincarContinuous, {}) as ContinuousCarParams;

const constantOf =
  (p: ValleyParams) =>
  (name: string): number | undefined => {
    switch (name) {
      case 'min_position':
        return p.wallPosition;
      case 'max_position':
        return roadEnd;
      case 'max_speed':
        return p.topSpeed;
      case 'goal_position':
        return p.flagPosition;
      case 'goal_velocity':
        return 0;
      case 'force':
      case 'power':
        return p.engineForce;
      case 'gravity':
        return p.gravity;
      default:
        return undefined;
    }
  };

export const mountainCarRecording: ClassicControl<MountainCarParams> = {
  def: mountaincar,
  constant: constantOf(usualCar),
  variant: () => usualCar,
};

/** Its variants differ in nothing but the type of the number handed to `step`. */
export const continuousCarRecording: ClassicControl<ContinuousCarParams> = {
  def: mountaincarContinuous,
  constant: constantOf(usualContinuous),
  variant: () => usualContinuous,
  action: (recorded, variant) => (variant === 'action_f32' ? Math.fround(recorded) : recorded),
  // Whether it has arrived is ours alone.
  stateSize: 2,
};
