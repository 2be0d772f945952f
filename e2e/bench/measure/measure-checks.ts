import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from '@playwright/test';
import { commandSwarm } from '#e2e/bench/command-swarm.ts';
import type { Measured, Work } from '#e2e/bench/measured.ts';
import { openPage } from '#e2e/bench/open-page.ts';
import { openViewers, type Viewers } from '#e2e/bench/open-viewers.ts';
import { measureChanges } from '#e2e/bench/pair/measure-changes.ts';
import { readDockerTraffic } from '#e2e/bench/read-docker-traffic.ts';
import { readProcess, readThreadSeconds } from '#e2e/bench/read-process.ts';
import type { Size } from '#e2e/bench/sizes.ts';
import { startDemoSwarm } from '#e2e/bench/start-demo-swarm.ts';
import { type StartedSubject, startVitalsSubject } from '#e2e/bench/start-vitals-subject.ts';
import { type Subject, toSelector } from '#e2e/bench/subject.ts';
import { type Summary, summarize } from '#e2e/bench/summarize.ts';
import { watchElement } from '#e2e/bench/watch-element.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';

const VIEWERS = 50;
/** Each of `--seconds`. */
const WINDOWS = 4;
/** For a change to come to a page. */
const WITHIN_MS = 15_000;

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
export async function measureChecks(
  size: Size,
  browser: Browser,
  { seconds, settle, flips, signal }: Work,
): Promise<Measured> {
  const demo = await startDemoSwarm(size, signal, { ports: true });
  const watched: Watched[] = [];
  try {
    for (const { checks, usage } of SETTINGS) {
      const subject = await startVitalsSubject({ size, profile: null, demo, checks, usage, signal });
      watched.push({ subject, viewers: await openViewers(subject.url, VIEWERS, signal) });
    }
    await sleep(settle * 1_000, undefined, { signal });
    const readAll = () => Promise.all(watched.map(readOne));
    let before = await readAll();
    const windows: { before: Reading[]; after: Reading[] }[] = [];
    for (let nth = 0; nth < WINDOWS; nth += 1) {
      await sleep(seconds * 1_000, undefined, { signal });
      const after = await readAll();
      windows.push({ before, after });
      before = after;
    }
    const subjects = watched.map(({ subject }) => subject);
    const delays = await measureDelays(browser, subjects, flips, signal).catch((error): Measured => {
      console.error(`No delays were measured: ${String(error)}`);
      return {};
    });
    return { ...summarizeWindows(windows, 60 / seconds), ...delays };
  } finally {
    // What was measured is not lost where one of them takes too long to end.
    for (const { viewers } of watched) viewers.close();
    const ends = await Promise.allSettled(watched.map(({ subject }) => subject.close()));
    await demo.close();
    for (const end of ends) if (end.status === 'rejected') console.error(String(end.reason));
  }
}

/** The same changes in the stream and on a page of each, at the same time: the differences are those of one change. */
async function measureDelays(
  browser: Browser,
  subjects: readonly Subject[],
  flips: number,
  signal: AbortSignal,
): Promise<Measured> {
  const ids = await readIds(subjects[0]);
  const streams = (await measureChanges(subjects, ids, { flips, signal })).map(({ stream }) => stream);
  const pages: Page[] = [];
  try {
    for (const subject of subjects) pages.push(await openPage(browser, subject));
    const seen: number[][] = subjects.map(() => []);
    let missed = 0;
    for (let flip = 0; flip < 2 * flips; flip += 1) {
      const [first] = subjects;
      const target = first?.targets[Math.floor(flip / 2) % first.targets.length];
      if (first === undefined || target === undefined) break;
      // Never in step with anybody's timer.
      await sleep(150 + Math.random() * 250, undefined, { signal });
      const command = { command: 'flip', to: flip % 2 === 0 ? 'fail' : 'ok', ...target } as const;
      const waits = await Promise.all(
        pages.map((page, at) => watchElement(page, toSelector(subjects[at] ?? first, command))),
      );
      const { atMs } = await commandSwarm(first, command);
      const changedMs = await Promise.all(waits.map((wait) => wait(WITHIN_MS)));
      if (changedMs.includes(null)) missed += 1;
      else for (const [at, ms] of changedMs.entries()) seen[at]?.push(Math.max(0, (ms ?? 0) - atMs));
    }
    return Object.assign(
      {},
      ...SETTINGS.map(({ of }, at) => ({
        ...toDelay(
          `${of}-stream`,
          streams[at]?.values ?? [],
          streams[0]?.values ?? [],
          streams[at]?.missed ?? 0,
        ),
        ...toDelay(`${of}-dom`, seen[at] ?? [], seen[0] ?? [], missed),
      })),
    );
  } finally {
    for (const page of pages) await page.context().close();
  }
}

function toDelay(
  row: `${(typeof SETTINGS)[number]['of']}-${'stream' | 'dom'}`,
  values: readonly number[],
  bare: readonly number[],
  missed: number,
): Measured {
  if (row === 'neither-stream' || row === 'neither-dom') return { [row]: summarize(values, missed) };
  const more = values.map((ms, at) => ms - (bare[at] ?? Number.NaN));
  return { [row]: summarize(values, missed), [`${row}-more`]: summarize(more, missed) };
}

async function readIds(subject: Subject | undefined): Promise<Map<string, string>> {
  const answer = await fetch(`${subject?.url ?? ''}/api/swarm`);
  const { services } = (await answer.json()) as SwarmPicture;
  return new Map(services.map(({ name, id }) => [name, id]));
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
