import { cpus, loadavg, totalmem } from 'node:os';

/** Where it was measured: numbers of one machine say little about those of another. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryGB: number;
  node: string;
  chromium: string;
  /** The load of the last minute before the first and after the last measurement: more than ours is somebody else's. */
  load: { before: number; after: number };
}

export function describeMachine(chromium: string, loadBefore: number): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    chromium,
    load: { before: loadBefore, after: loadavg()[0] ?? Number.NaN },
  };
}
