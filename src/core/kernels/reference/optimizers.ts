// Elementwise updates of a range of the parameter vector.
import type { OptimizerKernels } from '../contract/optimizers.ts';
import type { From } from './common.ts';

export const optimizers = (from: From): OptimizerKernels => ({
  sgd(wPtr, gPtr, vPtr, rate, momentum, count) {
    const [w, g, v] = [from(wPtr), from(gPtr), from(vPtr)];
    for (let i = 0; i < count; i++) {
      v[i] = momentum * v[i]! + g[i]!;
      w[i]! -= rate * v[i]!;
    }
  },

  nesterov(wPtr, gPtr, vPtr, rate, momentum, count) {
    const [w, g, v] = [from(wPtr), from(gPtr), from(vPtr)];
    for (let i = 0; i < count; i++) {
      v[i] = momentum * v[i]! + g[i]!;
      w[i]! -= rate * (g[i]! + momentum * v[i]!);
    }
  },

  adagrad(wPtr, gPtr, sPtr, rate, epsilon, count) {
    const [w, g, s] = [from(wPtr), from(gPtr), from(sPtr)];
    for (let i = 0; i < count; i++) {
      s[i]! += g[i]! * g[i]!;
      w[i]! -= (rate * g[i]!) / (Math.sqrt(s[i]!) + epsilon);
    }
  },

  rmsprop(wPtr, gPtr, vPtr, rate, decay, epsilon, count) {
    const [w, g, v] = [from(wPtr), from(gPtr), from(vPtr)];
    for (let i = 0; i < count; i++) {
      v[i] = decay * v[i]! + (1 - decay) * g[i]! * g[i]!;
      w[i]! -= (rate * g[i]!) / (Math.sqrt(v[i]!) + epsilon);
    }
  },

  penalize(gPtr, wPtr, l1, l2, count) {
    const [g, w] = [from(gPtr), from(wPtr)];
    for (let i = 0; i < count; i++) g[i]! += l2 * w[i]! + l1 * Math.sign(w[i]!);
  },

  adam(wPtr, gPtr, mPtr, vPtr, rate, beta1, beta2, epsilon, correction1, correction2, count) {
    const [w, g, m, v] = [from(wPtr), from(gPtr), from(mPtr), from(vPtr)];
    for (let i = 0; i < count; i++) {
      m[i] = beta1 * m[i]! + (1 - beta1) * g[i]!;
      v[i] = beta2 * v[i]! + (1 - beta2) * g[i]! * g[i]!;
      w[i]! -= ((rate / correction1) * m[i]!) / (Math.sqrt(v[i]! / correction2) + epsilon);
    }
  },
});
