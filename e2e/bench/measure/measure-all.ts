import type { Browser } from '@playwright/test';
import type { Measured, Work } from '#e2e/bench/measured.ts';
import { ROW_GROUPS, type RowGroup } from '#e2e/bench/rows.ts';
import type { Subject } from '#e2e/bench/subject.ts';
import { measureBrowser } from './measure-browser.ts';
import { measureChurn } from './measure-churn.ts';
import { measureCost } from './measure-cost.ts';
import { measureIdle } from './measure-idle.ts';
import { measureDeath, measureLatency, measureUnhealthy } from './measure-latency.ts';
import { measureLoad } from './measure-load.ts';
import { measureMemory } from './measure-memory.ts';
import { measureViewers } from './measure-viewers.ts';

/** These need our own routes, or a stream at the same path. */
const FLOOR_GROUPS: readonly RowGroup[] = ['latency', 'death', 'load', 'cost', 'viewers', 'browser'];
const OTHERS_GROUPS: readonly RowGroup[] = ['latency', 'death', 'load', 'browser'];

interface MeasureInput {
  browser: Browser;
  groups: readonly RowGroup[];
  kind: 'vitals' | 'floor' | 'other';
  work: Work;
}

/** Measures the chosen groups one after the other; death comes last, as its replicas need seconds to return. */
export async function measureAll(
  subject: Subject,
  { browser, groups, kind, work }: MeasureInput,
): Promise<Measured> {
  const possible = { vitals: ROW_GROUPS, floor: FLOOR_GROUPS, other: OTHERS_GROUPS }[kind];
  const measures: Record<RowGroup, () => Promise<Measured>> = {
    idle: async () => (await measureIdle([subject], work))[0] ?? {},
    latency: () => measureLatency(browser, subject, work),
    load: () => measureLoad(browser, subject, work),
    cost: () => measureCost(subject, kind === 'vitals' ? 'all' : 'page', work),
    viewers: () => measureViewers(subject, work),
    browser: () => measureBrowser(browser, subject, work),
    // Deaths: what dies is back some seconds later.
    churn: async () => (await measureChurn([subject], work))[0] ?? {},
    death: async () => ({
      ...(await measureDeath(browser, subject, work)),
      ...(await measureUnhealthy(browser, subject, work)),
    }),
    // On swarms of their own.
    start: async () => ({}),
    checks: async () => ({}),
    memory: () => measureMemory(subject, work),
  };
  const found: Measured = {};
  for (const [group, measure] of Object.entries(measures) as [RowGroup, () => Promise<Measured>][]) {
    if (!groups.includes(group) || !possible.includes(group)) continue;
    work.signal.throwIfAborted();
    process.stderr.write(`  ${kind}: ${group}\n`);
    const measured = await measure();
    // Printed at once: whoever ends it early has these.
    for (const [name, { median, p95 }] of Object.entries(measured))
      process.stderr.write(`    ${name} ${median.toFixed(2)} / ${p95.toFixed(2)}\n`);
    Object.assign(found, measured);
  }
  return found;
}
