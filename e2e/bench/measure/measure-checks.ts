import { setTimeout as sleep } from 'node:timers/promises';
import type { Measured, Work } from '#e2e/bench/measured.ts';
import { openViewers, type Viewers } from '#e2e/bench/open-viewers.ts';
import { readDockerTraffic } from '#e2e/bench/read-docker-traffic.ts';
import { readProcess, readThreadSeconds } from '#e2e/bench/read-process.ts';
import type { Size } from '#e2e/bench/sizes.ts';
import { startDemoSwarm } from '#e2e/bench/start-demo-swarm.ts';
import { type StartedSubject, startVitalsSubject } from '#e2e/bench/start-vitals-subject.ts';
import { type Summary, summarize } from '#e2e/bench/summarize.ts';

const VIEWERS = 50;
/** V8 compiles what turns out to be used often, and ports and containers that have just been seen are asked more often at first. */
const SETTLE_MS = 180_000;
/** Each of `--seconds`. */
const WINDOWS = 4;

const SETTINGS = [
  { of: 'neither', checks: 'off', usage: 'off' },
  { of: 'checks-off', checks: 'off', usage: 'on' },
  { of: 'checks', checks: 'on', usage: 'on' },
] as const;

interface Watched {
  subject: StartedSubject;
  viewers: Viewers;
}

interface Reading {
  cpuSeconds: number;
  dockerBytes: number;
  viewerBytes: number[];
  residentBytes: number;
}

/**
 * What checks of ports and the use of containers cost while nothing happens: three servers look at one swarm at the same
 * time, so that other work of the machine falls on all, and each window is a comparison of its own.
 */
export async function measureChecks(size: Size, { seconds, signal }: Work): Promise<Measured> {
  const demo = await startDemoSwarm(size, signal, { ports: true });
  const watched: Watched[] = [];
  try {
    for (const { checks, usage } of SETTINGS) {
      const subject = await startVitalsSubject({ size, profile: null, demo, checks, usage, signal });
      watched.push({ subject, viewers: await openViewers(subject.url, VIEWERS, signal) });
    }
    await sleep(SETTLE_MS, undefined, { signal });
    const readAll = () => Promise.all(watched.map(readOne));
    let before = await readAll();
    const windows: { before: Reading[]; after: Reading[] }[] = [];
    for (let nth = 0; nth < WINDOWS; nth += 1) {
      await sleep(seconds * 1_000, undefined, { signal });
      const after = await readAll();
      windows.push({ before, after });
      before = after;
    }
    return summarizeWindows(windows, 60 / seconds);
  } finally {
    // What was measured is not lost where one of them takes too long to end.
    for (const { viewers } of watched) viewers.close();
    const ends = await Promise.allSettled(watched.map(({ subject }) => subject.close()));
    await demo.close();
    for (const end of ends) if (end.status === 'rejected') console.error(String(end.reason));
  }
}

async function readOne({ subject, viewers }: Watched): Promise<Reading> {
  const { bytes } = await readDockerTraffic(subject);
  return {
    cpuSeconds: readThreadSeconds(subject.pid) ?? Number.NaN,
    dockerBytes: bytes,
    viewerBytes: viewers.bytes(),
    residentBytes: readProcess(subject.pid)?.residentBytes ?? Number.NaN,
  };
}

function summarizeWindows(
  windows: readonly { before: Reading[]; after: Reading[] }[],
  aMinute: number,
): Measured {
  const measured: Measured = {};
  const each = (nth: number, read: (before: Reading, after: Reading) => number[]) =>
    summarize(
      windows.flatMap(({ before, after }) => {
        const [one, other] = [before[nth], after[nth]];
        return one === undefined || other === undefined ? [] : read(one, other);
      }),
    );
  const cpuOf = (nth: number) => each(nth, (a, b) => [(b.cpuSeconds - a.cpuSeconds) * aMinute]);
  const bare = cpuOf(0).values;
  for (const [nth, { of }] of SETTINGS.entries()) {
    const set = (row: 'cpu' | 'viewer-bytes' | 'docker-bytes' | 'memory', values: Summary) => {
      measured[`${of}-${row}`] = values;
    };
    const cpu = cpuOf(nth);
    set('cpu', cpu);
    set(
      'docker-bytes',
      each(nth, (a, b) => [((b.dockerBytes - a.dockerBytes) * aMinute) / 1e6]),
    );
    set(
      'memory',
      each(nth, (_, b) => [b.residentBytes / 1e6]),
    );
    const toSent = (a: Reading, b: Reading) =>
      b.viewerBytes.map((bytes, at) => ((bytes - (a.viewerBytes[at] ?? 0)) * aMinute) / 1e3);
    set('viewer-bytes', each(nth, toSent));
    if (of !== 'neither')
      measured[`${of}-share`] = summarize(
        cpu.values.map((one, at) => (one / (bare[at] ?? Number.NaN) - 1) * 100),
      );
  }
  return measured;
}
