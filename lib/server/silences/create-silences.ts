import type { Timer, Timers } from '#lib/flow/timers.ts';
import { MAX_OVER, type SilenceStore } from '#lib/history/silences/silence-store.ts';
import { type Silence, toSilenceEnd, toSilenceState } from '#lib/model/contract/silence.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';

/** Another server's are known so soon. */
const LOOK_MS = 1_000;
/** What has not answered by then is said not to: behind others that wait for it, a look may take four times as long to fail. */
const SLOW_MS = 3_000;
/** All of them are read so often, whatever the database says has changed. */
const READ_ALL_MS = 60_000;
/** No timer waits for longer in one piece. */
const MAX_WAIT_MS = 3_600_000;

/** All silences that are known here: they go on while the database is away, until their end. */
export interface Silences {
  /** Those that are open, the first to end first; then those that were over last, the last first. */
  list(): readonly Silence[];
  /** Those whose time it is. */
  active(): readonly Silence[];
  find(id: string): Silence | null;
  /** Why there may be others, or a restart forgets them; `null`: neither. */
  problem(): string | null;
  /** @throws the store's error @returns whether there was room for one more */
  add(silence: Silence): Promise<boolean>;
  /** @throws the store's error @returns `null`: another server was asked before, and it was over */
  end(silence: Silence, by: string | null): Promise<Silence | null>;
  /** Is told whenever others are active than before. */
  subscribe(listener: (active: readonly Silence[]) => void): void;
  close(): void;
}

export function createSilences(
  store: SilenceStore,
  { nowMs, setTimer }: Pick<Timers, 'nowMs' | 'setTimer'>,
): Silences {
  const known = new Map<string, Silence>();
  const listeners: ((active: readonly Silence[]) => void)[] = [];
  let active: readonly Silence[] = [];
  let problem: string | null = 'not read yet';
  let stamp: string | null = null;
  let readAtMs = Number.NEGATIVE_INFINITY;
  let isReading = false;
  let closed = false;
  let edge: Timer | null = null;
  let looking: Timer | null = setTimer(0, () => void look());

  /** What time alone changes is seen at its moment; a clock that was set within the next look. */
  function settle(): void {
    edge?.cancel();
    edge = null;
    const now = nowMs();
    const next = [...known.values()].filter((one) => toSilenceState(one, now) === 'active');
    next.sort((a, b) => a.untilMs - b.untilMs || (a.id < b.id ? -1 : 1));
    if (!hasEqualContent(active, next)) {
      active = next;
      for (const listener of listeners) listener(active);
    }
    const edges = [...known.values()]
      .filter((one) => toSilenceState(one, now) !== 'over')
      .map((one) => (one.fromMs > now ? one.fromMs : one.untilMs));
    const nextMs = Math.min(...edges);
    if (!closed && nextMs < Number.POSITIVE_INFINITY)
      edge = setTimer(Math.min(MAX_WAIT_MS, Math.max(1, nextMs - now)), settle);
  }

  async function look(): Promise<void> {
    if (closed || isReading) return;
    isReading = true;
    const slow = setTimer(SLOW_MS, () => {
      problem ??= 'the database does not answer';
    });
    let why: string | null = null;
    try {
      const now = await store.stamp();
      if (problem !== null || now !== stamp || Math.abs(nowMs() - readAtMs) >= READ_ALL_MS) await read();
      stamp = now;
    } catch (error) {
      why = error instanceof Error ? error.message : String(error);
    }
    slow.cancel();
    problem = why;
    isReading = false;
    settle();
    if (!closed) looking = setTimer(LOOK_MS, () => void look());
  }

  async function read(): Promise<void> {
    const askedAtMs = nowMs();
    const kept = await store.list(askedAtMs);
    readAtMs = askedAtMs;
    const ids = new Set(kept.map(({ id }) => id));
    for (const one of kept) {
      const before = known.get(one.id);
      // Whoever ended it here ended it, whatever a database of before says.
      if (before !== undefined && before.ended !== null && one.ended === null)
        await store.end(before, askedAtMs);
      else known.set(one.id, one);
    }
    for (const one of [...known.values()]) {
      if (ids.has(one.id)) continue;
      // What lost its database, or a part of it, is written there again: it was promised.
      if (toSilenceState(one, askedAtMs) !== 'over') await store.put(one, askedAtMs);
      // Those of long ago, and those for which there is no room: the store says which. One ended meanwhile is in its next list.
      else if (toSilenceEnd(one) < askedAtMs) known.delete(one.id);
    }
  }

  return {
    list: () => sortSilences([...known.values()], nowMs()),
    active: () => active,
    find: (id) => known.get(id) ?? null,
    problem: () => problem,
    async add(silence) {
      if (!(await store.put(silence, nowMs()))) return false;
      known.set(silence.id, silence);
      settle();
      return true;
    },
    async end(silence, by) {
      const ended = { ...silence, ended: { atMs: nowMs(), by } };
      let isOurs = await store.end(ended, nowMs());
      if (!isOurs) {
        // Somebody ended it elsewhere, or the database has lost it and now has it again.
        await read();
        const kept = known.get(silence.id);
        if (kept?.ended === null) isOurs = await store.end(ended, nowMs());
      }
      if (isOurs) known.set(silence.id, ended);
      settle();
      return isOurs ? ended : null;
    },
    subscribe: (listener) => void listeners.push(listener),
    close() {
      closed = true;
      edge?.cancel();
      looking?.cancel();
      looking = null;
    },
  };
}

/** Those that are open, the first to end first; then those that were over last, the last first. */
function sortSilences(all: readonly Silence[], nowMs: number): Silence[] {
  const isOver = (one: Silence) => toSilenceState(one, nowMs) === 'over';
  const open = all.filter((one) => !isOver(one)).sort((a, b) => a.untilMs - b.untilMs);
  const over = all.filter(isOver).sort((a, b) => toSilenceEnd(b) - toSilenceEnd(a));
  return [...open, ...over.slice(0, MAX_OVER)];
}
