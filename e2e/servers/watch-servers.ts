import { setTimeout as sleep } from 'node:timers/promises';
import { readSwarm } from '#e2e/support/read-api.ts';
import type { VitalsServer } from '#e2e/support/start-vitals.ts';
import { ALONE, createAgeTally, type LiveAges } from './create-age-tally.ts';

const LOOK_MS = 150;
export interface ServersWatch {
  /** Probes that one with the database showed: `task start`. */
  shown: ReadonlySet<string>;
  during(what: string): void;
  ages(): LiveAges | null;
  slowestMs(): number;
  /** From each start until every engine was read, least first: a viewer of this server alone waits so long. Milliseconds. */
  startsMs(): number[];
  end(): Promise<void>;
}

/** Looks at the picture of each server all the time, as somebody who watches does. */
export function watchServers(
  servers: readonly { vitals: VitalsServer; isFrozen: boolean }[],
  alone: VitalsServer | null,
): ServersWatch {
  const shown = new Set<string>();
  const ages = createAgeTally();
  const startsMs: number[] = [];
  let slowestMs = 0;
  let isEnding = false;
  let what = '';

  async function watch(at: number, vitals: VitalsServer, isFrozen: () => boolean): Promise<void> {
    let life: number | null = null;
    let hasRead = false;
    let answeredMs = 0;
    while (!isEnding) {
      const askedAtMs = performance.now();
      const pid = isFrozen() ? null : vitals.pid;
      if (pid !== life) {
        if (hasRead) ages.end(at, answeredMs);
        hasRead = false;
        life = pid;
      }
      const picture = pid === null ? null : await readSwarm(vitals).catch(() => null);
      if (picture !== null && !isFrozen() && pid === vitals.pid) {
        if (!hasRead && picture.nodes.every(({ engine }) => engine.state === 'live')) {
          hasRead = true;
          ages.begin(at);
          if (at !== ALONE) startsMs.push(Date.now() - vitals.spawnedAtMs);
        }
        if (at !== ALONE) slowestMs = Math.max(slowestMs, performance.now() - askedAtMs);
        ages.see(at, picture, what);
        answeredMs = Date.now();
      }
      if (at !== ALONE)
        for (const { taskId, health } of picture?.services.flatMap(({ replicas }) => replicas) ?? []) {
          const probe = health?.lastProbe ?? null;
          if (taskId !== null && probe !== null) shown.add(`${taskId} ${probe.startedAtMs}`);
        }
      await sleep(LOOK_MS);
    }
  }

  const watches = servers.map((server, at) => watch(at, server.vitals, () => server.isFrozen));
  if (alone !== null) watches.push(watch(ALONE, alone, () => false));
  return {
    shown,
    during(now) {
      what = now;
    },
    ages: () => (alone === null ? null : ages.sum([...servers.keys()])),
    slowestMs: () => slowestMs,
    startsMs: () => startsMs.toSorted((a, b) => a - b),
    async end() {
      isEnding = true;
      await Promise.all(watches);
    },
  };
}
