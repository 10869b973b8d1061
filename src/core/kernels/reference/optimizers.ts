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

  adam(wPtr, gPtr, mPtr, vPtr, rate, beta1, beta2, epsilon, correction1, correction2, count) {
    const [w, g, m, v] = [from(wPtr), from(gPtr), from(mPtr), from(vPtr)];
    for (let i = 0; i < count; i++) {
      m[i] = beta1 * m[i]! + (1 - beta1) * g[i]!;
      v[i] = beta2 * v[i]! + (1 - beta2) * g[i]! * g[i]!;
      w[i]! -= ((rate / correction1) * m[i]!) / (Math.sqrt(v[i]! / correction2) + epsilon);
    }
  },
});
