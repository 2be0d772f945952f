import { openSync, readSync } from 'node:fs';

let file: number | null | undefined;
const buffer = Buffer.alloc(80);

/**
 * How long this thread stood in line for the processor so far, ms: it was ready, and others ran. Not while it waits for
 * something, is stopped or the machine sleeps. By Linux's `schedstat`, its second number (ns); elsewhere always 0.
 */
export function readWaitedMs(): number {
  try {
    file ??= openSync('/proc/thread-self/schedstat', 'r');
    const length = readSync(file, buffer, 0, buffer.length, 0);
    const waitedNs = Number(buffer.toString('latin1', 0, length).split(' ')[1]);
    return Number.isFinite(waitedNs) ? waitedNs / 1e6 : 0;
  } catch {
    return 0;
  }
}
