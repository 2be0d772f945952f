import type { FindingRef } from '#lib/model/contract/finding.ts';
import type { Found } from '#lib/model/contract/found.ts';
import { diffSigns, type RootSign } from '#lib/model/contract/node-sign.ts';
import {
  findServerRoot,
  isLocalAddress,
  isSharedServer,
  SERVER_CAUSES,
  type ServerKind,
  type ServerRoot,
} from '#lib/model/findings/roots/swarm-roots.ts';
import { createSignIndex } from './create-sign-index.ts';

/** Log and file servers that services on several nodes do not reach: the swarm's, and no node's. */
export interface FarServers {
  /** What the replicas of this service show now; other signs than those of servers are passed over. */
  set(serviceId: string, signs: readonly RootSign[]): void;
  /** @returns signs of such servers that are so from now on, or no more, or that the swarm explains, or no more */
  decide(): RootSign[];
  /** Is it of such a server, as last decided? */
  isFar(sign: RootSign): boolean;
  /** The swarm's finding that explains this sign, as last decided; `null`: none does. It names all servers of a kind. */
  rootOf(sign: RootSign): FindingRef | null;
  roots(): Found<'swarm'>[];
}

const KINDS = Object.keys(SERVER_CAUSES) as ServerKind[];

export function createFarServers(): FarServers {
  /** By server instead of node. */
  const signs = createSignIndex<{ nodeId: string; sign: RootSign }>();
  const shared = new Map<string, readonly RootSign[]>();
  let roots: ServerRoot[] = [];
  const listExplained = () => roots.flatMap((root) => root.signs);

  return {
    set(serviceId, now) {
      signs.set(
        serviceId,
        now.flatMap((sign) => {
          const server = toServer(sign);
          return server === null ? [] : [{ nodeId: server, sign }];
        }),
      );
    },
    decide() {
      const changed: RootSign[] = [];
      const servers = signs.takeChanged();
      if (servers.size === 0) return changed;
      for (const server of servers) {
        const before = shared.get(server) ?? [];
        const all = signs.onNode(server).map(({ sign }) => sign);
        const now = isSharedServer(all) ? all : [];
        if (now.length === 0) shared.delete(server);
        else shared.set(server, now);
        changed.push(...diffSigns(before, now));
      }
      const before = listExplained();
      roots = KINDS.flatMap((kind) => findServerRoot(kind, shared.values()) ?? []);
      changed.push(...diffSigns(before, listExplained()));
      return changed;
    },
    isFar(sign) {
      const server = toServer(sign);
      return server !== null && shared.has(server);
    },
    rootOf(sign) {
      const kind = KINDS.find((one) => one === sign.kind);
      const server = toServer(sign);
      if (kind === undefined || server === null || !shared.has(server)) return null;
      return { cause: SERVER_CAUSES[kind], subject: { kind: 'swarm' } };
    },
    roots: () => roots.map(({ found }) => found),
  };
}

/** The server that the sign is of, by its kind and address; `null`: it is of none, or of the node itself. */
function toServer({ kind, object }: RootSign): string | null {
  const isOfServer = KINDS.some((one) => one === kind);
  return isOfServer && object !== null && !isLocalAddress(object) ? `${kind} ${object}` : null;
}
