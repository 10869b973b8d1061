// How everything here is timed: warmed up, in rounds long enough for the clock; minimum, median and spread of the
// rounds. The minimum is what the machine can do; the spread says how much else was going on.

const now = () => Number(process.hrtime.bigint()) / 1e6;

/**
 * @param {() => unknown} run
 * @param {{ rounds?: number, atLeast?: number }} [options] atLeast: milliseconds of a round.
 * @returns {{ min: number, median: number, spread: number }} milliseconds of one call; spread: interquartile range / median.
 */
export function measure(run, { rounds = 15, atLeast = 8 } = {}) {
  let calls = 1;
  // Long enough for the engine's best compiler to have come by.
  for (const until = now() + 150; now() < until; ) run();
  for (let warm = 0; warm < 2; ) {
    const from = now();
    for (let i = 0; i < calls; i++) run();
    if (now() - from > atLeast) warm++;
    else calls *= 2;
  }
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const from = now();
    for (let i = 0; i < calls; i++) run();
    times.push((now() - from) / calls);
  }
  return summary(times);
}

/** @param {readonly number[]} times */
export function summary(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return { min: sorted[0], median: at(0.5), spread: (at(0.75) - at(0.25)) / at(0.5) };
}
