// One lane played in real time by the brain as it is now, for looking at. It has its own stream and its own
// lane: watching never changes a run.
import { createLanes, type Lanes, seenNow } from '../../envs/vectorize.ts';
import { sizeOf } from '../core/arena.ts';
import { createRandom } from '../core/random.ts';
import { anyAction, likeliestAction, lookAtPolicy } from '../learners/policy.ts';
import { attentionOf } from './attention.ts';
import { createProbing } from './probing.ts';
import type { HeroFrame } from './protocol.ts';
import type { Session } from './session.ts';

/** After a pause (a hidden page) the lane goes on from where it stood instead of catching up. */
const longestCatchUp = 0.1;

export interface Exhibition {
  /** Plays on for the time that has passed, then shows itself. @param probes whether with answers to the world's probes. */
  frame(session: Session, seconds: number, probes?: boolean): HeroFrame;
}

export function createExhibition(session: Session): Exhibition {
  const lane: Lanes = createLanes(session.world, session.params, 1, session.rival);
  const random = createRandom('exhibition');
  const probing = createProbing(lane);
  const { action } = lane.def;
  const chosen = new Float32Array(lane.actionSize);
  let owed = 0;
  let lastReturn = Number.NaN;
  lane.resetAll(random);

  const look = ({ brain }: Session): void => {
    const { network, normalizer } = brain;
    network.input.data.set(lane.observations);
    normalizer.apply(network.input, 1);
    network.forward(1, Object.keys(network.spec.heads), 'evaluate');
  };

  const choose = (now: Session): void => {
    if (now.actingHead) {
      likeliestAction(action, now.brain.network.output(now.actingHead).data, 0, chosen, 0);
    } else {
      anyAction(action, chosen, 0, random);
    }
  };

  return {
    frame(now, seconds, probes = false) {
      // First, as it uses the network: what is shown of the network belongs to the hero.
      const answers = probes ? probing.answers(now, seconds, returnScale(now)) : null;
      if (lane.current !== now.lanes.current) {
        lane.change(now.lanes.current);
        lane.refresh();
      }
      owed += Math.min(seconds, longestCatchUp) * now.world.stepsPerSecond;
      look(now);
      while (owed >= 1) {
        owed--;
        choose(now);
        lane.step(chosen);
        if (lane.terminated[0] === 1 || lane.truncated[0] === 1) lastReturn = lane.finishedReturns[0]!;
        look(now);
      }
      const { network } = now.brain;
      choose(now);
      const activations: Record<string, Float32Array> = { input: firstRow(network.input) };
      for (const { path } of network.plan.layers) activations[path] = firstRow(network.activation(path));
      const value = Object.hasOwn(network.spec.heads, 'value')
        ? network.output('value').data[0]!
        : Number.NaN;
      return {
        row: lane.rows.slice(),
        observation: seenNow(lane, 0).slice(),
        action: chosen.slice(),
        ...(now.actingHead
          ? lookAtPolicy(action, network.output(now.actingHead).data)
          : { probabilities: new Float32Array(), deviations: new Float32Array() }),
        value: value * returnScale(now),
        attention: attentionOf(network, 0),
        activations,
        lastReturn,
        probes: answers,
      };
    },
  };
}

/** How many units of return the value head's unit is worth. */
const returnScale = ({ brain, phase }: Session): number =>
  phase.knobs['scaleReturns'] === 0 ? 1 : Math.sqrt(brain.returns[1]!);

const firstRow = (tensor: { readonly shape: readonly number[]; readonly data: Float32Array }): Float32Array =>
  tensor.data.slice(0, sizeOf(tensor.shape.slice(1)));
