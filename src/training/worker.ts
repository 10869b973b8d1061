// The host in a web worker: wires messages, clocks and the MessageChannel that lets it go on without timers.
import { loadKernels } from '../core/kernels/load.ts';
import { createHost } from './host.ts';
import type { Command, Event } from './protocol.ts';

const channel = new MessageChannel();
const callbacks: (() => void)[] = [];
channel.port1.onmessage = () => callbacks.shift()?.();

const post = (event: Event, transfer: Transferable[]): void => self.postMessage(event, { transfer });

const host = loadKernels('simd').then((kernels) =>
  createHost({
    kernels,
    post,
    now: () => performance.now(),
    today: () => new Date().toISOString(),
    soon(callback) {
      callbacks.push(callback);
      channel.port2.postMessage(0);
    },
    later: (callback, milliseconds) => {
      setTimeout(callback, milliseconds);
    },
  }),
);

// Set at once, so that nothing sent while the kernels compile is lost; promises keep the order.
self.onmessage = (message: MessageEvent<Command>) => {
  host
    .then(({ receive }) => receive(message.data))
    .catch((error: unknown) => {
      const text = error instanceof Error ? error.message : String(error);
      const stack = error instanceof Error ? (error.stack ?? '') : '';
      const sentence = `This browser could not start the kernels: ${text}`;
      post({ kind: 'failed', command: message.data.kind, message: sentence, stack, tensor: null }, []);
    });
};
