import { fileURLToPath } from 'node:url';
import { startChild } from './start-child.ts';
import { SELECTORS, type StartedSubject } from './start-vitals-subject.ts';

/** What no dashboard on this machine can beat at this moment: every latency is also given as a ratio to it. */
export async function startFloor(replicas: number, signal: AbortSignal): Promise<StartedSubject> {
  const file = fileURLToPath(new URL('floor-server.ts', import.meta.url));
  const { message: port, pid, close } = await startChild<number>(file, [String(replicas)], signal);
  const url = `http://127.0.0.1:${port}`;
  const targets = Array.from({ length: replicas }, (_, index) => ({
    service: 'floor',
    slot: String(1 + ((index * 7919) % replicas)),
  }));
  return { url, control: url, ...SELECTORS, marksLive: false, targets, pid, close };
}
