import { openSync, readSync, writeSync } from 'node:fs';

/** In memory: there in every container, also in a read-only one, and empty whenever the container starts. */
const FILE = '/dev/shm/vitals-heartbeat';
const INTERVAL_MS = 5_000;

/**
 * Writes down, every 5 s from now on, that this thread still turns: the whole seconds of `/proc/uptime`, which
 * `check.sh` holds against its own. A thread that is blocked or stopped writes nothing.
 *
 * @throws the error of node:fs when the file cannot be written
 */
export function startHeartbeat(file = FILE, intervalMs = INTERVAL_MS): void {
  // Both stay open: where strangers have taken every file that a process may open, it lives and says so.
  const uptime = openSync('/proc/uptime', 'r');
  const beat = openSync(file, 'w');
  const write = () => writeSync(beat, `${readSeconds(uptime)}\n`, 0);
  write();
  setInterval(() => {
    try {
      write();
    } catch {
      // A heartbeat that cannot be written is seen by whoever reads it, and no reason to end.
    }
  }, intervalMs).unref();
}

function readSeconds(uptime: number): number {
  const text = Buffer.alloc(64);
  const length = readSync(uptime, text, 0, text.length, 0);
  return Math.floor(Number.parseFloat(text.toString('latin1', 0, length)));
}
