// Where models are kept: one small interface, three homes (browser, disk, bundled).

/** What a library shows without opening the file. */
export interface ModelSummary {
  readonly id: string;
  readonly title: string;
  readonly world: string;
  readonly learner: string;
  readonly updates: number;
  readonly steps: number;
  /** Mean return at the last evaluation; null where none was made. */
  readonly score: number | null;
  readonly fingerprint: string;
  /** ISO 8601 time of saving. */
  readonly savedAt: string;
  readonly bytes: number;
  /** Id of the model it was fine-tuned from. */
  readonly parent: string | null;
}

export interface ModelStore {
  list(): Promise<readonly ModelSummary[]>;
  /** The file, as it was saved; throws one sentence when there is none of that id. */
  load(id: string): Promise<Uint8Array>;
  /** Saves or replaces, all or nothing; throws one sentence when the home is full. */
  save(summary: ModelSummary, bytes: Uint8Array): Promise<void>;
  remove(id: string): Promise<void>;
  rename(id: string, title: string): Promise<void>;
}
