import type { Found } from '#lib/model/contract/found.ts';
import { diffSigns, type RootSign } from '#lib/model/contract/node-sign.ts';
import { findServerRoot, isLocalAddress, isSharedServer } from '#lib/model/findings/swarm-roots.ts';
import { createSignIndex } from './create-sign-index.ts';

/** Log servers that containers on several nodes do not reach: the swarm's, and no node's. */
export interface LogServers {
  /** What the replicas of this service show now; other signs than those of log servers are passed over. */
  set(serviceId: string, signs: readonly RootSign[]): void;
  /** @returns signs that the swarm explains from now on, or no more */
  decide(): RootSign[];
  /** Is this the sign of one of them, as last decided? */
  isShared(sign: RootSign): boolean;
  root(): Found<'swarm'> | null;
}

export function createLogServers(): LogServers {
  /** By server instead of node. */
  const signs = createSignIndex<{ nodeId: string; sign: RootSign }>();
  const shared = new Map<string, readonly RootSign[]>();

  return {
    set(serviceId, now) {
      signs.set(
        serviceId,
        now.flatMap((sign) =>
          sign.kind === 'log-server' && sign.object !== null && !isLocalAddress(sign.object)
            ? { nodeId: sign.object, sign }
            : [],
        ),
      );
    },
    decide() {
      const changed: RootSign[] = [];
      for (const server of signs.takeChanged()) {
        const before = shared.get(server) ?? [];
        const all = signs.onNode(server).map(({ sign }) => sign);
        const now = isSharedServer(all) ? all : [];
        if (now.length === 0) shared.delete(server);
        else shared.set(server, now);
        changed.push(...diffSigns(before, now));
      }
      return changed;
    },
    isShared: ({ kind, object }) => kind === 'log-server' && object !== null && shared.has(object),
    root: () => findServerRoot(shared),
  };
}
