// What a picture of a world is: it is handed rows of numbers and draws them. A view only reads; it has no
// clock of its own (seconds are passed in), steps nothing, and builds its Pixi objects once, then moves them.
import type { Container } from 'pixi.js';
import type { ProbeAnswers, WorldParams } from './environment.ts';
import { bookkeeping } from './vectorize.ts';

export interface ViewTheme {
  /** Colours as 0xRRGGBB. */
  readonly background: number;
  readonly line: number;
  readonly ink: number;
  readonly soft: number;
  readonly faint: number;
  /** The colour of the way of learning. */
  readonly accent: number;
  readonly positive: number;
  readonly negative: number;
  readonly dark: boolean;
  readonly reducedMotion: boolean;
}

export interface ViewOverlays {
  /** What the network sees. */
  readonly sees: boolean;
  /** What it is about to do. */
  readonly acts: boolean;
  /** What it expects from here on. */
  readonly values: boolean;
  /** Which of the things in a list it looks at. */
  readonly attends: boolean;
  /** Which places were ever come to. */
  readonly visited: boolean;
}

export interface ViewFrame {
  /** [lanes, stride]: state rows of the training lanes, bookkeeping included. */
  readonly rows: Float64Array;
  readonly lanes: number;
  readonly stride: number;
  /** One row: the lane shown close up, played in real time. */
  readonly hero: Float64Array;
  /** The hero's observation, as the network receives it. */
  readonly observation: Float32Array;
  /** The hero's action: the index of its choice, or a number for each axis. */
  readonly action: Float32Array;
  /** The probability of each choice; empty without a policy, or where actions are numbers. */
  readonly probabilities: Float32Array;
  /** Where actions are numbers: the policy's standard deviation on each axis; empty otherwise. */
  readonly deviations: Float32Array;
  /** The hero's expected return; NaN without a value head. */
  readonly value: number;
  /** Where the hero's brain sees a list of things: the share of its attention that each gets; empty otherwise. */
  readonly attention: Float32Array;
  /** Return of the hero's last finished episode; NaN before the first. */
  readonly lastReturn: number;
  /** Which group each lane's state was put in; shown by colour and a numbered badge. */
  readonly laneCluster?: Int32Array | undefined;
  /** A few times a second; not there before the brain was asked, nor in a world without probes. */
  readonly probes?: ProbeAnswers | undefined;
  /** How often each place of the world was come to in the whole run; not there while nobody counts, as when a person plays. */
  readonly visits?: Float64Array | undefined;
  /** The same object for as long as no setting changes. */
  readonly params: WorldParams;
  readonly secondsSinceLast: number;
  readonly mode: 'close' | 'wall';
  readonly overlays: ViewOverlays;
}

/** How a person changes, by pointing at the picture, a setting that is drawn (a `DrawingKnob`). */
export interface Editor {
  /** The setting that holds the drawing. */
  readonly setting: string;
  /** Other settings with which a drawing is what the world shows. */
  readonly along?: WorldParams;
  /** What the pointer can put down, in a word or two each; the first is the usual one. */
  readonly tools: readonly string[];
  /**
   * A stroke of the pointer so far: points [x0, y0, x1, y1, ...] in CSS pixels from the root's origin; `done` once it was lifted.
   * Returns the setting's new text, given the current one, or undefined while the stroke changes nothing.
   */
  stroke(tool: string, points: readonly number[], current: string, done: boolean): string | undefined;
}

export interface EnvView {
  readonly root: Container;
  /** Width over height at which it looks best; it must be whole at any size. */
  readonly aspect: number;
  /** Left out where nothing of the world is drawn by hand. */
  readonly editor?: Editor;
  draw(frame: ViewFrame): void;
  /** The room it has, in CSS pixels from the root's origin. */
  resize(width: number, height: number): void;
  setTheme(theme: ViewTheme): void;
  destroy(): void;
}

export type CreateView = (theme: ViewTheme) => EnvView;

/** Where a bookkeeping number stands, counted from a row's start. */
export const bookkeepingAt = (stride: number, name: (typeof bookkeeping)[number]): number =>
  stride - bookkeeping.length + bookkeeping.indexOf(name);

/** More tiles than this are not told apart by eye: a wall shows the first ones. */
export const mostTiles = 64;
