// Generalised advantage estimation (Schulman et al. 2016, eq. 16):
//   delta_t = r_t + gamma V(s_t+1) (1 - done_t) - V(s_t),  A_t = delta_t + gamma lambda (1 - done_t) A_t+1.
// `done` cuts the recursion at any end of an episode; whoever collects has already added gamma V(final) to the
// reward of a step that only the clock ended, so that truncation is not mistaken for failure.

/** All arrays [steps, lanes], lastValues [lanes]; writes advantages and returns = advantages + values. */
export function generalizedAdvantages(
  advantages: Float32Array,
  returns: Float32Array,
  rewards: Float32Array,
  values: Float32Array,
  lastValues: Float32Array,
  done: Uint8Array,
  steps: number,
  lanes: number,
  gamma: number,
  lambda: number,
): void {
  for (let lane = 0; lane < lanes; lane++) {
    let advantage = 0;
    for (let t = steps - 1; t >= 0; t--) {
      const i = t * lanes + lane;
      const nextValue = t === steps - 1 ? lastValues[lane]! : values[i + lanes]!;
      const goesOn = done[i] === 1 ? 0 : 1;
      const delta = rewards[i]! + gamma * nextValue * goesOn - values[i]!;
      advantage = delta + gamma * lambda * goesOn * advantage;
      advantages[i] = advantage;
      returns[i] = advantage + values[i]!;
    }
  }
}
