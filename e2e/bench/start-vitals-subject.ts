import { waitFor } from '#e2e/lab/wait-for.ts';
import { startVitals } from '#e2e/support/start-vitals.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { listTargets } from './list-targets.ts';
import type { Size } from './sizes.ts';
import { startDemoSwarm } from './start-demo-swarm.ts';
import type { Subject } from './subject.ts';

export const SELECTORS = {
  selector: '[data-replica="{service}.{slot}"]',
  anySelector: '[data-replica]',
};

/** Ten thousand containers are read once before that. */
const WELL_WITHIN_MS = 180_000;

export interface StartedSubject extends Subject {
  close(): Promise<void>;
}

interface Wish {
  size: Size;
  /** A folder for a CPU profile of the server. */
  profile: string | null;
  /** Where the server keeps its history; in memory without. */
  dataFolder?: string | null;
  signal: AbortSignal;
}

/** The built server on a demo swarm of this size, once it has read all of it and found it well. */
export async function startVitalsSubject(wish: Wish): Promise<StartedSubject> {
  const { size, profile, dataFolder = null, signal } = wish;
  const demo = await startDemoSwarm(size, signal);
  try {
    const vitals = await startVitals({
      ...demo.settings,
      ...(dataFolder === null ? {} : { VITALS_DATA: dataFolder }),
      ...(profile === null ? {} : { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profile}` }),
    });
    const close = async () => {
      await vitals.stop().finally(demo.close);
    };
    try {
      const picture = await waitFor(
        () => readWell(vitals.url),
        WELL_WITHIN_MS,
        'a swarm that is well',
        signal,
      );
      const { url, pid } = vitals;
      const what = { ...SELECTORS, saysLive: true, targets: listTargets(picture) };
      return { ...what, url, pid, control: demo.control, close };
    } catch (error) {
      await vitals.kill();
      throw error;
    }
  } catch (error) {
    await demo.close();
    throw error;
  }
}

async function readWell(url: string): Promise<SwarmPicture | null> {
  const response = await fetch(`${url}/api/swarm`, { signal: AbortSignal.timeout(10_000) });
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
