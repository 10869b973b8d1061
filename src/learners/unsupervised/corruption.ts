// Noise for denoising (Vincent et al. 2010, JMLR 11:3371, section 3.3): salt and pepper for frames (a share of the pixels is set
// to 0 or 1 by the toss of a coin), Gaussian noise for numbers.
import type { NumberKnob } from '../../core/knobs.ts';
import type { RandomSource } from '../../core/random.ts';

export const noiseKnob: NumberKnob = {
  kind: 'number',
  label: 'Noise',
  default: 0,
  min: 0,
  max: 1,
  unit: '',
  help: 'It sees everything through noise and must rebuild it without: of a frame this share of pixels is black or white by chance; numbers are off by so many standard deviations.',
};

/** Spoils the first `count` numbers of `rows` in place; draws nothing when `noise` is 0. */
export function corrupt(
  rows: Float32Array,
  count: number,
  frames: boolean,
  noise: number,
  random: RandomSource,
): void {
  if (noise === 0) return;
  for (let i = 0; i < count; i++) {
    if (!frames) {
      rows[i] = rows[i]! + noise * random.normal();
      continue;
    }
    // One draw decides both whether and which.
    const u = random.next();
    if (u < noise) rows[i] = u < noise / 2 ? 0 : 1;
  }
}
