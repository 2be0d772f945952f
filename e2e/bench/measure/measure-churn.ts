import { setTimeout as sleep } from 'node:timers/promises';
import { commandSwarm } from '#e2e/bench/command-swarm.ts';
import type { Measured, Work } from '#e2e/bench/measured.ts';
import { formatKinds, readDockerTraffic } from '#e2e/bench/read-docker-traffic.ts';
import { readProcess } from '#e2e/bench/read-process.ts';
import type { Subject } from '#e2e/bench/subject.ts';
import { summarize } from '#e2e/bench/summarize.ts';

/** Four steps a second, of which two change a probe's result and one, every second time, ends a task. */
const STEP_MS = 500;
/** Until as many slots wait for their next task as will all the time. */
const WARM_UP_MS = 30_000;

/** What a busy swarm costs: two health changes and half a death a second, all over it. All of it a minute. */
export async function measureChurn(subject: Subject, { seconds, signal }: Work): Promise<Measured> {
  let step = 0;
  await churn(WARM_UP_MS);
  const before = await read();
  await churn(seconds * 1_000);
  const after = await read();
  const aMinute = 60_000 / (after.atMs - before.atMs);
  process.stderr.write(
    `    asked of Docker a minute:\n${formatKinds(before.docker, after.docker, aMinute).join('\n')}\n`,
  );
  const one = (value: number) => summarize([value]);
  return {
    'busy-docker-bytes': one(((after.docker.bytes - before.docker.bytes) * aMinute) / 1e6),
    'busy-docker-requests': one((after.docker.requests - before.docker.requests) * aMinute),
    ...(after.use &&
      before.use && {
        'busy-cpu': one((after.use.cpuSeconds - before.use.cpuSeconds) * aMinute),
        'busy-memory': one(after.use.residentBytes / 1e6),
      }),
  };

  /** One that died may not be back yet: then nothing happens in its step. */
  async function churn(lengthMs: number): Promise<void> {
    const startMs = performance.now();
    for (let dueMs = startMs; dueMs < startMs + lengthMs; dueMs += STEP_MS, step += 1) {
      await sleep(Math.max(0, dueMs - performance.now()), undefined, { signal });
      const press = (command: Parameters<typeof commandSwarm>[1]) =>
        commandSwarm(subject, command).catch(() => undefined);
      const flipped = targetAt(step);
      const passed = targetAt(step - 1);
      const dies = targetAt(step + Math.floor(subject.targets.length / 2));
      if (flipped) await press({ command: 'flip', to: 'fail', ...flipped });
      if (passed) await press({ command: 'flip', to: 'own', ...passed });
      if (passed) await press({ command: 'flip', to: 'ok', ...passed });
      if (dies && step % 4 === 0) await press({ command: 'kill-task', ...dies });
    }
  }

  function targetAt(index: number) {
    const { targets } = subject;
    return targets[(index + targets.length) % targets.length];
  }

  async function read() {
    const docker = await readDockerTraffic(subject);
    return { docker, use: readProcess(subject.pid), atMs: performance.now() };
  }
}
