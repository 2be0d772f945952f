import type { FullNetwork } from '#lib/model/contract/finding-facts.ts';
import type { Found } from '#lib/model/contract/found.ts';
import type { NetworkPicture } from '#lib/model/contract/network.ts';
import type { ShortNetwork } from '#lib/model/contract/subject-facts.ts';
import type { Service } from '#lib/model/docker/service.ts';
import { findShortage } from '#lib/model/findings/address-shortage.ts';
import type { NetworkUse } from './create-network-use.ts';

/** Networks with few addresses left, or none. */
export interface AddressShortage {
  /**
   * Looks again at the networks whose use or size may have changed.
   *
   * @returns what is found of the swarm, and the services whose tasks another finding explains from now on, or no more
   */
  decide(nowMs: number): { found: readonly Found<'swarm'>[]; serviceIds: string[] };
  /** What was found of the swarm when it was last decided. */
  found(): readonly Found<'swarm'>[];
  /** One of a service's networks with no address left, as last decided, first one of which that is known; `null`: none. */
  fullFor(service: Service): FullNetwork | null;
  /** Our clock, when time alone may make one short; infinite: it does not. */
  nextDueMs(): number;
}

interface Short {
  /** `perhaps`: none, by a task that waits, while some are left by our count. */
  level: 'few' | 'perhaps' | 'none';
  sinceMs: number;
  picture: NetworkPicture;
  waiting: number;
}

/** A task that waits for so long for its addresses has not come to its turn only: they are given within a moment. */
const WAITS_MS = 10_000;
/** So many may have gone to whom no count knows; that a task waits does not show that half of a large network has. */
const MAX_UNCOUNTED = 8;
const MAX_NAMES = 3;
const NONE: readonly Found<'swarm'>[] = [];

/** @param nameOf a service, as people know it */
export function createAddressShortage(
  use: NetworkUse,
  nameOf: (serviceId: string) => string,
): AddressShortage {
  const short = new Map<string, Short>();
  /** Networks to look at again when a task has waited for long enough. */
  const ripening = new Map<string, number>();
  /** Networks of which a task that waits may say something: what it says depends on its other networks, too. */
  const doubted = new Set<string>();
  let found = NONE;

  /**
   * None is left; or perhaps none, where some are by our count, and a task waits all the same, on no other network that is
   * full: on a node that has none of the network's tasks yet it takes two, its own and its node's, and of an attachable
   * network containers that joined by hand have some.
   */
  function findLevel(picture: NetworkPicture, networkId: string, nowMs: number): Short['level'] | null {
    ripening.delete(networkId);
    doubted.delete(networkId);
    const level = findShortage(picture.addresses);
    const { left, size } = picture.addresses;
    if (level === 'none' || left === null || size === null || use.waitingOn(networkId) === 0) return level;
    const most = Math.min(MAX_UNCOUNTED, Math.floor(size / 2));
    if (left > (picture.attachable ? most : Math.min(most, use.nodesWithout(networkId)))) return level;
    doubted.add(networkId);
    const sinceMs = use.waitingSinceMs(networkId, isFull);
    if (sinceMs === null) return level;
    if (nowMs - sinceMs >= WAITS_MS) return 'perhaps';
    ripening.set(networkId, sinceMs + WAITS_MS);
    return level;
  }

  const isFull = (networkId: string) => findShortage(use.of(networkId).addresses) === 'none';

  function look(networkId: string, nowMs: number): string[] {
    const before = short.get(networkId) ?? null;
    const picture = use.of(networkId);
    const level = findLevel(picture, networkId, nowMs);
    if (level === null) short.delete(networkId);
    else {
      const sinceMs = before?.level === level ? before.sinceMs : nowMs;
      short.set(networkId, { level, sinceMs, picture, waiting: use.waitingOn(networkId) });
    }
    const isFlip = toGone(before?.level ?? null) !== toGone(level);
    return isFlip ? [...use.servicesOn(networkId)] : [];
  }

  function toFacts({ picture }: Short, more: number): ShortNetwork {
    const names = [...use.servicesOn(picture.id)].map(nameOf).sort();
    return { ...toFull(picture), services: { count: names.length, names: names.slice(0, MAX_NAMES) }, more };
  }

  function listFound(): readonly Found<'swarm'>[] {
    if (short.size === 0) return NONE;
    const all = [...short.values()];
    const known = all.filter(({ level }) => level === 'none');
    // A guess beside what is known is said by the tasks that wait.
    const gone = (known.length > 0 ? known : all.filter(({ level }) => level === 'perhaps')).sort(
      (a, b) => b.waiting - a.waiting || compare(a, b),
    );
    const few = all
      .filter(({ level }) => level === 'few')
      .sort((a, b) => toLeft(a) - toLeft(b) || compare(a, b));
    const around = { evidence: null, because: null } as const;
    const [fullest] = gone;
    const [scarcest] = few;
    return [
      ...(fullest === undefined
        ? []
        : [
            {
              cause: 'addresses-gone',
              level: fullest.level === 'none' ? 'problem' : 'notice',
              facts: { ...toFacts(fullest, gone.length - 1), waiting: fullest.waiting },
              sinceMs: Math.min(...gone.map(({ sinceMs }) => sinceMs)),
              ...around,
            } as const,
          ]),
      ...(scarcest === undefined
        ? []
        : [
            {
              cause: 'addresses-few',
              level: 'notice',
              facts: { ...toFacts(scarcest, few.length - 1), left: toLeft(scarcest) },
              sinceMs: Math.min(...few.map(({ sinceMs }) => sinceMs)),
              ...around,
            } as const,
          ]),
    ];
  }

  return {
    decide(nowMs) {
      const changed = use.takeChanged();
      for (const [networkId, atMs] of ripening) if (atMs <= nowMs) changed.add(networkId);
      if (changed.size === 0) return { found, serviceIds: [] };
      const serviceIds = new Set<string>();
      for (const networkId of doubted) changed.add(networkId);
      for (const networkId of changed) for (const id of look(networkId, nowMs)) serviceIds.add(id);
      found = listFound();
      return { found, serviceIds: [...serviceIds] };
    },
    found: () => found,
    fullFor({ networkIds, vips }) {
      if (short.size === 0) return null;
      const own = [...networkIds, ...vips.map(({ networkId }) => networkId)].map((id) => short.get(id));
      const one = own.find((some) => some?.level === 'none') ?? own.find((some) => some?.level === 'perhaps');
      return one === undefined ? null : toFull(one.picture);
    },
    nextDueMs: () => Math.min(Number.POSITIVE_INFINITY, ...ripening.values()),
  };
}

const toGone = (level: Short['level'] | null) => (level === 'few' ? null : level);
const toLeft = ({ picture }: Short) => picture.addresses.left ?? 0;
const compare = (a: Short, b: Short) => ((a.picture.name ?? '') < (b.picture.name ?? '') ? -1 : 1);

function toFull({ id, name, subnets, addresses: { size, tasks, vips, nodes } }: NetworkPicture): FullNetwork {
  return { network: name ?? id, subnets, size: size ?? 0, tasks, vips, nodes };
}
