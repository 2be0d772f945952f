import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Browser, Page } from '@playwright/test';
import { churn } from '#e2e/bench/churn.ts';
import { openBrowser } from '#e2e/bench/open-browser.ts';
import { SIZES, type SizeName } from '#e2e/bench/sizes.ts';
import { startVitalsSubject } from '#e2e/bench/start-vitals-subject.ts';
import type { Subject } from '#e2e/bench/subject.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { type Shift, sumLayoutShift } from './sum-layout-shift.ts';

const HEIGHTS: Readonly<Record<number, number>> = { 390: 844, 1024: 768, 1440: 900, 1920: 1080, 3840: 2160 };
/** The changes began so long before a page is opened: that a calm swarm begins to fail is not what is measured. */
const LEAD_MS = 4_000;
/** What a page does while it comes to rest is no part of it. */
const SETTLE_MS = 2_500;
const LOAD_WITHIN_MS = 120_000;
/** So many pages look on at once: they share one minute of changes. */
const AT_ONCE = 3;

/** What one page did while things changed. */
interface Looked {
  size: SizeName;
  width: number;
  name: string;
  shifts: readonly Shift[];
  changesASecond: number;
}

/**
 * `npm run bench -- --rows layout`: how far what is on each page jumps in a minute of fifty changes a second.
 *
 * @param args `--size S,M --seconds 60 --pages node,wall --widths 390,1440`
 * @returns a table of cumulative layout shift (https://web.dev/articles/cls), and what moved most where something did
 */
export async function measureLayout(args: string[], signal: AbortSignal): Promise<string> {
  const string = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: { size: string, seconds: string, pages: string, widths: string },
  });
  const sizes = (values.size ?? 'S,M').split(',').filter((name): name is SizeName => name in SIZES);
  const widths = (values.widths ?? '390,1440').split(',').map(Number);
  const forMs = Number(values.seconds ?? 60) * 1_000;
  const looked: Looked[] = [];
  const browser = await openBrowser();
  const end = () => void browser.close();
  signal.addEventListener('abort', end, { once: true });
  try {
    for (const size of sizes) {
      const subject = await startVitalsSubject({ size: SIZES[size], profile: null, usage: 'on', signal });
      try {
        const paths = Object.entries(await listPages(subject)).filter(
          ([name]) => values.pages === undefined || values.pages.split(',').includes(name),
        );
        const jobs = widths.flatMap((width) => paths.map(([name, path]) => ({ size, width, name, path })));
        for (let at = 0; at < jobs.length; at += AT_ONCE)
          looked.push(...(await lookAt(browser, subject, jobs.slice(at, at + AT_ONCE), forMs, signal)));
      } finally {
        await subject.close();
      }
    }
  } finally {
    signal.removeEventListener('abort', end);
    await browser.close();
  }
  return formatLooked(looked);
}

/** A page of each kind, by its name. */
async function listPages({ url }: Subject): Promise<Record<string, string>> {
  const read = async (path: string) => (await fetch(`${url}${path}`)).json();
  const { services, nodes } = (await read('/api/swarm')) as SwarmPicture;
  const service = services.find(({ mode, replicas }) => mode.kind === 'replicated' && replicas.length > 2);
  const replica = service?.replicas[0];
  const node = nodes.find(({ role }) => role === 'worker') ?? nodes[0];
  if (!service || !replica || !node) throw new Error('The swarm has no service with several replicas.');
  const { incidents } = (await read('/api/incidents?limit=1')) as { incidents: { id: string }[] };
  const own = `/services/${service.name}`;
  return {
    overview: '/',
    service: own,
    replica: `${own}/${replica.key}`,
    compare: `${own}/compare`,
    log: `${own}/log`,
    'replica-log': `${own}/${replica.key}/log`,
    nodes: '/nodes',
    node: `/nodes/${node.hostname}`,
    matrix: '/matrix',
    incidents: '/incidents',
    ...(incidents[0] && { incident: `/incidents/${incidents[0].id}` }),
    timeline: '/timeline',
    events: '/events',
    reports: '/reports',
    silences: '/silences',
    wall: '/wall',
    'wall-matrix': '/wall?views=matrix',
    'wall-nodes': '/wall?views=nodes',
    past: `/?at=${Date.now()}`,
  };
}

type Job = Pick<Looked, 'size' | 'width' | 'name'> & { path: string };

async function lookAt(browser: Browser, subject: Subject, jobs: Job[], forMs: number, signal: AbortSignal) {
  // Until all are open, however long a page takes: what follows is looked at for the whole of its time.
  let isOpen = false;
  const running = (async () => {
    while (!isOpen) await churn(subject, LEAD_MS, signal);
  })();
  const open = async ({ width, path }: Job) => {
    const context = await browser.newContext({ viewport: { width, height: HEIGHTS[width] ?? 900 } });
    const page = await context.newPage();
    await page.addInitScript(collectShifts);
    await page.goto(subject.url + path, { timeout: LOAD_WITHIN_MS });
    return page;
  };
  const openAll = async () => {
    await sleep(LEAD_MS, undefined, { signal });
    const pages = await Promise.all(jobs.map(open));
    await sleep(SETTLE_MS, undefined, { signal });
    return pages;
  };
  const [pages] = await Promise.all([
    openAll().finally(() => {
      isOpen = true;
    }),
    running,
  ]);
  const from = await Promise.all(pages.map(readClock));
  const changes = await churn(subject, forMs, signal);
  const shifts = await Promise.all(pages.map(readShifts));
  await Promise.all(pages.map((page) => page.context().close()));
  return jobs.map(({ size, width, name }, at) => {
    const own = (shifts[at] ?? []).filter(({ atMs }) => atMs >= (from[at] ?? 0));
    process.stderr.write(`${size} ${width} ${name}: ${sumLayoutShift(own).toFixed(4)}\n`);
    return {
      size,
      width,
      name,
      shifts: own,
      changesASecond: (changes / forMs) * 1_000,
    };
  });
}

const readClock = (page: Page) => page.evaluate(() => performance.now());
const readShifts = (page: Page) =>
  page.evaluate(() => (window as { vitalsShifts?: Shift[] }).vitalsShifts ?? []);

/** In the page, from its first moment on. */
function collectShifts(): void {
  const shifts: Shift[] = [];
  Object.assign(window, { vitalsShifts: shifts });
  const name = (node: Node | null | undefined) => {
    const element = node instanceof Element ? node : node?.parentElement;
    return `${element?.tagName.toLowerCase()}.${element?.className} ${element?.textContent?.slice(0, 30)}`;
  };
  const toBox = ({ x, y, width, height }: DOMRectReadOnly) => [x, y, width, height].map(Math.round).join(' ');
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as LayoutShiftEntry[]) {
      if (entry.hadRecentInput) continue;
      const moved = entry.sources
        .slice(0, 3)
        .map((one) => `${name(one.node)}: ${toBox(one.previousRect)} → ${toBox(one.currentRect)}`);
      shifts.push({ atMs: entry.startTime, value: entry.value, moved });
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

/** What Chromium tells of a shift; the types of the DOM do not have it. */
interface LayoutShiftEntry extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
  sources: readonly { node?: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
}

const TELLS_FROM = 0.01;

function formatLooked(looked: readonly Looked[]): string {
  const columns = [...new Set(looked.map(({ size, width }) => `${size}, ${width} px`))];
  const names = [...new Set(looked.map(({ name }) => name))];
  const find = (name: string, column: string) =>
    looked.find((one) => one.name === name && `${one.size}, ${one.width} px` === column);
  const rows = names.map((name) => {
    const cells = columns.map((column) => {
      const one = find(name, column);
      return one === undefined ? '' : sumLayoutShift(one.shifts).toFixed(3);
    });
    return `| ${name} | ${cells.join(' | ')} |`;
  });
  const rate = looked.reduce((sum, { changesASecond }) => sum + changesASecond, 0) / looked.length;
  const details = looked.flatMap(({ size, width, name, shifts }) => {
    const most = shifts.toSorted((a, b) => b.value - a.value)[0];
    if (most === undefined || most.value < TELLS_FROM) return [];
    return [`${size} ${width} ${name}: ${most.value.toFixed(3)}`, ...most.moved.map((text) => `    ${text}`)];
  });
  return [
    `| cumulative layout shift | ${columns.join(' | ')} |`,
    `|---|${columns.map(() => '---|').join('')}`,
    ...rows,
    '',
    `${rate.toFixed(1)} changes a second.`,
    ...details,
  ].join('\n');
}
