import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface DemoEndpoints {
  managers: string[];
  engines: string[];
}

/**
 * Starts the demo swarm in a process of its own, which ends with this one however that happens (their channel breaks).
 *
 * @param hasPorts what its services publish listens, for checks
 * @returns the settings that make the server read it
 * @throws Error when it does not start
 */
export async function startDemo(cli: string, hasPorts = false): Promise<Record<string, string>> {
  // Windows has no sockets in a folder.
  const where =
    process.platform === 'win32'
      ? ['--port', '0']
      : ['--folder', mkdtempSync(join(tmpdir(), 'swarm-vitals-demo-'))];
  const child = spawn(process.execPath, [cli, ...where, ...(hasPorts ? ['--ports'] : [])], {
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const { managers, engines } = await new Promise<DemoEndpoints>((resolve, reject) => {
    child.once('message', (message) => resolve(message as DemoEndpoints));
    child.once('error', reject);
    child.once('exit', () => reject(new Error('The demo swarm did not start.')));
  });
  return {
    VITALS_MANAGERS: managers.join(','),
    VITALS_ENGINES: engines.join(','),
    VITALS_DEMO_ACTIVE: '1',
  };
}
