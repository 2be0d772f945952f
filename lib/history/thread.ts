import { parentPort, workerData } from 'node:worker_threads';
import type { HistoryState } from '#lib/model/contract/history.ts';
import { createResilientStore } from './create-resilient-store.ts';
import { createPostgresStore } from './postgres/create-postgres-store.ts';
import type { FromThread, ThreadSettings, ToThread } from './thread-message.ts';

/** The thread that keeps the history: a disk that is slow keeps nobody waiting but this. */
const port = parentPort;
if (!port) throw new Error('This file is a worker thread.');
const post = (message: FromThread) => port.postMessage(message);

const settings = workerData as ThreadSettings;
const options = {
  ...settings,
  nowMs: Date.now,
  onState: (state: HistoryState, note: string | null) => post({ kind: 'state', state, note }),
};
const store =
  settings.postgres === null
    ? createResilientStore(options)
    : createPostgresStore({ ...options, postgres: settings.postgres });

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
