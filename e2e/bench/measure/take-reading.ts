import { type DockerTraffic, formatKinds, readDockerTraffic } from '#e2e/bench/read-docker-traffic.ts';
import { readProcess, readThreadSeconds } from '#e2e/bench/read-process.ts';
import type { Subject } from '#e2e/bench/subject.ts';

/** What a server has used and asked of Docker since its start. */
export interface Reading {
  docker: DockerTraffic;
  cpuSeconds: number | null;
  residentBytes: number | null;
  atMs: number;
}

export async function takeReading(subject: Subject): Promise<Reading> {
  const docker = await readDockerTraffic(subject);
  return {
    docker,
    cpuSeconds: readThreadSeconds(subject.pid),
    residentBytes: readProcess(subject.pid)?.residentBytes ?? null,
    atMs: performance.now(),
  };
}

/** What lies between two readings, as a minute of it. */
export function toMinute(before: Reading, after: Reading) {
  const aMinute = 60_000 / (after.atMs - before.atMs);
  const { cpuSeconds, residentBytes } = after;
  return {
    aMinute,
    megabytes: ((after.docker.bytes - before.docker.bytes) * aMinute) / 1e6,
    requests: (after.docker.requests - before.docker.requests) * aMinute,
    /** `null`: not our process. */
    used:
      cpuSeconds === null || residentBytes === null
        ? null
        : {
            cpuSeconds: (cpuSeconds - (before.cpuSeconds ?? Number.NaN)) * aMinute,
            residentMegabytes: residentBytes / 1e6,
          },
  };
}

/** For whoever looks on: what the swarm was asked in a minute, by all who ask. */
export function printKinds(before: Reading, after: Reading): void {
  const { aMinute } = toMinute(before, after);
  const lines = formatKinds(before.docker, after.docker, aMinute);
  process.stderr.write(`    asked of Docker a minute:\n${lines.join('\n')}\n`);
}
