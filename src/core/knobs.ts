// Knobs: settings described once. The same text is tooltip, `--help` line and validator.

export interface NumberKnob {
  readonly kind: 'number';
  readonly label: string;
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** Smallest useful increment; integers only when 1. Left out: any real number. */
  readonly step?: number;
  /** How a slider should run; rates and coefficients read best on a logarithmic one. */
  readonly scale?: 'linear' | 'log';
  /** Unit shown after the value, such as "m" or "steps"; '' for pure numbers. */
  readonly unit: string;
  /** Set apart from the others where they are listed: weights of parts of the reward. */
  readonly part?: 'reward';
  readonly help: string;
}

export interface ChoiceKnob {
  readonly kind: 'choice';
  readonly label: string;
  readonly default: string;
  readonly options: readonly string[];
  readonly help: string;
}

/** Something drawn by hand (a map, a track, points) as one short text, so that it travels like any other setting. */
export interface DrawingKnob {
  readonly kind: 'drawing';
  readonly label: string;
  readonly default: string;
  /** One sentence saying why a text cannot be used (ending with a full stop), or undefined when it can. */
  readonly problem: (text: string) => string | undefined;
  readonly help: string;
}

export type Knob = NumberKnob | ChoiceKnob | DrawingKnob;
export type KnobValue = number | string;
export type KnobValues = Readonly<Record<string, KnobValue>>;
export type Knobs = Readonly<Record<string, Knob>>;

/** A switch is a number knob that knows only 0 and 1, so that parameters stay plain numbers. */
export const switchKnob = (label: string, help: string): NumberKnob => ({
  kind: 'number',
  label,
  default: 0,
  min: 0,
  max: 1,
  step: 1,
  unit: '',
  help,
});

export const isSwitch = (knob: Knob): boolean =>
  knob.kind === 'number' && knob.min === 0 && knob.max === 1 && knob.step === 1;

/** One sentence saying what is wrong with `value` for this knob, or undefined when it is allowed. */
export function knobProblem(name: string, knob: Knob, value: unknown): string | undefined {
  if (knob.kind === 'choice') {
    return typeof value === 'string' && knob.options.includes(value)
      ? undefined
      : `${name} is ${JSON.stringify(value)}; allowed: ${knob.options.join(', ')}.`;
  }
  if (knob.kind === 'drawing') {
    if (typeof value !== 'string') return `${name} is ${JSON.stringify(value)}; it must be a text.`;
    const problem = knob.problem(value);
    return problem && `${name}: ${problem}`;
  }
  const range = `${knob.min} to ${knob.max}${knob.unit ? ` ${knob.unit}` : ''}`;
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return `${name} is ${JSON.stringify(value)}; it must be a number from ${range}.`;
  }
  if (value < knob.min || value > knob.max) return `${name} is ${value}; it must be from ${range}.`;
  if (knob.step === 1 && !Number.isInteger(value)) return `${name} is ${value}; it must be a whole number.`;
  return undefined;
}

/**
 * Defaults overlaid with `given`, which may hold text (from an address bar or a command line).
 * Throws one sentence naming the offending name or value.
 */
export function resolveKnobs(knobs: Knobs, given: Readonly<Record<string, unknown>>, of: string): KnobValues {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(knobs, name));
  if (unknown !== undefined) {
    throw new Error(`${of} has no setting "${unknown}"; it has ${Object.keys(knobs).join(', ')}.`);
  }
  const values: Record<string, KnobValue> = {};
  for (const [name, knob] of Object.entries(knobs)) {
    const raw = Object.hasOwn(given, name) ? given[name] : knob.default;
    const text = knob.kind === 'number' && typeof raw === 'string';
    const value = text && raw.trim() !== '' ? Number(raw) : raw;
    const problem = knobProblem(name, knob, Number.isNaN(value) ? raw : value);
    if (problem) throw new Error(`${of}: ${problem}`);
    values[name] = value as KnobValue;
  }
  return values;
}
