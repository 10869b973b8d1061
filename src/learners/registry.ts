// One line per way of learning. Its sliders, its `--help`, its gradient check and its resume test come from here.
import type { LearnerDef } from './learner.ts';
import { a2c } from './reinforcement/a2c.ts';
import { curiousPpo } from './reinforcement/curious-ppo.ts';
import { ppo } from './reinforcement/ppo.ts';
import { reinforce } from './reinforcement/reinforce.ts';
import { classification } from './supervised/classification.ts';
import { dagger } from './supervised/dagger.ts';
import { imitation } from './supervised/imitation.ts';
import { online } from './supervised/online.ts';
import { autoencoder } from './unsupervised/autoencoder.ts';
import { deepClustering } from './unsupervised/deep-clustering.ts';
import { gaussianMixture } from './unsupervised/gaussian-mixture.ts';
import { kmeans } from './unsupervised/kmeans.ts';
import { prediction } from './unsupervised/prediction.ts';
import { variational } from './unsupervised/variational.ts';

export const learners: readonly LearnerDef[] = [
  ppo,
  a2c,
  reinforce,
  curiousPpo,
  imitation,
  dagger,
  classification,
  online,
  autoencoder,
  variational,
  prediction,
  kmeans,
  gaussianMixture,
  deepClustering,
];

export function learnerById(id: string): LearnerDef {
  const found = learners.find((learner) => learner.id === id);
  if (!found) {
    throw new Error(
      `There is no way of learning "${id}"; there are ${learners.map((learner) => learner.id).join(', ')}.`,
    );
  }
  return found;
}
