import { parentPort, workerData } from 'node:worker_threads';
import { createResilientStore } from './create-resilient-store.ts';
import type { FromThread, ThreadSettings, ToThread } from './thread-message.ts';

/** The thread that keeps the history: a disk that is slow keeps nobody waiting but this. */
const port = parentPort;
if (!port) throw new Error('This file is a worker thread.');
const post = (message: FromThread) => port.postMessage(message);

const store = createResilientStore({
  ...(workerData as ThreadSettings),
  nowMs: Date.now,
  onState: (state, note) => post({ kind: 'state', state, note }),
});

port.on('message', (message: ToThread) => {
  switch (message.kind) {
    case 'write':
      post({ kind: 'wrote', kept: store.writeBatches(message.batches, message.atMs) });
      return;
    case 'take-past':
      store.takePast(message.file);
      post({ kind: 'past-taken' });
      return;
    case 'ask':
      post({ kind: 'answer', id: message.id, answer: store.ask(message.question) });
      return;
    case 'close':
      store.close();
      port.close();
      return;
  }
});
