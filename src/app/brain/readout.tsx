// The small card that shows one neuron's or one link's numbers and lets a person change one of them.
import type { Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { amount, signed } from '../format.ts';
import { Icon } from '../panels/icons.tsx';
import { main, poke } from '../state/conductor.ts';
import { shown } from '../state/page.ts';
import type { Selection } from './draw.ts';
import { type Column, fanIn, sourceName, unitName, weightIndex } from './layout.ts';

interface Props {
  readonly columns: readonly Column[];
  readonly selection: Signal<Selection | null>;
}

/** `frames` changes with the numbers, which are no signals: it is what makes the card follow them. */
type Numbers = Props & { readonly frames: number };

const Change = ({
  label,
  tensor,
  index,
  value,
}: {
  label: string;
  tensor: string;
  index: number;
  value: number;
}) => {
  const input = useRef<HTMLInputElement>(null);
  const id = `change-${tensor}-${index}`;
  // The number follows the run, but never under the fingers of somebody who is typing.
  useEffect(() => {
    if (input.current && document.activeElement !== input.current) input.current.value = value.toFixed(4);
  }, [value, id]);
  const take = (): void => {
    const number = Number(input.current?.value || Number.NaN);
    if (Number.isFinite(number) && number.toFixed(4) !== value.toFixed(4)) poke(tensor, index, number);
  };
  return (
    <form
      class="change"
      onSubmit={(event) => {
        event.preventDefault();
        take();
        input.current?.select();
      }}
    >
      <label for={id}>{label}</label>
      <input
        ref={input}
        id={id}
        class="changes"
        inputMode="decimal"
        onFocus={(event) => event.currentTarget.select()}
        onBlur={take}
      />
      <button type="button" class="button plain" onClick={() => poke(tensor, index, 0)}>
        Set to 0
      </button>
    </form>
  );
};

const Entry = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd class="number">{value}</dd>
  </div>
);

/** The inputs that weigh most for a unit, as [input number, weight]. */
function heaviest(
  column: Column,
  unit: number,
  weights: Float32Array,
): readonly (readonly [number, number])[] {
  const slot = column.weight;
  if (!slot) return [];
  const all = Array.from(
    { length: fanIn(column) },
    (_, j) => [j, weights[slot.offset + weightIndex(column, unit, j)]!] as const,
  );
  return all.sort((a, b) => Math.abs(b[1]) - Math.abs(a[1])).slice(0, 4);
}

const Neuron = ({ columns, selection }: Numbers) => {
  const { column: at, unit } = selection.value!;
  const column = columns[at]!;
  const { weights, frame } = main;
  const values =
    column.path === 'input' ? frame?.hero.observation : frame?.hero.activations[column.activation];
  const value = column.frame ? undefined : values?.[unit];
  const bias = column.bias && weights ? weights[column.bias.offset + unit] : undefined;
  return (
    <>
      <dl>
        {value !== undefined && (
          <Entry name={column.path === 'input' ? 'sees' : 'answers'} value={signed(value)} />
        )}
        {bias !== undefined && <Entry name="bias" value={signed(bias)} />}
        {column.weight && <Entry name="reads" value={`${amount(fanIn(column))} inputs`} />}
      </dl>
      {bias !== undefined && <Change label="Bias" tensor={column.bias!.name} index={unit} value={bias} />}
      {column.weight && weights && (
        <div class="links">
          {heaviest(column, unit, weights).map(([input, weight]) => (
            <button
              key={input}
              type="button"
              class="button"
              onClick={() => {
                selection.value = { column: at, unit, input };
              }}
            >
              {sourceName(column, columns[column.from]!, input)} {signed(weight)}
            </button>
          ))}
        </div>
      )}
    </>
  );
};

const Weight = ({ columns, selection }: Numbers) => {
  const { column: at, unit, input } = selection.value!;
  const column = columns[at]!;
  const { weights, gradients } = main;
  const index = weightIndex(column, unit, input!);
  const place = column.weight!.offset + index;
  const value = weights?.[place];
  if (value === undefined) return null;
  return (
    <>
      <dl>
        <Entry name="weight" value={signed(value)} />
        {gradients && <Entry name="last gradient" value={gradients[place]!.toExponential(1)} />}
      </dl>
      <Change label="Weight" tensor={column.weight!.name} index={index} value={value} />
    </>
  );
};

export const Readout = (props: Props) => {
  const chosen = props.selection.value;
  const column = chosen && props.columns[chosen.column];
  // Numbers follow the run a few times a second.
  shown.value;
  if (!chosen || !column) return null;
  const name = unitName(column, chosen.unit);
  const title =
    chosen.input === null
      ? name
      : `${sourceName(column, props.columns[column.from]!, chosen.input)} → ${name}`;
  return (
    <section class="readout" aria-label={`Numbers of ${title}`}>
      <header>
        <strong>{title}</strong>
        <span>{column.path}</span>
        <button
          type="button"
          class="button plain close"
          aria-label="Close"
          onClick={() => {
            props.selection.value = null;
          }}
        >
          <Icon name="close" />
        </button>
      </header>
      {chosen.input === null ? (
        <Neuron {...props} frames={main.frames} />
      ) : (
        <Weight {...props} frames={main.frames} />
      )}
    </section>
  );
};
