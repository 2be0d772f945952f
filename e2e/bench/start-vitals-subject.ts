import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { startVitals } from '#e2e/support/start-vitals.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { countKnown } from './count-known.ts';
import { isThroughAgents, type Size } from './sizes.ts';
import { type DemoProcess, startDemoSwarm } from './start-demo-swarm.ts';
import type { Subject, Target } from './subject.ts';

export const SELECTORS = {
  selector: '[data-replica="{service}.{slot}"]',
  anySelector: '[data-replica]',
};

/** Ten thousand containers are read once before that, also on a machine that has much else to do. */
const WELL_WITHIN_MS = 600_000;
/** Looking costs the server time: so many times as long as it took is waited before the next look. */
const PAUSE_RATIO = 4;

export interface StartedSubject extends Subject {
  close(): Promise<void>;
}

interface SubjectInput {
  size: Size;
  /** A folder for a CPU profile of the server. */
  profile: string | null;
  /** Where the server keeps its history; in memory without. */
  dataFolder?: string | null;
  /** The swarm that it looks at, where others do, too; left out, one of its own. */
  demo?: DemoProcess;
  /** Published ports listen, and are asked or not; left out, none listens. */
  checks?: 'on' | 'off';
  /** Whether what containers use is read; left out, as by default. */
  usage?: 'on' | 'off';
  /** How it is started; left out, this checkout's build. */
  start?: typeof startVitals;
  signal: AbortSignal;
}

/** The built server on a demo swarm of this size, once it has read all of it and found it well. */
export async function startVitalsSubject(input: SubjectInput): Promise<StartedSubject> {
  const { size, profile, dataFolder = null, checks, usage, start = startVitals, signal } = input;
  const demo =
    input.demo ??
    (await startDemoSwarm(size, signal, {
      ports: checks !== undefined,
      agents: isThroughAgents(size),
    }));
  const closeDemo = async () => {
    if (input.demo === undefined) await demo.close();
  };
  try {
    const vitals = await start({
      ...demo.settings,
      ...(checks === undefined ? {} : { VITALS_DEMO_ACTIVE: '1', VITALS_CHECKS: checks }),
      ...(usage === undefined ? {} : { VITALS_USAGE: usage }),
      ...(dataFolder === null ? {} : { VITALS_DATA: dataFolder }),
      ...(profile === null ? {} : { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profile}` }),
    });
    const close = async () => {
      await vitals.stop().finally(closeDemo);
    };
    try {
      const picture = await waitFor(
        () => readWell(vitals.url, size),
        WELL_WITHIN_MS,
        'a swarm that is well',
        signal,
      );
      const { url, pid } = vitals;
      const what = { ...SELECTORS, marksLive: true, targets: listTargets(picture) };
      return { ...what, url, pid, control: demo.control, close };
    } catch (error) {
      await vitals.kill();
      throw error;
    }
  } catch (error) {
    await closeDemo();
    throw error;
  }
}

async function readWell(url: string, { replicas: expected }: Size): Promise<SwarmPicture | null> {
  const fromMs = performance.now();
  const { known, unknown } = await countKnown(url);
  if (unknown > 0 || known < expected) {
    await sleep((performance.now() - fromMs) * PAUSE_RATIO);
    throw new Error(`${known} of ${expected} are known`);
  }
  const response = await fetch(`${url}/api/swarm`, { signal: AbortSignal.timeout(60_000) });
  const picture = (await response.json()) as SwarmPicture;
  const isWell = picture.services.every(({ replicas }) =>
    replicas.every(({ status }) => ['healthy', 'running', 'complete'].includes(status)),
  );
  if (picture.ready && picture.services.length > 0 && isWell) return picture;
  const counts = Map.groupBy(
    picture.services.flatMap(({ replicas }) => replicas),
    ({ status }) => status,
  );
  throw new Error([...counts].map(([status, { length }]) => `${length} ${status}`).join(', '));
}

/** Healthy replicas, the services by turns, so that what is measured is spread over the page. */
function listTargets({ services }: Pick<SwarmPicture, 'services'>): Target[] {
  const queues = services.map(({ name, replicas }) =>
    replicas
      .filter(({ status, slot }) => status === 'healthy' && slot !== null)
      .map(({ key }) => ({ service: name, slot: key })),
  );
  const targets: Target[] = [];
  for (let round = 0; queues.some((queue) => queue.length > round); round += 1)
    targets.push(...queues.flatMap((queue) => queue[round] ?? []));
  // A stride over the whole list: neighbours on the page do not follow each other.
  const stride = Math.max(1, Math.round(targets.length * 0.381966));
  const seen = new Set<number>();
  return targets.map((_, index) => {
    let place = (index * stride) % targets.length;
    while (seen.has(place)) place = (place + 1) % targets.length;
    seen.add(place);
    return targets[place] as Target;
  });
}
