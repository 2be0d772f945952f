import { setTimeout as sleep } from 'node:timers/promises';
import { readIncidents } from '#e2e/support/read-api.ts';
import type { VitalsServer } from '#e2e/support/start-vitals.ts';
import type { Incident } from '#lib/model/contract/incident.ts';

/** All incidents that a server has, also those of earlier pages. */
export async function readAllIncidents(server: VitalsServer): Promise<Incident[]> {
  const all: Incident[] = [];
  for (;;) {
    const last = all.at(-1);
    const before = last === undefined ? '' : `&before=${encodeURIComponent(last.id)}`;
    const { incidents, more } = await readIncidents(server, `limit=200${before}`);
    all.push(...incidents);
    if (!more) return all;
  }
}

/**
 * Reads the newest incidents again and again, also while the server is killed and started.
 *
 * @param onRead is given what was read each time; the next is read when it has resolved
 * @returns `stop`, which resolves with the ids of all that were ever seen
 */
export function followIncidents(
  server: VitalsServer,
  pauseMs: number,
  onRead: (incidents: readonly Incident[]) => Promise<void> | void = () => {},
) {
  const ids = new Set<string>();
  let isStopped = false;
  async function follow(): Promise<void> {
    while (!isStopped) {
      const read = await readIncidents(server, 'limit=200').catch(() => null);
      for (const { id } of read?.incidents ?? []) ids.add(id);
      await onRead(read?.incidents ?? []);
      await sleep(pauseMs);
    }
  }
  const following = follow();
  return {
    async stop(): Promise<Set<string>> {
      isStopped = true;
      await following;
      return ids;
    },
  };
}
