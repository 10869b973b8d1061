// What Gymnasium calls Acrobot's constants and variants.
import { type AcrobotParams, acrobot, fastest } from '../../../envs/acrobot/dynamics.ts';
import { worldParams } from '../../../envs/vectorize.ts';
import type { ClassicControl } from './classic-control.ts';

const usual = worldParams(acrobot, {}) as AcrobotParams;

function constant(name: string): number | undefined {
  switch (name) {
    case 'dt':
      return usual.secondsPerStep;
    case 'l1':
      return usual.upperLength;
    case 'l2':
      return usual.lowerLength;
    case 'm1':
      return usual.upperMass;
    case 'm2':
      return usual.lowerMass;
    case 'lc1':
      return usual.upperLength / 2;
    case 'lc2':
      return usual.lowerLength / 2;
    case 'moi':
      return usual.inertia;
    case 'g':
      return usual.gravity;
    case 'max_vel_1':
      return fastest[0];
    case 'max_vel_2':
      return fastest[1];
    default:
      return undefined;
  }
}

export const acrobotRecording: ClassicControl<AcrobotParams> = {
  def: acrobot,
  constant,
  variant: (name) => (name === 'nips' ? { ...usual, nips: 1 } : usual),
};
