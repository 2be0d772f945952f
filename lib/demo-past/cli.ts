import { renameSync, rmSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import type { LivedWorldOptions } from '#lib/demo/create-lived-world.ts';
import { writePast } from './write-past.ts';

export interface PastOrder {
  lived: LivedWorldOptions;
  /** The endpoint of each node's engine. */
  engines: string[];
  /** Where the database is to lie once it is whole. */
  file: string;
}

/** A child process that is told by a message what to write, does so when nobody else wants the machine, and ends. */
process.once('disconnect', () => process.exit(0));
process.once('message', (order: PastOrder) => {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Then it takes its turn with all others.
  }
  const { lived, engines, file } = order;
  const part = `${file}.part`;
  writePast(lived, engines, part)
    .then(() => renameSync(part, file))
    .catch((error) => {
      console.error(`The demo swarm has no past: ${error instanceof Error ? error.message : String(error)}`);
      for (const end of ['', '-wal', '-shm', '-journal']) rmSync(part + end, { force: true });
    })
    .finally(() => process.exit(0));
});
