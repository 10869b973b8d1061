// brain.js: example by example, plain gradient descent after each, squared error. It has no batches, Adam or softmax.
import { createRequire } from 'node:module';
import { measure } from '../timing.mjs';
import { readTasks, tell } from './read-task.mjs';

const { NeuralNetwork } = createRequire(import.meta.url)('brain.js');

for (const { name, sizes, activation, batch, x, labels } of readTasks()) {
  const net = new NeuralNetwork({ hiddenLayers: sizes.slice(1, -1), activation, learningRate: 1e-3 });
  const examples = Array.from({ length: batch }, (_, row) => ({
    input: Array.from(x.subarray(row * sizes[0], (row + 1) * sizes[0])),
    output: Array.from({ length: sizes.at(-1) }, (_value, j) => (j === labels[row] ? 1 : 0)),
  }));
  net.train(examples.slice(0, 2), { iterations: 1 });
  const step = () => {
    for (const example of examples) net.trainPattern(example);
  };
  step();
  tell({ name, batch, ...measure(step, { rounds: 3, atLeast: 1 }) });
}
