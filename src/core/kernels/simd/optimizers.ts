// Elementwise updates of a range of the parameter vector: SGD with momentum, AdaGrad, RMSprop, Adam.
import { give, loadPartial, storePartial, take } from './lanes';

/** v = momentum * v + g; w -= rate * v. */
export function sgd(w: usize, g: usize, v: usize, rate: f32, momentum: f32, count: i32): void {
  const rates = f32x4.splat(rate);
  const momenta = f32x4.splat(momentum);
  const end = w + ((<usize>(count & ~3)) << 2);
  for (; w < end; w += 16, g += 16, v += 16) {
    const velocity = f32x4.add(f32x4.mul(momenta, v128.load(v)), v128.load(g));
    v128.store(v, velocity);
    v128.store(w, f32x4.sub(v128.load(w), f32x4.mul(rates, velocity)));
  }
  const left = count & 3;
  if (left) {
    const velocity = f32x4.add(f32x4.mul(momenta, loadPartial(v, left)), loadPartial(g, left));
    storePartial(v, velocity, left);
    storePartial(w, f32x4.sub(loadPartial(w, left), f32x4.mul(rates, velocity)), left);
  }
}

/** v = momentum * v + g; w -= rate * (g + momentum * v). */
export function nesterov(w: usize, g: usize, v: usize, rate: f32, momentum: f32, count: i32): void {
  const rates = f32x4.splat(rate);
  const momenta = f32x4.splat(momentum);
  for (let left = count; left > 0; left -= 4, w += 16, g += 16, v += 16) {
    const slope = take(g, left);
    const velocity = f32x4.add(f32x4.mul(momenta, take(v, left)), slope);
    give(v, velocity, left);
    const step = f32x4.add(slope, f32x4.mul(momenta, velocity));
    give(w, f32x4.sub(take(w, left), f32x4.mul(rates, step)), left);
  }
}

/** rate * g / (sqrt(s) + epsilon). */
@inline
function scaledStep(rates: v128, slope: v128, squares: v128, epsilons: v128): v128 {
  return f32x4.div(f32x4.mul(rates, slope), f32x4.add(f32x4.sqrt(squares), epsilons));
}

/** s += g^2; w -= rate * g / (sqrt(s) + epsilon). */
export function adagrad(w: usize, g: usize, s: usize, rate: f32, epsilon: f32, count: i32): void {
  const rates = f32x4.splat(rate);
  const epsilons = f32x4.splat(epsilon);
  for (let left = count; left > 0; left -= 4, w += 16, g += 16, s += 16) {
    const slope = take(g, left);
    const squares = f32x4.add(take(s, left), f32x4.mul(slope, slope));
    give(s, squares, left);
    give(w, f32x4.sub(take(w, left), scaledStep(rates, slope, squares, epsilons)), left);
  }
}

/** v = decay * v + (1 - decay) * g^2; w -= rate * g / (sqrt(v) + epsilon). */
export function rmsprop(w: usize, g: usize, v: usize, rate: f32, decay: f64, epsilon: f32, count: i32): void {
  const rates = f32x4.splat(rate);
  const decays = f32x4.splat(<f32>decay);
  const rest = f32x4.splat(<f32>(1 - decay));
  const epsilons = f32x4.splat(epsilon);
  for (let left = count; left > 0; left -= 4, w += 16, g += 16, v += 16) {
    const slope = take(g, left);
    const squares = blend(decays, take(v, left), rest, f32x4.mul(slope, slope));
    give(v, squares, left);
    give(w, f32x4.sub(take(w, left), scaledStep(rates, slope, squares, epsilons)), left);
  }
}

/** g += l2 * w + l1 * sign(w). */
export function penalize(g: usize, w: usize, l1: f32, l2: f32, count: i32): void {
  const ones = f32x4.splat(l1);
  const twos = f32x4.splat(l2);
  const zero = f32x4.splat(0);
  for (let left = count; left > 0; left -= 4, g += 16, w += 16) {
    const weight = take(w, left);
    const up = v128.and(ones, f32x4.gt(weight, zero));
    const down = v128.and(ones, f32x4.lt(weight, zero));
    const step = f32x4.add(f32x4.mul(twos, weight), f32x4.sub(up, down));
    give(g, f32x4.add(take(g, left), step), left);
  }
}

/** decay * average + (1 - decay) * value. */
@inline
function blend(decay: v128, average: v128, rest: v128, value: v128): v128 {
  return f32x4.add(f32x4.mul(decay, average), f32x4.mul(rest, value));
}

/** rate * m / (sqrt(v * shrink) + epsilon). */
@inline
function adamStep(rate: v128, m: v128, v: v128, shrink: v128, epsilon: v128): v128 {
  return f32x4.div(f32x4.mul(rate, m), f32x4.add(f32x4.sqrt(f32x4.mul(v, shrink)), epsilon));
}

/** m = b1 m + (1-b1) g; v = b2 v + (1-b2) g^2; w -= rate / correction1 * m / (sqrt(v / correction2) + epsilon). */
export function adam(
  w: usize,
  g: usize,
  m: usize,
  v: usize,
  rate: f64,
  beta1: f64,
  beta2: f64,
  epsilon: f64,
  correction1: f64,
  correction2: f64,
  count: i32,
): void {
  // The small differences 1 - beta are taken in float64: in float32 1 - 0.999 keeps four digits.
  const decay1 = f32x4.splat(<f32>beta1);
  const rest1 = f32x4.splat(<f32>(1 - beta1));
  const decay2 = f32x4.splat(<f32>beta2);
  const rest2 = f32x4.splat(<f32>(1 - beta2));
  const rates = f32x4.splat(<f32>(rate / correction1));
  const shrink = f32x4.splat(<f32>(1 / correction2));
  const epsilons = f32x4.splat(<f32>epsilon);
  const end = w + ((<usize>(count & ~3)) << 2);
  for (; w < end; w += 16, g += 16, m += 16, v += 16) {
    const slope = v128.load(g);
    const mean = blend(decay1, v128.load(m), rest1, slope);
    const square = blend(decay2, v128.load(v), rest2, f32x4.mul(slope, slope));
    v128.store(m, mean);
    v128.store(v, square);
    v128.store(w, f32x4.sub(v128.load(w), adamStep(rates, mean, square, shrink, epsilons)));
  }
  const left = count & 3;
  if (left) {
    const slope = loadPartial(g, left);
    const mean = blend(decay1, loadPartial(m, left), rest1, slope);
    const square = blend(decay2, loadPartial(v, left), rest2, f32x4.mul(slope, slope));
    storePartial(m, mean, left);
    storePartial(v, square, left);
    storePartial(w, f32x4.sub(loadPartial(w, left), adamStep(rates, mean, square, shrink, epsilons)), left);
  }
}
