import { findLargest } from './create-fair-queue.ts';
import { toSite } from './to-party.ts';

/** A limited number of members, each of a party. Who takes most gives way first. */
export interface Pool<Member> {
  /** @returns who has to go so that there is room; `null`: nobody */
  add(member: Member, party: string): Member | null;
  delete(member: Member): void;
  readonly size: number;
}

interface Site<Member> {
  size: number;
  parties: Map<string, Set<Member>>;
}

/**
 * When it is full, the network with the most members, and in it the party with the most, loses one of the lowest rank, the
 * oldest of them. So one address with thousands of connections costs itself, and so does one customer with as many
 * addresses; and where all come from one address, as behind Swarm's routing mesh, the newest ones stay longest, which is
 * long enough to be admitted.
 *
 * @param toRank 0 for a member whose loss nobody notices; the higher, the later it goes
 */
export function createPool<Member>(max: number, toRank: (member: Member) => number): Pool<Member> {
  const sites = new Map<string, Site<Member>>();
  const partyOf = new Map<Member, string>();

  function findExcess(newest: Member): Member | null {
    const site = findLargest(sites.values(), ({ size }) => size);
    const own = findLargest(site?.parties.values() ?? [], ({ size }) => size) ?? new Set();
    let found: { member: Member; rank: number } | null = null;
    for (const member of own) {
      if (member === newest && own.size > 1) continue;
      const rank = toRank(member);
      if (found === null || rank < found.rank) found = { member, rank };
      if (rank === 0) break;
    }
    return found?.member ?? null;
  }

  return {
    add(member, party) {
      const name = toSite(party);
      const site = sites.get(name) ?? { size: 0, parties: new Map<string, Set<Member>>() };
      const own = site.parties.get(party) ?? new Set();
      sites.set(name, site);
      site.parties.set(party, own.add(member));
      site.size += 1;
      partyOf.set(member, party);
      return partyOf.size > max ? findExcess(member) : null;
    },
    delete(member) {
      const party = partyOf.get(member);
      if (party === undefined) return;
      partyOf.delete(member);
      const name = toSite(party);
      const site = sites.get(name);
      const own = site?.parties.get(party);
      own?.delete(member);
      if (own?.size === 0) site?.parties.delete(party);
      if (site === undefined) return;
      site.size -= 1;
      if (site.size === 0) sites.delete(name);
    },
    get size() {
      return partyOf.size;
    },
  };
}
