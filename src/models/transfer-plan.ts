// What to do with each layer of a new run when another brain is its start: plain data, shared by the page,
// the command line and the address bar. Layers are named by path prefix: 'trunk', 'trunk.hidden1', 'policy'.

export interface TransferPlan {
  /** Layers that start anew instead of being copied. */
  readonly fresh: readonly string[];
  /** Layers whose parameters never change. */
  readonly freeze: readonly string[];
}

export interface TransferReport {
  /** Names of tensors, each in exactly one of the first two lists; `frozen` overlaps both. */
  readonly copied: readonly string[];
  readonly fresh: readonly string[];
  readonly frozen: readonly string[];
  /** Tensors of the source that found no place here (no such name, or another shape). */
  readonly unused: readonly string[];
}

/** Whether a path or tensor name lies in one of the named layers. */
export const isUnder = (name: string, prefixes: readonly string[]): boolean =>
  prefixes.some((prefix) => name === prefix || name.startsWith(`${prefix}.`));
