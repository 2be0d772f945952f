import type { Page } from '@playwright/test';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';

/** What a page showed of a replica at a moment of the browser's clock. */
export interface Sight {
  atMs: number;
  status: ReplicaStatus | 'not shown';
}

interface Watched {
  seen: Record<string, Sight[]>;
}

/**
 * Notes, in the page, every change of the status that it shows of a replica, at the instant it gets into the document.
 * @returns a function that gives what was seen so far; fails when the page was reloaded meanwhile
 */
export async function watchReplica(page: Page, service: string, key = '1'): Promise<() => Promise<Sight[]>> {
  const id = `${service}.${key}`;
  await page.evaluate((replica) => {
    const shared = window as unknown as { vitalsWatch?: Watched };
    shared.vitalsWatch ??= { seen: {} };
    const seen: Sight[] = [];
    shared.vitalsWatch.seen[replica] = seen;
    const look = () => {
      const element = document.querySelector<HTMLElement>(`[data-replica="${replica}"]`);
      const status = (element?.dataset.status ?? 'not shown') as Sight['status'];
      if (seen.at(-1)?.status !== status) seen.push({ atMs: Date.now(), status });
    };
    look();
    new MutationObserver(look).observe(document, { attributes: true, childList: true, subtree: true });
  }, id);
  return async () => {
    const seen = await page.evaluate(
      (replica) => (window as unknown as { vitalsWatch?: Watched }).vitalsWatch?.seen[replica] ?? null,
      id,
    );
    if (seen === null) throw new Error(`The page was reloaded while ${id} was watched.`);
    return seen;
  };
}
