// Arithmetic of moving pictures. Plain algebra on purpose: nothing under envs uses Math.exp and its kin.

export const clamp = (x: number, low: number, high: number): number => (x < low ? low : x > high ? high : x);

/**
 * Moves `now` towards `target`, as an exponential with time constant `tau` seconds would. The rational
 * form of exp(-t) never overshoots, however long a frame took.
 */
export function approach(now: number, target: number, seconds: number, tau: number): number {
  const t = seconds / tau;
  return target + (now - target) / (1 + t + (t * t) / 2);
}

/** 0..1 in, 0..1 out; fast at first. */
export const easeOut = (t: number): number => 1 - (1 - t) * (1 - t) * (1 - t);

/** A short bounce in scale for things that appear: 0 -> a little over 1 -> 1. */
export const popIn = (t: number): number => {
  const u = clamp(t, 0, 1) - 1;
  return 1 + u * u * (2.4 * u + 1.4);
};

/** True about `hertz` times a second: for numbers that must stay readable while they change. */
export function createPace(hertz: number): (seconds: number) => boolean {
  let left = 0;
  return (seconds) => {
    left -= seconds;
    if (left > 0) return false;
    left = 1 / hertz;
    return true;
  };
}

/** A point that moves evenly from place to place, taking as long as the places took to change. */
export interface Slide {
  x: number;
  y: number;
  /** `jump`: be there at once, as in a new episode. */
  to(x: number, y: number, seconds: number, jump: boolean): void;
}

export function createSlide(longest: number): Slide {
  let [fromX, fromY, toX, toY] = [0, 0, 0, 0];
  let since = 0;
  let span = longest;
  const slide: Slide = {
    x: 0,
    y: 0,
    to(x, y, seconds, jump) {
      since += seconds;
      if (jump) {
        [fromX, fromY, toX, toY, since, span] = [x, y, x, y, 0, longest];
      } else if (x !== toX || y !== toY) {
        [fromX, fromY, toX, toY] = [slide.x, slide.y, x, y];
        span = clamp(since, seconds, longest);
        since = seconds;
      }
      const t = span > 0 ? Math.min(1, since / span) : 1;
      slide.x = fromX + (toX - fromX) * t;
      slide.y = fromY + (toY - fromY) * t;
    },
  };
  return slide;
}
