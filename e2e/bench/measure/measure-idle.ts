import { setTimeout as sleep } from 'node:timers/promises';
import type { Measured, Work } from '#e2e/bench/measured.ts';
import { openViewers } from '#e2e/bench/open-viewers.ts';
import { formatKinds, readDockerTraffic } from '#e2e/bench/read-docker-traffic.ts';
import { readProcess } from '#e2e/bench/read-process.ts';
import type { Subject } from '#e2e/bench/subject.ts';
import { summarize } from '#e2e/bench/summarize.ts';

const VIEWERS = 50;
/** Our server reads the good probes of a container anew after some of them, 40 s after its start at first. */
const SETTLE_MS = 60_000;

/** Nothing happens, and fifty look on: what is sent to them, asked of Docker and used. All of it a minute. */
export async function measureIdle(subject: Subject, { seconds, signal }: Work): Promise<Measured> {
  const viewers = await openViewers(subject.url, VIEWERS, signal);
  try {
    await sleep(SETTLE_MS, undefined, { signal });
    const before = await read();
    await sleep(seconds * 1_000, undefined, { signal });
    const after = await read();
    const aMinute = 60_000 / (after.atMs - before.atMs);
    process.stderr.write(
      `    asked of Docker a minute:\n${formatKinds(before.docker, after.docker, aMinute).join('\n')}\n`,
    );
    const one = (value: number) => summarize([value]);
    const sent = after.sent.map((bytes, index) => (bytes - (before.sent[index] ?? 0)) * aMinute);
    return {
      'viewer-bytes': summarize(sent.map((bytes) => bytes / 1e3)),
      'docker-bytes': one(((after.docker.bytes - before.docker.bytes) * aMinute) / 1e6),
      'docker-requests': one((after.docker.requests - before.docker.requests) * aMinute),
      ...(after.use &&
        before.use && {
          cpu: one((after.use.cpuSeconds - before.use.cpuSeconds) * aMinute),
          memory: one(after.use.residentBytes / 1e6),
        }),
    };
  } finally {
    viewers.close();
  }

  async function read() {
    const docker = await readDockerTraffic(subject);
    return { docker, use: readProcess(subject.pid), sent: viewers.bytes(), atMs: performance.now() };
  }
}
