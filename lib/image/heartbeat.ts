import { openSync, readFileSync, writeSync } from 'node:fs';

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
  const beat = openSync(file, 'w');
  const write = () => writeSync(beat, `${readUptimeSeconds()}\n`, 0);
  write();
  setInterval(write, intervalMs).unref();
}

function readUptimeSeconds(): number {
  return Math.floor(Number.parseFloat(readFileSync('/proc/uptime', 'utf8')));
}
