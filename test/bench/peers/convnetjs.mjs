// ConvNetJS: example by example, plain SGD with momentum once a batch. It has neither Adam nor norm clipping.
import { createRequire } from 'node:module';
import { measure } from '../timing.mjs';
import { readTasks, tell } from './read-task.mjs';

const convnetjs = createRequire(import.meta.url)('convnetjs');

for (const { name, sizes, activation, batch, x, labels } of readTasks()) {
  const net = new convnetjs.Net();
  net.makeLayers([
    { type: 'input', out_sx: 1, out_sy: 1, out_depth: sizes[0] },
    ...sizes.slice(1, -1).map((units) => ({ type: 'fc', num_neurons: units, activation })),
    { type: 'softmax', num_classes: sizes.at(-1) },
  ]);
  const trainer = new convnetjs.Trainer(net, {
    method: 'sgd',
    learning_rate: 1e-3,
    momentum: 0.9,
    batch_size: batch,
  });
  const examples = Array.from({ length: batch }, (_, row) => {
    const vol = new convnetjs.Vol(1, 1, sizes[0], 0);
    for (let i = 0; i < sizes[0]; i++) vol.w[i] = x[row * sizes[0] + i];
    return vol;
  });
  const step = () => {
    for (let row = 0; row < batch; row++) trainer.train(examples[row], labels[row]);
  };
  tell({ name, batch, ...measure(step, { rounds: 3, atLeast: 1 }) });
}
