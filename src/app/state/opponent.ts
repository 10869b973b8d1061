// Who moves the other side while a person plays: whoever the world's own rules put there, the brain on the page as it
// is at that moment, or a second person at the same keyboard.
import { signal } from '@preact/signals';
import type { EnvironmentDef } from '../../../envs/environment.ts';
import type { RivalPlayer } from '../../../envs/vectorize.ts';
import { main } from './conductor.ts';
import { say } from './page.ts';

export const opponents = ['rules', 'brain', 'person'] as const;
export type Opponent = (typeof opponents)[number];
export const opponent = signal<Opponent>('rules');

/** The brain as it stands, doing what it thinks best. */
export async function brainAsRival(def: EnvironmentDef): Promise<RivalPlayer> {
  // A page needs no network of its own before somebody plays against one.
  const [{ createRival }, { rivalFrom }, { loadKernels }] = await Promise.all([
    import('../../training/rival.ts'),
    import('../../training/snapshot.ts'),
    import('../../core/kernels/load.ts'),
  ]);
  const { bytes } = await main.save('to play against');
  const model = rivalFrom(bytes);
  const rival = createRival(def, model.brain, await loadKernels('simd'), false);
  if (rival.become(model.tensors).length > 0) say('The brain has no policy yet, so its paddle stands still.');
  return rival;
}
