import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { describeMachine, type Machine } from './describe-machine.ts';
import type { Part } from './format-report.ts';
import { measureAll } from './measure/measure-all.ts';
import { measureChecks } from './measure/measure-checks.ts';
import { measureStart } from './measure/measure-start.ts';
import type { Measured } from './measured.ts';
import { openBrowser } from './open-browser.ts';
import type { BenchOptions } from './read-bench-options.ts';
import { SIZES, type SizeName } from './sizes.ts';
import { startFloor } from './start-floor.ts';
import { type StartedSubject, startVitalsSubject } from './start-vitals-subject.ts';
import { toSelector } from './subject.ts';

export interface Report {
  machine: Machine;
  atMs: number;
  options: BenchOptions;
  parts: Part[];
}

/**
 * Measures all that was chosen. Leaves nothing running, also when aborted.
 * @param onPart called as soon as a size is done
 */
export async function runBench(
  options: BenchOptions,
  signal: AbortSignal,
  onPart: (report: Report) => void,
): Promise<Report> {
  const loadBefore = loadavg()[0] ?? Number.NaN;
  const report = { atMs: Date.now(), options, parts: [] as Part[] };
  const browser = await openBrowser();
  const toReport = () => ({ ...report, machine: describeMachine(browser.version(), loadBefore) });
  // What waits for a page ends with the browser.
  const end = () => void browser.close();
  signal.addEventListener('abort', end, { once: true });
  try {
    for (const size of options.other ? [null] : options.sizes) {
      process.stderr.write(`${size ?? options.other?.url}\n`);
      report.parts.push(await measurePart(browser, options, size, signal));
      onPart(toReport());
    }
    return toReport();
  } finally {
    signal.removeEventListener('abort', end);
    await browser.close();
  }
}

async function measurePart(
  browser: Browser,
  options: BenchOptions,
  size: SizeName | null,
  signal: AbortSignal,
): Promise<Part> {
  const { groups, profile, other } = options;
  const input = { browser, groups, work: { ...options, signal } };
  // Beside another dashboard, whose swarm we do not know, the bare page is of middle size.
  const { replicas } = SIZES[size ?? 'M'];
  if (size !== null && groups.every((group) => group === 'start'))
    return { size, floor: {}, measured: await measureStart(SIZES[size], input.work) };
  if (size !== null && groups.every((group) => group === 'checks'))
    return { size, floor: {}, measured: await measureChecks(SIZES[size], browser, input.work) };
  const floor = await withSubject(startFloor(replicas, signal), (subject) =>
    measureAll(subject, { ...input, kind: 'floor' }),
  );
  if (size !== null) {
    // In memory the history would grow to its bound, in more than the hour, and hide what else does.
    const dataFolder = groups.includes('memory') ? mkdtempSync(join(tmpdir(), 'vitals-bench-')) : null;
    try {
      const start = startVitalsSubject({ size: SIZES[size], profile, dataFolder, signal });
      const measured = await withSubject(start, (subject) =>
        measureAll(subject, { ...input, kind: 'vitals' }),
      );
      if (groups.includes('start')) Object.assign(measured, await measureStart(SIZES[size], input.work));
      if (groups.includes('checks'))
        Object.assign(measured, await measureChecks(SIZES[size], browser, input.work));
      return { size, floor, measured };
    } finally {
      if (dataFolder !== null) rmSync(dataFolder, { recursive: true, force: true });
    }
  }
  const first = other?.targets[0];
  if (!other || !first) throw new TypeError('There is nothing to measure.');
  const subject = { ...other, anySelector: toSelector(other, first), marksLive: false, pid: null };
  return { size, floor, measured: await measureAll(subject, { ...input, kind: 'other' }) };
}

async function withSubject(
  start: Promise<StartedSubject>,
  measure: (subject: StartedSubject) => Promise<Measured>,
): Promise<Measured> {
  const subject = await start;
  try {
    return await measure(subject);
  } finally {
    await subject.close();
  }
}
