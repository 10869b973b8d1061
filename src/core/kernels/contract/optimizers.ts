// Elementwise updates of a range of the parameter vector.
// What holds for all kernels stands at the head of `../../kernels.ts`.

export interface OptimizerKernels {
  /** Momentum SGD: v = momentum * v + g; w -= rate * v (as torch.optim.SGD, dampening 0). */
  sgd(w: number, g: number, v: number, rate: number, momentum: number, count: number): void;
  /** Nesterov's momentum: v = momentum * v + g; w -= rate * (g + momentum * v) (as torch.optim.SGD, nesterov). */
  nesterov(w: number, g: number, v: number, rate: number, momentum: number, count: number): void;
  /** AdaGrad: s += g^2; w -= rate * g / (sqrt(s) + epsilon). */
  adagrad(w: number, g: number, s: number, rate: number, epsilon: number, count: number): void;
  /** RMSprop: v = decay * v + (1 - decay) * g^2; w -= rate * g / (sqrt(v) + epsilon). */
  rmsprop(w: number, g: number, v: number, rate: number, decay: number, epsilon: number, count: number): void;
  /** g += l2 * w + l1 * sign(w): the gradients of l2 |w|^2 / 2 and l1 |w|. */
  penalize(g: number, w: number, l1: number, l2: number, count: number): void;

  /**
   * Adam (Kingma & Ba 2015, Alg. 1): m = b1 m + (1-b1) g; v = b2 v + (1-b2) g^2;
   * w -= rate / correction1 * m / (sqrt(v / correction2) + epsilon), correctionK = 1 - bK^step.
   */
  adam(
    w: number,
    g: number,
    m: number,
    v: number,
    rate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    correction1: number,
    correction2: number,
    count: number,
  ): void;
}
