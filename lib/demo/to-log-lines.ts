import type { SimContainer } from './world.ts';

/** What a container is remembered to have said, at most. */
const KEPT = 200;

export interface SimLogLine {
  stream: 'stdout' | 'stderr';
  text: string;
}

/** When the container wrote a line so far, oldest first: one as it started, one at each beat, one as it ended. */
export function toLogTimes({ startedAtMs, finishedAtMs, task }: SimContainer, nowMs: number): number[] {
  if (startedAtMs === null) return [];
  const everyMs = task.service.plan.logEveryMs;
  const endMs = Math.min(nowMs, finishedAtMs ?? nowMs);
  const first = Math.max(1, Math.floor((endMs - startedAtMs) / everyMs) - KEPT);
  const times = [startedAtMs];
  for (let atMs = startedAtMs + first * everyMs; atMs < endMs; atMs += everyMs) times.push(atMs);
  if (finishedAtMs !== null && finishedAtMs <= nowMs) times.push(finishedAtMs);
  return times;
}

/** The same moment always says the same. What begins with `! ` in the plan goes to stderr. */
export function toLogLine(container: SimContainer, atMs: number): SimLogLine {
  const { startedAtMs, finishedAtMs, exitCode, oomKilled, task } = container;
  const { name, logLines } = task.service.plan;
  if (atMs === startedAtMs) return { stream: 'stdout', text: `${name} ${task.tag} is starting` };
  if (atMs === finishedAtMs) {
    if (oomKilled || exitCode === 137) return { stream: 'stderr', text: 'Killed' };
    if (exitCode === 0) return { stream: 'stdout', text: 'received SIGTERM, shutting down' };
    return { stream: 'stderr', text: `\u001b[1;31mfatal\u001b[0m ${name}: giving up, exit ${exitCode}` };
  }
  const line = logLines[Math.floor(atMs / task.service.plan.logEveryMs) % logLines.length] ?? '';
  return line.startsWith('! ') ? { stream: 'stderr', text: line.slice(2) } : { stream: 'stdout', text: line };
}
