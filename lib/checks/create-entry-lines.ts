import type { PortTarget } from '#lib/model/docker/port-check.ts';

/** A target, and its place among the others. */
export interface Entry {
  target: PortTarget;
  /** The line that it stands in. */
  line: Set<string>;
  dueMs: number;
  isTaken: boolean;
  /** Rounds in a row in which all answered. */
  well: number;
  askedAtMs: number;
  /** As it was then; `null`: it never was. */
  asked: PortTarget | null;
}

/** `again`: before all others, each second turn; of its service `fresh` and `calm`, as the two are due at paces of their own. */
export type LineName = 'again' | 'fresh' | 'calm';

/** Who comes next: a line for each service, and one for what comes before. Each is in the order in which its entries are due. */
export interface EntryLines {
  get(key: string): Entry | null;
  all(): Iterable<Entry>;
  put(entry: Entry, line: LineName, dueMs: number): void;
  drop(key: string): void;
  /** Those of services that are no more. */
  keepOwners(owners: ReadonlySet<string | null>): void;
  /** Is the first of this target's own line due only later? Then it would wait for that. */
  isBehind(target: PortTarget, nowMs: number): boolean;
  /** The next one that is due and not on a node that is asked enough; it leaves its line. */
  take(nowMs: number, isBusy: (nodeId: string) => boolean): Entry | null;
  nextDueMs(): number;
  size(): number;
}

/** Looked at so many, for one whose node is not busy. */
const MAX_LOOKS = 50;

/** @param earlyMs where others are asked, those that are calm are asked so much before they are due: together they cost less */
export function createEntryLines(earlyMs: number): EntryLines {
  const entries = new Map<string, Entry>();
  const again = new Set<string>();
  /** Of each service, and of Swarm's own ports (`null`); who had its turn last comes last. */
  const owners = new Map<string | null, { fresh: Set<string>; calm: Set<string> }>();
  let wasAgain = false;

  function linesOf({ serviceId }: PortTarget) {
    const known = owners.get(serviceId);
    if (known !== undefined) return known;
    const own = { fresh: new Set<string>(), calm: new Set<string>() };
    owners.set(serviceId, own);
    return own;
  }

  const firstOf = (line: Set<string>): Entry | null => {
    const [key] = line;
    return entries.get(key ?? '') ?? null;
  };

  function findIn(line: Set<string>, nowMs: number, isBusy: (nodeId: string) => boolean): Entry | null {
    let looks = 0;
    for (const key of line) {
      const entry = entries.get(key);
      if (entry === undefined || entry.dueMs > nowMs || looks >= MAX_LOOKS) return null;
      if (!isBusy(entry.target.nodeId)) return entry;
      looks += 1;
    }
    return null;
  }

  function findInTurn(nowMs: number, isBusy: (nodeId: string) => boolean): Entry | null {
    for (const [owner, own] of owners) {
      const entry = toEarlier(findIn(own.fresh, nowMs, isBusy), findIn(own.calm, nowMs + earlyMs, isBusy));
      if (entry === null) continue;
      owners.delete(owner);
      owners.set(owner, own);
      return entry;
    }
    return null;
  }

  return {
    get: (key) => entries.get(key) ?? null,
    all: () => entries.values(),
    put(entry, name, dueMs) {
      const { target } = entry;
      entry.line.delete(target.key);
      entry.line = name === 'again' ? again : linesOf(target)[name];
      entry.dueMs = dueMs;
      entry.line.add(target.key);
      entries.set(target.key, entry);
    },
    drop(key) {
      entries.get(key)?.line.delete(key);
      entries.delete(key);
    },
    keepOwners(kept) {
      for (const owner of owners.keys()) if (!kept.has(owner)) owners.delete(owner);
    },
    isBehind: (target, nowMs) => (firstOf(linesOf(target).fresh)?.dueMs ?? nowMs) > nowMs,
    take(nowMs, isBusy) {
      const entry = wasAgain
        ? (findInTurn(nowMs, isBusy) ?? findIn(again, nowMs, isBusy))
        : (findIn(again, nowMs, isBusy) ?? findInTurn(nowMs, isBusy));
      if (entry === null) return null;
      wasAgain = entry.line === again;
      entry.line.delete(entry.target.key);
      return entry;
    },
    nextDueMs() {
      let nextMs = firstOf(again)?.dueMs ?? Number.POSITIVE_INFINITY;
      for (const { fresh, calm } of owners.values())
        for (const line of [fresh, calm])
          nextMs = Math.min(nextMs, firstOf(line)?.dueMs ?? Number.POSITIVE_INFINITY);
      return nextMs;
    },
    size: () => entries.size,
  };
}

function toEarlier(one: Entry | null, other: Entry | null): Entry | null {
  if (one === null || other === null) return one ?? other;
  return one.dueMs <= other.dueMs ? one : other;
}
