import { NO_ROOT_SIGNS, type RootSign } from '#lib/model/contract/node-sign.ts';
import type { Elsewhere } from '#lib/model/findings/roots/node-roots.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';

/** When probes began to fail, of all services and nodes, in the order of time. */
export interface FailureTimes extends Pick<Elsewhere, 'countServices'> {
  /** All signs of this service. */
  set(serviceId: string, signs: readonly RootSign[]): void;
  /** Is any of it other than when this was last asked? */
  takeChanged(): boolean;
}

export function createFailureTimes(): FailureTimes {
  const byService = new Map<string, readonly RootSign[]>();
  /** Made when it is first asked for: most of the time nothing fails, and then nobody asks. */
  let sorted: readonly RootSign[] | null = null;
  let hasChanged = false;

  /** The first that began at this time or later. */
  function findFirst(all: readonly RootSign[], fromMs: number): number {
    let low = 0;
    let high = all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((all[middle]?.sinceMs ?? 0) < fromMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    set(serviceId, signs) {
      const before = byService.get(serviceId) ?? NO_ROOT_SIGNS;
      const now = signs.filter(({ kind }) => kind === 'probes');
      if (before.length + now.length === 0 || hasEqualContent(before, now)) return;
      if (now.length === 0) byService.delete(serviceId);
      else byService.set(serviceId, now);
      sorted = null;
      hasChanged = true;
    },
    takeChanged() {
      const had = hasChanged;
      hasChanged = false;
      return had;
    },
    countServices({ nodeId, fromMs, untilMs, max }) {
      sorted ??= [...byService.values()].flat().sort((a, b) => a.sinceMs - b.sinceMs);
      const found = new Set<string>();
      for (let at = findFirst(sorted, fromMs); at < sorted.length && found.size < max; at += 1) {
        const sign = sorted[at];
        if (sign === undefined || sign.sinceMs > untilMs) break;
        if (sign.nodeId !== nodeId) found.add(sign.serviceId);
      }
      return found.size;
    },
  };
}
