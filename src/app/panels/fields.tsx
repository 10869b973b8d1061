// Two small fields with a label, one line of help and one sentence when the value is not allowed.
import { useSignal } from '@preact/signals';

interface TextProps {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly value: string;
  /** Takes the text, or says in one sentence why not. */
  readonly onChange: (text: string) => string | undefined;
  readonly numeric?: boolean;
}

export const TextField = ({ id, label, help, value, onChange, numeric = false }: TextProps) => {
  const wrong = useSignal('');
  return (
    <div class="knob">
      <div class="line">
        <label for={id}>{label}</label>
      </div>
      <input
        class="field number"
        id={id}
        value={value}
        inputMode={numeric ? 'numeric' : 'text'}
        aria-describedby={`help-${id}`}
        aria-invalid={wrong.value !== ''}
        onChange={(event) => {
          wrong.value = onChange(event.currentTarget.value) ?? '';
        }}
      />
      {wrong.value !== '' && (
        <p class="wrong" role="alert">
          {wrong}
        </p>
      )}
      <p class="help" id={`help-${id}`}>
        {help}
      </p>
    </div>
  );
};

interface WholeProps {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly range: { readonly min: number; readonly max: number };
  readonly value: number | null;
  /** Whether nothing at all is allowed too. */
  readonly empty?: boolean;
  readonly onChange: (value: number | null) => void;
}

export const WholeField = ({ id, label, help, range, value, empty = false, onChange }: WholeProps) => (
  <TextField
    id={id}
    label={label}
    help={help}
    numeric
    value={value === null ? '' : String(value)}
    onChange={(text) => {
      if (empty && text.trim() === '') {
        onChange(null);
        return undefined;
      }
      const number = text.trim() === '' ? Number.NaN : Number(text);
      if (!Number.isInteger(number) || number < range.min || number > range.max) {
        return `${label} is "${text}"; it must be a whole number from ${range.min} to ${range.max}.`;
      }
      onChange(number);
      return undefined;
    }}
  />
);
