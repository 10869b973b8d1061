// Evaluate: any brain, any world that it fits, as many episodes as wanted; the scores as numbers and as a picture.

import { histogramOf } from '../../core/inspection/layers.ts';
import { mostEpisodes } from '../../training/examination.ts';
import { amount, count, plural } from '../format.ts';
import {
  type Answer,
  answers,
  ask,
  askedWorld,
  brains,
  examine,
  examineOpen,
  examineProblem,
  examining,
  question,
  stopExamining,
  taughtWorld,
  worldsToAsk,
} from '../state/examining.ts';
import { opened } from '../state/page.ts';
import { WholeField } from './fields.tsx';
import { SideDialog } from './side-dialog.tsx';

const BrainChoice = () => (
  <div class="group">
    <label for="examine-brain">Brain</label>
    <select
      class="select"
      id="examine-brain"
      value={question.value.brain}
      onChange={(event) => ask({ brain: event.currentTarget.value })}
    >
      {brains.value
        .filter(({ list }) => list.length > 0)
        .map(({ title, list }) => (
          <optgroup key={title} label={title}>
            {list.map((one) => (
              <option key={one.name} value={one.name}>
                {one.title}
              </option>
            ))}
          </optgroup>
        ))}
    </select>
  </div>
);

const WorldChoice = () => (
  <div class="group">
    <label for="examine-world">World</label>
    <select
      class="select"
      id="examine-world"
      value={question.value.world}
      onChange={(event) => ask({ world: event.currentTarget.value })}
    >
      <option value="">{taughtWorld.value.title}, where it was taught</option>
      {worldsToAsk.value
        .filter(({ def }) => def.id !== taughtWorld.value.id)
        .map(({ def, problem }) => (
          <option key={def.id} value={def.id} disabled={problem !== undefined}>
            {problem === undefined ? def.title : `${def.title}: ${problem}`}
          </option>
        ))}
    </select>
  </div>
);

const VariantChoice = () => (
  <div class="group">
    <label for="examine-variant">Changed world</label>
    <select
      class="select"
      id="examine-variant"
      value={question.value.variant}
      onChange={(event) => ask({ variant: event.currentTarget.value })}
    >
      {question.value.world === '' && <option value="taught">As it was taught</option>}
      <option value="">As the world is</option>
      {askedWorld.value.variants.map(({ id, title }) => (
        <option key={id} value={id}>
          {title}
        </option>
      ))}
    </select>
  </div>
);

const ActionChoice = () => (
  <div class="group">
    <label for="examine-actions">Actions</label>
    <select
      class="select"
      id="examine-actions"
      value={question.value.sampled ? 'sampled' : 'greedy'}
      onChange={(event) => ask({ sampled: event.currentTarget.value === 'sampled' })}
    >
      <option value="greedy">The likeliest, always</option>
      <option value="sampled">Drawn, as likely as it holds them</option>
    </select>
  </div>
);

const Going = () => {
  const { done, of } = examining.value!;
  return (
    <div class="going">
      <progress max={of} value={done} aria-label="Episodes played" />
      <span>
        {count(done)} of {plural(of, 'episode')}
      </span>
      <button type="button" class="button" onClick={stopExamining}>
        Stop
      </button>
    </div>
  );
};

const [wide, high] = [480, 84];

/** How many episodes ended where; over them the mean with its interval, and the threshold. */
const Scores = ({ answer: { returns, score, world } }: { answer: Answer }) => {
  const { low, high: top, counts } = histogramOf(Float32Array.from(returns));
  const most = Math.max(...counts);
  const pad = 10;
  const x = (value: number): number =>
    top > low ? pad + ((value - low) / (top - low)) * (wide - 2 * pad) : wide / 2;
  const bar = (wide - 2 * pad) / counts.length;
  const asked = world.solvedAt >= low && world.solvedAt <= top && top > low;
  return (
    <>
      <svg class="scores" viewBox={`0 0 ${wide} ${high}`} aria-hidden="true">
        <rect
          class="interval"
          x={x(score.low)}
          y={0}
          width={Math.max(2, x(score.high) - x(score.low))}
          height={high}
        />
        {counts.map((n, i) => {
          const tall = n === 0 ? 0 : Math.max(2, ((high - 8) * n) / most);
          const left = top > low ? pad + i * bar : wide / 2 - bar / 2;
          return <rect key={i} x={left} y={high - tall} width={bar - 1.5} height={tall} />;
        })}
        {asked && <path class="wanted" d={`M${x(world.solvedAt)} 0V${high}`} />}
        <path class="mean" d={`M${x(score.mean)} 0V${high}`} />
      </svg>
      <p class="ends">
        <span>{amount(low)}</span>
        {asked && <span>dashed: {amount(world.solvedAt)} is asked for</span>}
        <span>{amount(top)}</span>
      </p>
    </>
  );
};

const Result = ({ answer }: { answer: Answer }) => {
  const { brain, world, variant, sampled, score } = answer;
  const said = `mean ${amount(score.mean)}, interquartile mean ${amount(score.iqm)}, 95 % interval of the mean ${amount(score.low)} to ${amount(score.high)}`;
  return (
    <li>
      <h4>{brain}</h4>
      <p class="say">
        {world.title}, {variant} · {plural(score.episodes, 'episode')} ·{' '}
        {sampled ? 'actions drawn' : 'likeliest actions'}
      </p>
      <figure aria-label={`Scores: ${said}.`}>
        <Scores answer={answer} />
      </figure>
      <dl>
        <div>
          <dt>mean</dt>
          <dd>{amount(score.mean)}</dd>
        </div>
        <div>
          <dt title="Mean of the middle half">IQM</dt>
          <dd>{amount(score.iqm)}</dd>
        </div>
        <div>
          <dt title="Bootstrap interval of the mean">95 %</dt>
          <dd>
            {amount(score.low)} to {amount(score.high)}
          </dd>
        </div>
      </dl>
    </li>
  );
};

const Body = () => (
  <div class="body">
    <p class="say">
      Fresh episodes, the same beginnings for every brain, in a thread of their own: the run on the page goes
      on and comes out the same.
    </p>
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void examine();
      }}
    >
      <BrainChoice />
      <WorldChoice />
      <VariantChoice />
      <ActionChoice />
      <WholeField
        id="examine-episodes"
        label="Episodes"
        help="More of them make the interval narrower."
        range={{ min: 1, max: mostEpisodes }}
        value={question.value.episodes}
        onChange={(value) => ask({ episodes: value ?? question.value.episodes })}
      />
      {examining.value ? (
        <Going />
      ) : (
        <button type="submit" class="button go" disabled={opened.value === null}>
          Evaluate
        </button>
      )}
    </form>
    {examineProblem.value !== '' && (
      <p class="problem" role="alert">
        {examineProblem}
      </p>
    )}
    {answers.value.length > 0 && (
      <ul class="answers" aria-label="Results, the newest first">
        {answers.value.map((answer) => (
          <Result key={`${answers.value.length - answers.value.indexOf(answer)}`} answer={answer} />
        ))}
      </ul>
    )}
  </div>
);

export const Examine = () => {
  return (
    <SideDialog open={examineOpen} id="examine" title="Evaluate">
      <Body />
    </SideDialog>
  );
};
