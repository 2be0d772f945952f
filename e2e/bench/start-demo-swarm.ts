import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '#e2e/support/find-free-port.ts';
import { root } from '#e2e/support/root.ts';
import type { Size } from './sizes.ts';
import { startChild } from './start-child.ts';

export interface DemoProcess {
  /** What points a server at it. */
  settings: { VITALS_MANAGERS: string; VITALS_ENGINES: string };
  control: string;
  pid: number;
  close(): Promise<void>;
}

/**
 * A demo swarm in its own process, where nothing happens by itself: its CPU time is not the server's.
 *
 * @param ports what its services publish listens, on loopback addresses of its nodes
 * @param agents its engines answer as the agents in front of them would
 */
export async function startDemoSwarm(
  size: Size,
  signal: AbortSignal,
  { ports = false, agents = false }: { ports?: boolean; agents?: boolean } = {},
): Promise<DemoProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'swarm-vitals-bench-'));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  try {
    const port = await findFreePort();
    const args = Object.entries({ ...size, seed: 7, churn: 0, folder, control: port }).flatMap(
      ([name, value]) => [`--${name}`, String(value)],
    );
    const child = await startChild<{ managers: string[]; engines: string[] }>(
      join(root, 'lib/demo/cli.ts'),
      [...args, ...(ports ? ['--ports'] : []), ...(agents ? ['--agents'] : [])],
      signal,
    );
    const { managers, engines } = child.message;
    return {
      settings: { VITALS_MANAGERS: managers.join(','), VITALS_ENGINES: engines.join(',') },
      control: `http://127.0.0.1:${port}`,
      pid: child.pid,
      close: () => child.close().finally(removeFolder),
    };
  } catch (error) {
    removeFolder();
    throw error;
  }
}
