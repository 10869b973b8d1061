// Passing a brain on: from whom, and for every layer whether it is copied, copied and frozen, or begun anew.
// Afterwards, an honest list of what became of each tensor.
import { shapeOfWorld } from '../../../envs/environment.ts';
import { planNetwork } from '../../core/network.ts';
import { taughtBy } from '../../learners/learner.ts';
import { networkFor } from '../../learners/trunk.ts';
import { isUnder } from '../../models/transfer-plan.ts';
import { knobsFor } from '../../training/recipe.ts';
import { count } from '../format.ts';
import { learner, opened, plan, recipe, world } from '../state/page.ts';
import { SourceChoice } from './source.tsx';

type Fate = 'copy' | 'freeze' | 'fresh';

const fates: readonly { readonly id: Fate; readonly says: string }[] = [
  { id: 'copy', says: 'Copied; goes on learning' },
  { id: 'freeze', says: 'Copied; never changes again' },
  { id: 'fresh', says: 'Begins anew' },
];

interface Row {
  readonly path: string;
  readonly says: string;
}

/** The layers that have something to pass on, in the network that the recipe asks for. */
function layerRows(): readonly Row[] {
  const shape = shapeOfWorld(world.value);
  const { learner: id, knobs, brain, world: worldId } = recipe.value;
  const spec = networkFor(shape, brain, [taughtBy(learner.value, shape, knobsFor(worldId, id, knobs))]);
  const { layers, slots } = planNetwork(spec);
  const rows: Row[] = spec.normalize ? [{ path: 'input', says: 'mean and spread' }] : [];
  for (const layer of layers) {
    const own = slots.filter((slot) => slot.layer === layer.path);
    if (own.length === 0) continue;
    const numbers = own.reduce((sum, slot) => sum + slot.length, 0);
    rows.push({
      path: layer.path,
      says: `${layer.input.join('×')} → ${layer.output.join('×')}, ${count(numbers)} weights`,
    });
  }
  return rows;
}

const fateOf = (path: string): Fate => {
  if (isUnder(path, plan.value.fresh)) return 'fresh';
  return isUnder(path, plan.value.freeze) ? 'freeze' : 'copy';
};

function setFate(rows: readonly Row[], path: string, fate: Fate): void {
  const all = rows.map((row) => [row.path, row.path === path ? fate : fateOf(row.path)] as const);
  plan.value = {
    fresh: all.filter(([, now]) => now === 'fresh').map(([name]) => name),
    freeze: all.filter(([, now]) => now === 'freeze').map(([name]) => name),
  };
}

export const PassedOn = () => {
  const rows = layerRows();
  return (
    <>
      <SourceChoice transfer />
      <div class="group">
        <span class="label">Layer by layer</span>
        <div class="layers">
          {rows.map(({ path, says }) => (
            <fieldset class="layer" key={path}>
              <legend class="quiet-text">{path}</legend>
              <div class="name">
                <b>{path}</b>
                <span>{says}</span>
              </div>
              <div class="choice">
                {fates.map((fate) => (
                  <label key={fate.id} title={fate.says}>
                    <input
                      type="radio"
                      name={`fate-${path}`}
                      checked={fateOf(path) === fate.id}
                      onChange={() => setFate(rows, path, fate.id)}
                    />
                    {fate.id}
                  </label>
                ))}
              </div>
            </fieldset>
          ))}
        </div>
      </div>
    </>
  );
};

export const TransferReportList = () => {
  const report = opened.value?.transfer;
  if (!report) return null;
  const lines = [
    ['Copied', report.copied],
    ['Frozen', report.frozen],
    ['Fresh', report.fresh],
    ['Unused', report.unused],
  ] as const;
  return (
    <section class="section" aria-label="What was passed on">
      <h3>What was passed on</h3>
      <ul class="report">
        {lines.map(([name, tensors]) => (
          <li key={name}>
            <b>{name}</b>
            <span>{tensors.join(', ') || 'nothing'}</span>
          </li>
        ))}
      </ul>
    </section>
  );
};
