import { parentPort, workerData } from 'node:worker_threads';
import { createKeeper } from './create-keeper.ts';
import type { FromThread, ThreadSettings, ToThread } from './thread-message.ts';

/** The thread that keeps the history: a disk that is slow keeps nobody waiting but this. */
const port = parentPort;
if (!port) throw new Error('This file is a worker thread.');
const say = (message: FromThread) => port.postMessage(message);

const keeper = createKeeper({
  ...(workerData as ThreadSettings),
  nowMs: Date.now,
  onState: (state, note) => say({ kind: 'state', state, note }),
});

port.on('message', (message: ToThread) => {
  switch (message.kind) {
    case 'write':
      say({ kind: 'wrote', kept: keeper.writeBatches(message.batches, message.atMs) });
      return;
    case 'ask':
      say({ kind: 'answer', id: message.id, answer: keeper.ask(message.question) });
      return;
    case 'close':
      keeper.close();
      port.close();
      return;
  }
});
