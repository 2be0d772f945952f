/** A limited number of members, each of a party. Who takes most gives way first. */
export interface Pool<Member> {
  /** @returns who has to go so that there is room; `null`: nobody */
  add(member: Member, party: string): Member | null;
  delete(member: Member): void;
  readonly size: number;
}

/**
 * When it is full, the party with the most members loses its oldest one, of those that wait for nothing first. So one
 * address with thousands of connections costs itself; and where all come from one address, as behind Swarm's routing
 * mesh, the newest ones stay longest, which is long enough to be admitted.
 *
 * @param isIdle whether a member is one whose loss nobody notices
 */
export function createPool<Member>(max: number, isIdle: (member: Member) => boolean): Pool<Member> {
  const parties = new Map<string, Set<Member>>();
  const partyOf = new Map<Member, string>();

  function findExcess(newest: Member): Member | null {
    let largest: Set<Member> = new Set();
    for (const members of parties.values()) if (members.size > largest.size) largest = members;
    const [oldest = null] = largest;
    for (const member of largest) if (member !== newest && isIdle(member)) return member;
    return oldest;
  }

  return {
    add(member, party) {
      const members = parties.get(party) ?? new Set();
      parties.set(party, members.add(member));
      partyOf.set(member, party);
      return partyOf.size > max ? findExcess(member) : null;
    },
    delete(member) {
      const party = partyOf.get(member);
      if (party === undefined) return;
      partyOf.delete(member);
      const members = parties.get(party);
      members?.delete(member);
      if (members?.size === 0) parties.delete(party);
    },
    get size() {
      return partyOf.size;
    },
  };
}
