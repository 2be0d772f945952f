import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second: 100 on every Linux that Node runs on. */
const TICKS = 100;

export interface ProcessUse {
  cpuSeconds: number;
  /** How long its main thread stood in the line for a processor. */
  waitedSeconds: number;
  residentBytes: number;
}

/** What a process has used until now, user and system time; null where there is no /proc or no such process. */
export function readProcess(pid: number | null): ProcessUse | null {
  if (pid === null) return null;
  try {
    // The name, in parentheses, may hold spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return {
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS,
      waitedSeconds: Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]) / 1e9,
      residentBytes: Number(kilobytes) * 1024,
    };
  } catch {
    return null;
  }
}

/** CPU seconds of all threads that a process has, by the kernel's own count: finer than the clock's. */
export function readThreadSeconds(pid: number | null): number | null {
  if (pid === null) return null;
  const folder = `/proc/${pid}/task`;
  try {
    const nanos = readdirSync(folder).map((thread) =>
      Number(readFileSync(`${folder}/${thread}/schedstat`, 'utf8').split(' ')[0]),
    );
    return nanos.reduce((sum, one) => sum + one, 0) / 1e9;
  } catch {
    return null;
  }
}
