// TensorFlow.js on the back end named after the tasks: the same step written by hand with its core, or, where 'layers' comes
// third, as its users write it, model.trainOnBatch, which clips nothing.
import { createRequire } from 'node:module';
import path from 'node:path';
import { measure, summary } from '../timing.mjs';
import { readTasks, tell } from './read-task.mjs';

const require = createRequire(import.meta.url);
const tf = require('@tensorflow/tfjs');
const backend = process.argv[3];
if (backend === 'wasm') {
  const { setThreadsCount, setWasmPaths } = require('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(`${path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setThreadsCount(1);
}
await tf.setBackend(backend);
await tf.ready();

const slow = (sizes) =>
  backend === 'cpu' && sizes[0] > 100 ? { rounds: 3, atLeast: 1 } : { rounds: 9, atLeast: 30 };

async function measureLayers({ name, sizes, activation, batch, rate, x, labels }) {
  const model = tf.sequential();
  sizes.slice(1).forEach((units, i) => {
    const last = i + 2 === sizes.length;
    model.add(
      tf.layers.dense({
        units,
        activation: last ? 'softmax' : activation,
        ...(i === 0 ? { inputShape: [sizes[0]] } : {}),
      }),
    );
  });
  model.compile({ optimizer: tf.train.adam(rate, 0.9, 0.999, 1e-8), loss: 'categoricalCrossentropy' });
  const input = tf.tensor2d(x, [batch, sizes[0]]);
  const target = tf.oneHot(tf.tensor1d(Int32Array.from(labels), 'int32'), sizes.at(-1)).toFloat();
  for (let i = 0; i < 20; i++) await model.trainOnBatch(input, target);
  // It answers with a promise: timed one by one.
  const times = [];
  for (let i = 0; i < 40; i++) {
    const from = performance.now();
    await model.trainOnBatch(input, target);
    times.push(performance.now() - from);
  }
  tell({ name, batch, ...summary(times) });
}

if (process.argv[4] === 'layers') {
  for (const task of readTasks()) await measureLayers(task);
  process.exit();
}

for (const { name, sizes, activation, batch, rate, clip, layers, x, labels } of readTasks()) {
  const variables = layers.flatMap(({ w, b }, i) => [
    tf.variable(tf.tensor2d(w, [sizes[i], sizes[i + 1]])),
    tf.variable(tf.tensor1d(b)),
  ]);
  const input = tf.tensor2d(x, [batch, sizes[0]]);
  const target = tf.oneHot(tf.tensor1d(Int32Array.from(labels), 'int32'), sizes.at(-1)).toFloat();
  const optimizer = tf.train.adam(rate, 0.9, 0.999, 1e-8);
  const lossOf = () => {
    let h = input;
    for (let i = 0; i < variables.length; i += 2) {
      h = h.matMul(variables[i]).add(variables[i + 1]);
      if (i + 2 < variables.length) h = activation === 'tanh' ? h.tanh() : h.relu();
    }
    return tf.losses.softmaxCrossEntropy(target, h);
  };
  const step = () =>
    tf.tidy(() => {
      const { value, grads } = tf.variableGrads(lossOf, variables);
      const squares = Object.values(grads).map((g) => g.square().sum());
      const norm = tf.addN(squares).sqrt();
      const shrink = tf.minimum(tf.scalar(1), tf.scalar(clip).div(norm.add(1e-6)));
      const clipped = Object.fromEntries(Object.entries(grads).map(([of, g]) => [of, g.mul(shrink)]));
      optimizer.applyGradients(clipped);
      return value.dataSync()[0];
    });
  let loss = 0;
  for (let i = 0; i < 20; i++) loss = step();
  tell({ name, batch, loss, ...measure(step, slow(sizes)) });
  tf.dispose([...variables, input, target]);
}
