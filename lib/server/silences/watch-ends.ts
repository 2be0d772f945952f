import type { Timer, Timers } from '#lib/flow/timers.ts';
import type { ThreadSilences } from '#lib/history/silences/create-thread-silences.ts';
import { type Silence, toSilenceEnd } from '#lib/model/contract/silence.ts';
import type { MissedEnds } from '#lib/server/webhook/create-missed-ends.ts';
import type { Silences } from './create-silences.ts';

const RETRY_MS = 1_000;
const CLOCK_MS = 300_000;

/**
 * Of a server that shares no database: until when the ends of silences were told is kept with them, so that what was over while
 * no server ran, or too shortly before to be told, is told by the next one that starts.
 */
export function watchEnds({
  store,
  silences,
  tell,
  nowMs,
  setTimer,
}: Pick<Timers, 'nowMs' | 'setTimer'> & {
  store: Pick<ThreadSilences, 'list' | 'told'>;
  silences: Pick<Silences, 'subscribe'>;
  tell: MissedEnds['tell'];
}): { close(): void } {
  let active = new Set<string>();
  let toldMs = Number.NEGATIVE_INFINITY;
  /** What was over before is told. */
  let isBegun = false;
  let timer: Timer | null = null;
  let closed = false;

  silences.subscribe((now) => {
    const before = active;
    active = new Set(now.map(({ id }) => id));
    const atMs = nowMs();
    if ([...before].some((id) => !active.has(id))) tell([], () => note(atMs));
  });

  function note(atMs: number): void {
    // Ends are told within a minute or so, one before the other; further back it is the clock that was set.
    toldMs = toldMs - atMs < CLOCK_MS ? Math.max(toldMs, atMs) : atMs;
    if (isBegun) void orLater(() => store.told(toldMs));
  }

  async function begin(): Promise<void> {
    const told = await store.told(null);
    const atMs = nowMs();
    const ended = told === null ? [] : (await store.list(atMs)).filter((one) => wasMissed(one, told, atMs));
    if (ended.length > 0) tell(ended, () => end(atMs));
    // A clock that was ahead then says nothing of what ends from now on.
    else if (told === null || told - atMs >= CLOCK_MS) end(atMs);
    else isBegun = true;
  }

  function end(atMs: number): void {
    isBegun = true;
    note(atMs);
  }

  /** The history is opened while we start, and may be away. */
  async function orLater(act: () => Promise<unknown>): Promise<void> {
    try {
      if (!closed) await act();
    } catch {
      if (!closed) timer = setTimer(RETRY_MS, () => void orLater(act));
    }
  }

  void orLater(begin);
  return {
    close() {
      closed = true;
      timer?.cancel();
    },
  };
}

/** One that never began covered nothing. */
function wasMissed(silence: Silence, toldMs: number, nowMs: number): boolean {
  const endMs = toSilenceEnd(silence);
  return endMs > toldMs && endMs <= nowMs && endMs > silence.fromMs;
}
