// Early stopping: learning ends when the loss on rows that are never trained on has not fallen for a while, which is when
// what is learned begins to be the training rows by heart (Morgan & Bourlard 1990; Prechelt 1998). Plain data, saved with a run.

export interface EarlyStopping {
  /** Lowest validation loss yet; null before the first look. */
  best: number | null;
  /** Looks since then. */
  waited: number;
}

export const freshEarlyStopping = (): EarlyStopping => ({ best: null, waited: 0 });

/**
 * Takes in one look at the validation rows.
 * @param patience looks without a new best after which it is time to stop; 0 for never.
 * @returns whether it is.
 */
export function observeValidation(state: EarlyStopping, loss: number, patience: number): boolean {
  if (state.best === null || loss < state.best) {
    state.best = loss;
    state.waited = 0;
  } else {
    state.waited++;
  }
  return patience > 0 && state.waited >= patience;
}
