import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface DemoEndpoints {
  managers: string[];
  engines: string[];
  /** What its world is made of. */
  lived: object;
}

export interface DemoPrograms {
  /** The swarm. */
  swarm: string;
  /** Writes what it went through before; `null`: nobody wants to know. */
  past: string | null;
}

/** So many hours of its past are told. */
const PAST_HOURS = 24;

/**
 * Starts the demo swarm in a process of its own, which ends with this one however that happens (their channel breaks), and
 * another that writes its past beside all else.
 *
 * @param hasPorts what its services publish listens, for checks
 * @returns the settings that make the server read it
 * @throws Error when it does not start
 */
export async function startDemo(programs: DemoPrograms, hasPorts = false): Promise<Record<string, string>> {
  // Windows has no sockets in a folder.
  const folder = process.platform === 'win32' ? null : makeFolder();
  const where = folder === null ? ['--port', '0'] : ['--folder', folder];
  const options = [...where, '--past', String(PAST_HOURS), ...(hasPorts ? ['--ports'] : [])];
  const child = spawn(process.execPath, [programs.swarm, ...options], { stdio: ['ignore', 2, 2, 'ipc'] });
  const { managers, engines, lived } = await new Promise<DemoEndpoints>((resolve, reject) => {
    child.once('message', (message) => resolve(message as DemoEndpoints));
    child.once('error', reject);
    child.once('exit', () => reject(new Error('The demo swarm did not start.')));
  });
  const file = folder === null || programs.past === null ? null : join(folder, 'past.db');
  if (file !== null && programs.past !== null) {
    const past = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', programs.past], {
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    // Without it the demo begins with nothing behind it.
    past.once('error', () => {});
    past.send({ lived, engines, file });
  }
  return {
    VITALS_MANAGERS: managers.join(','),
    VITALS_ENGINES: engines.join(','),
    VITALS_DEMO_ACTIVE: '1',
    ...(file === null ? {} : { VITALS_DEMO_PAST: file }),
  };
}

function makeFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'swarm-vitals-demo-'));
  } catch (error) {
    throw new Error(
      `The demo swarm does not start: it needs a folder of its own in ${tmpdir()}, and cannot make one ` +
        `(${error instanceof Error ? error.message : String(error)}). Set TMPDIR to a folder that it may write into.`,
    );
  }
}
