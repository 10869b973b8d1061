// What `npm run measure` knows of a table: numbers of one seed by name, and what they are meant to be.

/** Name of a row -> its number for one seed; NaN for what never came about. */
export type Numbers = Readonly<Record<string, number>>;

export interface Measurement {
  readonly id: string;
  /** What is measured and in which unit, one sentence. */
  readonly title: string;
  /** Seeds that the table is meant to have: 1 to this number. */
  readonly seeds: number;
  /** Row name -> what it is meant to be, in words (">= 95 %"); rows without are there to compare. */
  readonly aims: Readonly<Record<string, string>>;
  /** Trains and measures for one seed, in a process of its own. The same names for every seed. */
  measure(seed: number): Promise<Numbers>;
}
