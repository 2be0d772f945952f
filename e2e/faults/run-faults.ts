import fc from 'fast-check';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { WHOLE } from '#lib/model/contract/scope.ts';
import { parseConfig } from '#lib/server/config.ts';
import { createVitals } from '#lib/server/create-vitals.ts';
import { createGrowthWatch, settleProcess } from './create-growth-watch.ts';
import { createStarvationWatch } from './create-starvation-watch.ts';
import { createTruthWatch } from './create-truth-watch.ts';
import { createViewer } from './create-viewer.ts';
import type { CommonFault } from './fault.ts';
import type { Rig } from './rig.ts';

export interface FaultOptions {
  seed: number;
  forMs: number;
  /** Go on after something was wrong, and report all of it at the end. */
  goOn: boolean;
  print(text: string): void;
  /** After each schedule: how long the picture was untrue after each fault so far. */
  onResults(results: FaultResults): void;
}

/** By kind of fault: how long the picture was untrue after each, milliseconds. */
export type FaultResults = Map<string, number[]>;

/** A replica may not be shown healthy on the word of an engine that could not be read for longer. */
const GREEN_FOR_MS = 10_000;
const LOOK_MS = 200;

/**
 * Drives a swarm through random schedules of faults and holds the product, in this process and over real sockets, to
 * what must always be so.
 * @throws with the schedule and what was wrong
 */
export async function runFaults<F extends { kind: string }>(
  rig: Rig<F>,
  { seed, forMs, goOn, print, onResults }: FaultOptions,
): Promise<void> {
  const rejections: string[] = [];
  const onRejection = (reason: unknown) => void rejections.push(String(reason));
  process.on('unhandledRejection', onRejection);
  await settleProcess();
  const growth = createGrowthWatch();
  const product = createVitals(parseConfig({ HOSTNAME: '127.0.0.1', ...rig.settings }));
  const vitals = product.of(WHOLE);
  const viewer = createViewer(vitals.openStream);
  const starvation = createStarvationWatch();
  const show = () => ({ picture: vitals.picture(), seen: viewer.picture() });
  const truth = createTruthWatch(rig, show, starvation, print);
  const greens: string[] = [];
  let revision = 0;

  function look(): void {
    const picture = vitals.picture();
    if (picture.revision < revision)
      greens.push(`The revision went back from ${revision} to ${picture.revision}.`);
    revision = picture.revision;
    if (!starvation.wasStarved(GREEN_FOR_MS))
      greens.push(...findGreen(picture, rig.findUnread(GREEN_FOR_MS)));
  }

  function takeProblems(): string[] {
    const found = [...greens.splice(0), ...viewer.wrongs().splice(0), ...truth.takeProblems()];
    return [...found, ...rejections.splice(0).map((text) => `Unhandled rejection: ${text}`)];
  }

  async function act(fault: F | CommonFault): Promise<void> {
    if (isCommon(fault)) {
      if (fault.kind === 'wait') return truth.watchFor(fault.forMs);
      if (fault.kind === 'drop-viewer') viewer.drop();
      else if (fault.kind === 'confuse-viewer') viewer.confuse();
      else viewer.stall(fault.forMs);
      truth.mark(fault.kind);
    } else if (await rig.inject(fault)) truth.mark(toLabel(fault));
  }

  async function runSchedule(faults: readonly (F | CommonFault)[]): Promise<string[]> {
    for (const fault of faults) await act(fault);
    truth.pause();
    await rig.heal();
    truth.mark('all healed');
    return [...(await truth.waitForTruth()), ...takeProblems()];
  }

  const looking = setInterval(look, LOOK_MS);
  const failures: string[] = [];
  try {
    if (!(await product.ready(20_000))) throw new Error('The first sync was not done within 20 s.');
    const endMs = Date.now() + forMs;
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(rig.schedule, async (faults) => {
        if (Date.now() > endMs) return;
        const startMs = Date.now();
        const found = await runSchedule(faults);
        runs += 1;
        growth.note();
        onResults(truth.results());
        const result = found.length === 0 ? 'true again' : 'WRONG';
        print(`run ${runs}: ${faults.length} faults, ${Date.now() - startMs} ms, ${result}`);
        if (found.length === 0) return;
        const failure = [JSON.stringify(faults), ...found.slice(0, 20)].join('\n  ');
        if (!goOn) throw new Error(failure);
        print(`  ${failure}`);
        failures.push(failure);
      }),
      {
        seed,
        numRuns: 1_000_000,
        endOnFailure: true,
        interruptAfterTimeLimit: forMs + 400_000,
        markInterruptAsFailure: false,
        maxSkipsPerRun: 0,
      },
    );
    print(`${runs} schedules with seed ${seed}; the slowest was true again after ${truth.slowestMs()} ms`);
    print(growth.describe());
    print(`others on this machine kept this process from running for ${starvation.totalMs()} ms in all`);
    growth.check();
    if (failures.length > 0) throw new Error(`${failures.length} schedules were wrong.`);
  } finally {
    clearInterval(looking);
    starvation.close();
    await viewer.close();
    await product.close();
    process.off('unhandledRejection', onRejection);
  }
  await settleProcess();
  growth.checkNothingLeft();
}

function findGreen(picture: SwarmPicture, unread: ReadonlySet<string>): string[] {
  if (unread.size === 0) return [];
  return picture.services.flatMap(({ name, replicas }) =>
    replicas
      .filter(
        ({ nodeId, status }) => unread.has(nodeId ?? '') && (status === 'healthy' || status === 'running'),
      )
      .map(
        ({ key, status, hostname }) =>
          `${name}.${key} is ${status}, and the engine of ${hostname} could not be read.`,
      ),
  );
}

const COMMON = ['wait', 'drop-viewer', 'stall-viewer', 'confuse-viewer'];

function isCommon(fault: { kind: string }): fault is CommonFault {
  return COMMON.includes(fault.kind);
}

/** A misbehaving proxy is another fault for each way it does. */
function toLabel(fault: { kind: string; proxyFault?: { kind: string } }): string {
  return fault.proxyFault === undefined ? fault.kind : `${fault.kind} ${fault.proxyFault.kind}`;
}
