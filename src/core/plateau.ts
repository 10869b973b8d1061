// Reduce on plateau: the learning rate is cut when the loss has stopped falling. Losses are averaged over windows of
// updates, since single ones are noisy; after `patience` windows without a new best the factor is halved. Plain data, saved
// with a run. (The rule of PyTorch's ReduceLROnPlateau, on windows instead of epochs.)

export interface PlateauState {
  /** Loss summed over the window so far, and its updates. */
  sum: number;
  updates: number;
  /** Lowest mean of a window yet; null before the first. */
  best: number | null;
  /** Windows since then. */
  waited: number;
  /** What the learning rate is multiplied by. */
  factor: number;
}

/** Updates of a window; windows to wait; cut; what share of the best a new best must be below; smallest factor. */
const window = 50;
const patience = 4;
const cut = 0.5;
const improvement = 0.999;
const smallest = 1 / 1024;

export const freshPlateau = (): PlateauState => ({ sum: 0, updates: 0, best: null, waited: 0, factor: 1 });

/** Takes in the loss of one update. */
export function observePlateau(state: PlateauState, loss: number): void {
  state.sum += loss;
  state.updates++;
  if (state.updates < window) return;
  const mean = state.sum / window;
  state.sum = 0;
  state.updates = 0;
  // For losses below 0 a better one is further from it.
  const target = state.best === null ? Infinity : state.best - (1 - improvement) * Math.abs(state.best);
  if (mean < target) {
    state.best = mean;
    state.waited = 0;
  } else {
    state.waited++;
  }
  if (state.waited < patience) return;
  state.waited = 0;
  state.factor = Math.max(smallest, state.factor * cut);
}
