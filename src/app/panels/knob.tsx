// One setting: label, value with unit, a control that fits its kind, and its line of help where the eye is.
import { useSignal } from '@preact/signals';
import {
  type DrawingKnob,
  isSwitch,
  type Knob,
  type KnobValue,
  knobProblem,
  type NumberKnob,
} from '../../core/knobs.ts';

interface Props {
  readonly name: string;
  readonly knob: Knob;
  readonly value: KnobValue;
  /** The value it has when nobody touches it. */
  readonly usual: KnobValue;
  readonly onChange: (value: KnobValue) => void;
}

const slots = 1000;

const isLog = (knob: NumberKnob): boolean => knob.scale === 'log' && knob.max > 0;
/** A logarithmic slider that begins at 0 keeps its left end for 0 itself. */
const lowest = (knob: NumberKnob): number => (knob.min > 0 ? knob.min : knob.max / 1e6);

function toSlider(knob: NumberKnob, value: number): number {
  if (!isLog(knob)) return ((value - knob.min) / (knob.max - knob.min)) * slots;
  if (value < lowest(knob)) return 0;
  return (Math.log(value / lowest(knob)) / Math.log(knob.max / lowest(knob))) * slots;
}

function fromSlider(knob: NumberKnob, at: number): number {
  if (at <= 0) return knob.min;
  if (at >= slots) return knob.max;
  const value = isLog(knob)
    ? lowest(knob) * (knob.max / lowest(knob)) ** (at / slots)
    : knob.min + ((knob.max - knob.min) * at) / slots;
  return tidy(knob, value);
}

/** To the knob's step, or to two significant digits: what a slider can honestly mean. */
function tidy(knob: NumberKnob, value: number): number {
  const stepped =
    knob.step !== undefined && !(isLog(knob) && knob.step < 1)
      ? Math.round(value / knob.step) * knob.step
      : Number(value.toPrecision(isLog(knob) ? 2 : 3));
  const big = isLog(knob) && stepped >= 100 ? Number(stepped.toPrecision(2)) : stepped;
  return Math.min(knob.max, Math.max(knob.min, Number(big.toPrecision(10))));
}

const knobText = (value: KnobValue): string => {
  if (typeof value === 'string') return value;
  const size = Math.abs(value);
  return size > 0 && size < 0.001 ? value.toExponential(1) : String(Number(value.toPrecision(6)));
};

const NumberControl = ({ name, knob, value, onChange }: Props & { knob: NumberKnob; value: number }) => {
  const wrong = useSignal('');
  const take = (text: string): void => {
    const number = text.trim() === '' ? Number.NaN : Number(text);
    wrong.value = knobProblem(knob.label, knob, Number.isNaN(number) ? text : number) ?? '';
    if (wrong.value === '') onChange(number);
  };
  return (
    <>
      <div class="line">
        <label for={`knob-${name}`}>{knob.label}</label>
        <span class="amount">
          <input
            class="value"
            id={`knob-${name}`}
            inputMode="decimal"
            value={knobText(value)}
            aria-describedby={`help-${name}`}
            aria-invalid={wrong.value !== ''}
            onChange={(event) => take(event.currentTarget.value)}
          />
          {knob.unit !== '' && <span class="unit">{knob.unit}</span>}
        </span>
      </div>
      <input
        type="range"
        min="0"
        max={slots}
        step="any"
        value={toSlider(knob, value)}
        aria-label={knob.label}
        aria-valuetext={`${knobText(value)} ${knob.unit}`}
        onInput={(event) => {
          wrong.value = '';
          onChange(fromSlider(knob, Number(event.currentTarget.value)));
        }}
      />
      {wrong.value !== '' && (
        <p class="wrong" role="alert">
          {wrong}
        </p>
      )}
    </>
  );
};

const SwitchControl = ({ name, knob, value, onChange }: Props) => (
  <div class="line">
    <label for={`knob-${name}`}>{knob.label}</label>
    <input
      type="checkbox"
      id={`knob-${name}`}
      checked={value === 1}
      aria-describedby={`help-${name}`}
      onChange={(event) => onChange(event.currentTarget.checked ? 1 : 0)}
    />
  </div>
);

const ChoiceControl = ({ name, knob, value, onChange }: Props) => (
  <>
    <div class="line">
      <label for={`knob-${name}`}>{knob.label}</label>
    </div>
    <select
      class="select"
      id={`knob-${name}`}
      value={value}
      aria-describedby={`help-${name}`}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {knob.kind === 'choice' && knob.options.map((option) => <option key={option}>{option}</option>)}
    </select>
  </>
);

/** A drawing by keyboard: its text, checked as a whole when it is left. */
const DrawingControl = ({ name, knob, value, onChange }: Props & { knob: DrawingKnob }) => {
  const wrong = useSignal('');
  /** What is being typed, so that a run which opens meanwhile does not take it away. */
  const draft = useSignal<string | null>(null);
  return (
    <>
      <div class="line">
        <label for={`knob-${name}`}>{knob.label}</label>
      </div>
      <textarea
        class="drawing"
        id={`knob-${name}`}
        rows={3}
        spellcheck={false}
        value={draft.value ?? String(value)}
        aria-describedby={`help-${name}`}
        aria-invalid={wrong.value !== ''}
        onInput={(event) => {
          draft.value = event.currentTarget.value;
        }}
        onChange={(event) => {
          const text = event.currentTarget.value.trim();
          wrong.value = knobProblem(knob.label, knob, text) ?? '';
          if (wrong.value !== '') return;
          draft.value = null;
          onChange(text);
        }}
      />
      {wrong.value !== '' && (
        <p class="wrong" role="alert">
          {wrong}
        </p>
      )}
    </>
  );
};

export const KnobField = (props: Props) => {
  const { knob, name, value, usual } = props;
  const changed = value !== usual;
  return (
    <div class={changed ? 'knob changed' : 'knob'}>
      {knob.kind === 'choice' ? (
        <ChoiceControl {...props} />
      ) : knob.kind === 'drawing' ? (
        <DrawingControl {...props} knob={knob} />
      ) : isSwitch(knob) ? (
        <SwitchControl {...props} />
      ) : (
        <NumberControl {...props} knob={knob} value={Number(value)} />
      )}
      <p class="help" id={`help-${name}`}>
        {knob.help}
        {changed && knob.kind !== 'drawing' && ` Usually ${knobText(usual)}.`}
      </p>
    </div>
  );
};
