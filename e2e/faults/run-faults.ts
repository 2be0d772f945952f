import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { createDemoSwarm } from '#lib/demo/create-demo-swarm.ts';
import { hasEqualContent } from '#lib/model/has-equal-content.ts';
import type { SwarmPicture } from '#lib/model/picture.ts';
import { parseConfig } from '#lib/server/config.ts';
import { createVitals } from '#lib/server/create-vitals.ts';
import { compareTruth } from './compare-truth.ts';
import { createInjector } from './create-injector.ts';
import { createViewer } from './create-viewer.ts';
import { type Fault, schedule } from './fault.ts';
import { readTruth, type Truth } from './read-truth.ts';

export interface FaultOptions {
  seed: number;
  forMs: number;
  say(text: string): void;
}

/** Once faults stop, so long may it take until the picture is true again. */
const TRUE_WITHIN_MS = 10_000;
/** A replica may not be shown healthy on the word of an engine that could not be read for longer. */
const GREEN_FOR_MS = 10_000;
const LOOK_MS = 200;
/** Caches fill and code is compiled: after that memory has no reason to grow. */
const WARM_RUNS = 5;
const MOST_GROWTH_BYTES = 60_000_000;

/**
 * Drives the demo swarm through random schedules of faults and holds the product to what must always be so. In one
 * process, over real sockets.
 * @throws with the seed and the schedule when something is wrong
 */
export async function runFaults({ seed, forMs, say }: FaultOptions): Promise<void> {
  const rejections: string[] = [];
  const onRejection = (reason: unknown) => void rejections.push(String(reason));
  process.on('unhandledRejection', onRejection);
  const demo = await createDemoSwarm({
    churn: 20,
    seed,
    listen: { kind: 'tcp', host: '127.0.0.1', basePort: 0 },
  });
  const injector = createInjector(demo);
  await settle();
  const before = countResources();
  const vitals = createVitals(
    parseConfig({
      HOSTNAME: '127.0.0.1',
      VITALS_MANAGERS: demo.managers.join(','),
      VITALS_ENGINES: demo.engines.join(','),
    }),
  );
  const viewer = createViewer(vitals.openStream);
  const wrongs: string[] = [];
  const heaps: number[] = [];
  let revision = 0;
  let slowestMs = 0;

  function look(): void {
    const picture = vitals.picture();
    if (picture.revision < revision)
      wrongs.push(`The revision went back from ${revision} to ${picture.revision}.`);
    revision = picture.revision;
    const unread = injector.findUnread(GREEN_FOR_MS);
    if (unread.size === 0) return;
    for (const service of picture.services) {
      for (const { key, status, nodeId, hostname } of service.replicas) {
        if (nodeId !== null && unread.has(nodeId) && (status === 'healthy' || status === 'running'))
          wrongs.push(
            `${service.name}.${key} is ${status}, and the engine of ${hostname} could not be read.`,
          );
      }
    }
  }

  function toProblems(): string[] {
    return [...wrongs, ...viewer.wrongs(), ...rejections.map((text) => `Unhandled rejection: ${text}`)];
  }

  async function act(fault: Fault): Promise<void> {
    if (fault.kind === 'wait') await sleep(fault.forMs);
    else if (fault.kind === 'drop-viewer') viewer.drop();
    else if (fault.kind === 'confuse-viewer') viewer.confuse();
    else if (fault.kind === 'stall-viewer') viewer.stall(fault.forMs);
    else injector.inject(fault);
  }

  const readNow = () => {
    const leader = demo.world.nodes.findIndex((node) => node.leader);
    return readTruth(demo.engines[leader] ?? '', demo.engines);
  };

  /** @returns what is still not so at the end; nothing when all of it was at one moment */
  async function waitForTruth(): Promise<string[]> {
    const startMs = Date.now();
    let before = await readNow();
    for (;;) {
      const shownMs = Date.now();
      const shown = { picture: vitals.picture(), seen: viewer.picture() };
      const after = await readNow();
      const found = findDifferences(before, shown, after);
      if (found.length === 0) slowestMs = Math.max(slowestMs, shownMs - startMs);
      if (found.length === 0 || shownMs - startMs > TRUE_WITHIN_MS) return found;
      before = after;
      await sleep(LOOK_MS);
    }
  }

  /** The swarm lives on while it is read: a field is wrong when it is neither as it was before nor as it was after. */
  function findDifferences(
    before: Truth,
    { picture, seen }: { picture: SwarmPicture; seen: SwarmPicture | null },
    after: Truth,
  ): string[] {
    const later = compareTruth(after, picture);
    const found = [...compareTruth(before, picture)]
      .filter(([name]) => later.has(name))
      .map(([, text]) => text);
    if (seen?.revision !== picture.revision)
      found.push(`The viewer has revision ${seen?.revision ?? 'none'}, the server ${picture.revision}.`);
    else if (!hasEqualContent(toShown(seen), toShown(picture)))
      found.push(`The viewer's picture differs from the server's at revision ${picture.revision}.`);
    return found;
  }

  const looking = setInterval(look, LOOK_MS);
  try {
    if (!(await vitals.ready(20_000))) throw new Error('The first sync was not done within 20 s.');
    const endMs = Date.now() + forMs;
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(schedule, async (faults) => {
        if (Date.now() > endMs) return;
        for (const fault of faults) await act(fault);
        injector.heal();
        const found = [...(await waitForTruth()), ...toProblems()];
        runs++;
        globalThis.gc?.();
        heaps.push(process.memoryUsage().heapUsed);
        say(`run ${runs}: ${faults.length} faults, ${found.length === 0 ? 'true again' : 'WRONG'}`);
        if (found.length > 0) throw new Error(found.slice(0, 20).join('\n'));
      }),
      {
        seed,
        numRuns: 1_000_000,
        endOnFailure: true,
        interruptAfterTimeLimit: forMs + 60_000,
        markInterruptAsFailure: false,
        maxSkipsPerRun: 0,
      },
    );
    say(`${runs} schedules with seed ${seed}; the slowest was true again after ${slowestMs} ms`);
    checkGrowth(heaps);
  } finally {
    clearInterval(looking);
    await viewer.close();
    await vitals.close();
    injector.close();
    process.off('unhandledRejection', onRejection);
  }
  try {
    await settle();
    const after = countResources();
    for (const [kind, count] of Object.entries(after)) {
      if (count > (before[kind] ?? 0))
        throw new Error(`${count - (before[kind] ?? 0)} more ${kind} than before are left.`);
    }
  } finally {
    await demo.close();
  }
}

/** Two differences are none (see `diffPicture`): the last probe that passed, and when an engine last answered. */
function toShown(picture: SwarmPicture): unknown {
  return {
    ...picture,
    atMs: 0,
    nodes: picture.nodes.map((node) => ({ ...node, engine: { ...node.engine, lastReadMs: null } })),
    services: picture.services.map((service) => ({
      ...service,
      replicas: service.replicas.map((replica) =>
        replica.health === null || replica.health.failingStreak > 0
          ? replica
          : { ...replica, health: { ...replica.health, lastProbe: null } },
      ),
    })),
  };
}

function checkGrowth(heaps: readonly number[]): void {
  const first = heaps[WARM_RUNS];
  const last = heaps.at(-1);
  if (globalThis.gc === undefined || first === undefined || last === undefined) return;
  if (last - first > MOST_GROWTH_BYTES)
    throw new Error(`Memory grew from ${Math.round(first / 1e6)} to ${Math.round(last / 1e6)} MB.`);
}

/** Sockets end a moment after they are told to. */
async function settle(): Promise<void> {
  await sleep(500);
  globalThis.gc?.();
}

/** What keeps a process alive, by kind. */
function countResources(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
