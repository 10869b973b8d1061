// What a peer is given on its command line: a list of tasks, each with the file of its weights and data.
import { readFileSync } from 'node:fs';

/** @returns {{ name: string, sizes: number[], activation: string, batch: number, rate: number, clip: number, layers: { w: Float32Array, b: Float32Array }[], x: Float32Array, labels: Float32Array }[]} */
export const readTasks = () =>
  JSON.parse(process.argv[2]).map(({ file, ...task }) => {
    const bytes = readFileSync(file);
    const all = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
    let at = 0;
    const take = (length) => {
      at += length;
      return all.slice(at - length, at);
    };
    const layers = task.sizes
      .slice(1)
      .map((outputs, i) => ({ w: take(task.sizes[i] * outputs), b: take(outputs) }));
    return { ...task, layers, x: take(task.batch * task.sizes[0]), labels: take(task.batch) };
  });

/** One line a task, for the benchmark to read. */
export const tell = (result) => console.log(`RESULT ${JSON.stringify(result)}`);
