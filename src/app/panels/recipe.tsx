// The recipe: which world, which way of learning, which brain to start from, with which numbers.
import type { ComponentChildren } from 'preact';
import { shapeOfWorld } from '../../../envs/environment.ts';
import { families } from '../../../envs/registry.ts';
import type { Knob } from '../../core/knobs.ts';
import { learners } from '../../learners/registry.ts';
import { brainKnobs, settingMatters } from '../../learners/trunk.ts';
import { knobsFor, limits } from '../../training/recipe.ts';
import { activations, hiddenRule, hiddenText, parseHidden, settingsIn, usualParams } from '../address.ts';
import { sentence } from '../format.ts';
import {
  dirty,
  learner,
  opened,
  reached,
  recipe,
  recipeWorld,
  standingWay,
  touched,
  until,
  way,
  world,
} from '../state/page.ts';
import {
  applyKnobs,
  changeKnob,
  changeParam,
  changeRecipe,
  chooseLearner,
  chooseVariant,
  chooseWorld,
  startOver,
  variantOf,
} from '../state/recipe-actions.ts';
import { wayName } from '../ways.tsx';
import { TextField, WholeField } from './fields.tsx';
import { KnobField } from './knob.tsx';
import { PassedOn, TransferReportList } from './passed-on.tsx';
import { Problems } from './problems.tsx';
import { RivalChoice, SourceChoice, TeacherChoice } from './source.tsx';

const Group = ({ id, name, children }: { id: string; name: string; children: ComponentChildren }) => (
  <div class="group">
    <label for={id}>{name}</label>
    {children}
  </div>
);

/** The first sentence at once, the rest when it is wanted. */
const Story = ({ text }: { text: string }) => {
  const end = text.search(/[.!?] /) + 1;
  return (
    <details class="say story" id="world-story">
      <summary>{end > 0 ? text.slice(0, end) : text}</summary>
      {end > 0 && text.slice(end + 1)}
    </details>
  );
};

const WorldChoice = () => (
  <Group id="world-choice" name="World">
    <select
      class="select"
      id="world-choice"
      value={recipe.value.world}
      aria-describedby="world-story"
      onChange={(event) => chooseWorld(event.currentTarget.value)}
    >
      {families.map(({ title, worlds }) => (
        <optgroup key={title} label={title}>
          {worlds.map((def) => (
            <option key={def.id} value={def.id}>
              {def.title}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
    <Story text={world.value.story} />
  </Group>
);

const VariantChoice = () => {
  const now = variantOf(recipe.value);
  return (
    <Group id="variant-choice" name="Changed world">
      <select
        class="select"
        id="variant-choice"
        value={now}
        onChange={(event) => chooseVariant(event.currentTarget.value)}
      >
        <option value="">As it is</option>
        {world.value.variants.map((one) => (
          <option key={one.id} value={one.id}>
            {one.title}
          </option>
        ))}
        {now === 'own' && <option value="own">With my numbers (below)</option>}
      </select>
    </Group>
  );
};

const LearnerChoice = () => {
  const shape = shapeOfWorld(world.value);
  return (
    <Group id="learner-choice" name="Way of learning">
      <select
        class="select"
        id="learner-choice"
        value={recipe.value.learner}
        aria-describedby="learner-says"
        onChange={(event) => chooseLearner(event.currentTarget.value)}
      >
        {learners.map((def) => {
          const unfit = def.unfit(shape);
          return (
            <option key={def.id} value={def.id} disabled={unfit !== undefined}>
              {unfit === undefined
                ? `${def.title} · ${wayName(def.paradigm).toLowerCase()}`
                : `${def.title}: ${unfit}`}
            </option>
          );
        })}
      </select>
      <p class="say" id="learner-says">
        {learner.value.summary}
      </p>
    </Group>
  );
};

const LearnerKnobs = () => {
  const usual = knobsFor(recipe.value.world, recipe.value.learner);
  const { knobs } = recipe.value;
  return (
    <section class="section" aria-label={`Numbers of ${learner.value.title}`}>
      <h3>{learner.value.title}</h3>
      <TeacherChoice />
      {Object.entries(learner.value.knobs).map(([name, knob]) => (
        <KnobField
          key={`${recipe.value.learner}.${name}`}
          name={name}
          knob={knob}
          value={knobs[name] ?? usual[name]!}
          usual={usual[name]!}
          onChange={(value) => changeKnob(name, value)}
        />
      ))}
      <p class="say">{learner.value.paper}</p>
    </section>
  );
};

const isReward = (knob: Knob): boolean => knob.kind === 'number' && knob.part === 'reward';

const WorldKnobFields = ({ wanted }: { wanted: (knob: Knob) => boolean }) => {
  const usual = usualParams(world.value);
  return Object.entries(world.value.params)
    .filter(([, knob]) => wanted(knob))
    .map(([name, knob]) => (
      <KnobField
        key={`${recipe.value.world}.${name}`}
        name={`world-${name}`}
        knob={knob}
        value={recipe.value.params[name] ?? usual[name]!}
        usual={usual[name]!}
        onChange={(value) => changeParam(name, value)}
      />
    ));
};

const WorldKnobs = () => {
  const rewarded = Object.values(world.value.params).some(isReward);
  return (
    <details class="section" open={Object.keys(recipe.value.params).length > 0}>
      <summary>Numbers of {world.value.title}</summary>
      <RivalChoice />
      <WorldKnobFields wanted={(knob) => !isReward(knob)} />
      {rewarded && <h4>What is rewarded</h4>}
      {rewarded && <WorldKnobFields wanted={isReward} />}
    </details>
  );
};

const RunFields = () => {
  const { brain, seed, lanes } = recipe.value;
  return (
    <section class="section" aria-label="Brain and run">
      <h3>Brain and run</h3>
      <TextField
        id="hidden"
        label="Layers of the trunk"
        help={`Units of each hidden layer: ${hiddenRule}; none for no layer.`}
        value={hiddenText(brain.hidden)}
        onChange={(text) => {
          const hidden = parseHidden(text);
          if (!hidden) return `The layers are "${text}"; they must be ${hiddenRule}.`;
          changeRecipe({ brain: { ...brain, hidden } });
          return undefined;
        }}
      />
      <div class="knob">
        <div class="line">
          <label for="activation">Activation</label>
        </div>
        <select
          class="select"
          id="activation"
          value={brain.activation}
          aria-describedby="help-activation"
          onChange={(event) => {
            const chosen = activations.find((one) => one === event.currentTarget.value);
            if (chosen) changeRecipe({ brain: { ...brain, activation: chosen } });
          }}
        >
          {activations.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
        <p class="help" id="help-activation">
          The bend that each hidden unit puts into what it sums up.
        </p>
      </div>
      {Object.entries(brainKnobs)
        .filter(([name]) => settingMatters(name, shapeOfWorld(recipeWorld.value)))
        .map(([name, knob]) => (
          <KnobField
            key={name}
            name={`brain-${name}`}
            knob={knob}
            value={brain.settings?.[name] ?? knob.default}
            usual={settingsIn(world.value)[name]!}
            onChange={(value) =>
              changeRecipe({ brain: { ...brain, settings: { ...brain.settings, [name]: value } } })
            }
          />
        ))}
      <div class="pair">
        <WholeField
          id="seed"
          label="Seed"
          help="The same seed gives the same run, everywhere."
          range={limits.seed}
          value={seed}
          onChange={(value) => changeRecipe({ seed: value ?? seed })}
        />
        <WholeField
          id="lanes"
          label="Lanes"
          help="Copies of the world played at once."
          range={limits.lanes}
          value={lanes}
          onChange={(value) => changeRecipe({ lanes: value ?? lanes })}
        />
      </div>
      <WholeField
        id="until"
        label="Stop after updates"
        help="The run pauses there and shows its fingerprint. Empty: it goes on."
        range={{ min: 1, max: 100_000_000 }}
        value={until.value}
        empty
        onChange={(value) => {
          until.value = value;
        }}
      />
    </section>
  );
};

/** What to press when the recipe says something else than the run that stands. */
const Act = () => {
  if (way.value === 'transfer' && (standingWay.value !== 'transfer' || dirty.value)) {
    return (
      <div class="act">
        <button type="button" class="button go wide" onClick={startOver}>
          Start the passed-on run
        </button>
        <p>A run from scratch goes beside it, on the same seed.</p>
      </div>
    );
  }
  if (!dirty.value || !touched.value) return null;
  const standing = opened.value?.recipe;
  const now = recipe.value;
  const onlyKnobs =
    standing !== undefined &&
    JSON.stringify({ ...now, knobs: {} }) === JSON.stringify({ ...standing, knobs: {} });
  return (
    <div class="act">
      {onlyKnobs && (
        <button type="button" class="button wide" onClick={applyKnobs}>
          Use these from here on
        </button>
      )}
      <button type="button" class="button go wide" onClick={startOver}>
        Start over with these
      </button>
      <p>The run that stands keeps its own numbers until then.</p>
    </div>
  );
};

const Fingerprint = () =>
  reached.value && (
    <div class="group">
      <p class="say">After {reached.value.updates} updates the fingerprint of the weights is</p>
      <p class="fingerprint whole" data-testid="fingerprint">
        {reached.value.fingerprint}
      </p>
    </div>
  );

export const Recipe = () => (
  <section class="region recipe" aria-label="Recipe">
    <div class="heading">
      <h2>{way.value === 'transfer' ? 'Recipe: passed on' : 'Recipe'}</h2>
      <span class="end">{sentence(wayName(way.value).toLowerCase())}</span>
    </div>
    <div class="scroll">
      <Problems region="recipe" />
      <Fingerprint />
      <WorldChoice />
      <VariantChoice />
      {way.value === 'transfer' ? <PassedOn /> : <SourceChoice />}
      <LearnerChoice />
      <TransferReportList />
      <LearnerKnobs />
      <WorldKnobs />
      <RunFields />
    </div>
    <Act />
  </section>
);
