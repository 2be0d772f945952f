import { parentPort, workerData } from 'node:worker_threads';
import type { HistoryState } from '#lib/model/contract/history.ts';
import { createResilientStore, type ResilientStore } from './create-resilient-store.ts';
import { createPostgresStore, type PostgresStore } from './postgres/create-postgres-store.ts';
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
const shared: PostgresStore | null =
  settings.postgres === null
    ? null
    : createPostgresStore({
        ...options,
        postgres: settings.postgres,
        onResume: () => post({ kind: 'resume' }),
      });
const store: Pick<ResilientStore, 'writeBatches' | 'takePast' | 'ask' | 'close'> =
  shared ?? createResilientStore(options);

port.on('message', (message: ToThread) => {
  switch (message.kind) {
    case 'write':
      post({ kind: 'wrote', kept: store.writeBatches(message.batches, message.atMs) });
      return;
    case 'lead':
      shared?.lead(message.lead);
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
