import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { debootstrap } from './debootstrap.ts';
import { toEngineRoot } from './engine-root.ts';
import { type LabEngine, type MadeEngine, madeEngines } from './engines.ts';
import { readMajor } from './read-major.ts';
import { withLock } from './with-lock.ts';

const MAKE_WITHIN_MS = 900_000;

/**
 * Makes sure that an engine can be started. One that this machine does not have is made once, of a distribution that
 * has it (about half a minute, 400 MB), and kept for the next lab.
 * @returns what to start: `own` where this machine's dockerd is of that version
 * @throws with what to do when it cannot be made
 */
export async function ensureEngine(engine: LabEngine, signal?: AbortSignal): Promise<LabEngine> {
  if (engine === 'own' || (await readMajor('dockerd')) === engine) return 'own';
  await makeEngine(engine, signal);
  return engine;
}

async function makeEngine(engine: MadeEngine, signal?: AbortSignal): Promise<void> {
  const root = toEngineRoot(engine);
  if (existsSync(root)) return;
  const { keys } = madeEngines[engine];
  if (keys !== null) await makeEngine(keys.engine, signal);
  await withLock(`vitals-lab-engine-${engine}`, MAKE_WITHIN_MS, `The engine ${engine} is made`, async () => {
    if (existsSync(root)) return;
    mkdirSync(dirname(root), { recursive: true });
    const half = `${root}.half`;
    rmSync(half, { recursive: true, force: true });
    try {
      await debootstrap(engine, half, signal);
      renameSync(half, root);
    } finally {
      // What was ended may still write for a moment.
      rmSync(half, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
  });
}
