import { createHash } from 'node:crypto';
import { sealData, unsealData } from 'iron-session';
import type { SignOutFile } from './open-sign-out-file.ts';

/** Sessions that were signed out, here or at another server, until they would have ended by themselves. */
export interface SignOuts {
  /** Done when it is kept for the time after a restart, as far as it can be. */
  add(sessionId: string): Promise<void>;
  /** @param givenAtMs when it was given, epoch milliseconds */
  has(sessionId: string, givenAtMs: number): boolean;
  /** All of them, sealed with `key`. */
  seal(key: string): Promise<string>;
  /** What another server sealed with `key`. @returns whether it did */
  merge(sealed: string, key: string): Promise<boolean>;
}

interface Sealed {
  kind: 'sign-outs';
  /** Names of sessions, each with how many ms it is still to be refused: clocks differ. */
  sessions: [string, number][];
}

export interface SignOutOptions {
  /** How long a session can last. */
  lastsMs: number;
  /** Monotonic. */
  nowMs(): number;
  /** The clock of the machine, epoch milliseconds. */
  wallMs(): number;
  /** Where they are kept over a restart; `null`: nowhere. */
  file: SignOutFile | null;
}

const MAX = 20_000;
const ON_ITS_WAY_MS = 60_000;
/** How often others' sign-outs are looked for in the file, also where nobody asks: the first who does must be answered by it. */
const REFRESH_MS = 1_000;
const NAME = /^[\w-]{22}$/;

/** What stands for a session in what leaves the process: nothing that a session is made of. */
const toName = (sessionId: string) => createHash('sha256').update(sessionId).digest('base64url').slice(0, 22);

export function createSignOuts({ lastsMs, nowMs, wallMs, file }: SignOutOptions): SignOuts {
  const endsAtMs = new Map<string, number>();
  let refreshedAtMs = Number.NEGATIVE_INFINITY;
  let isRefreshing = false;
  for (const [name, untilMs] of file?.kept ?? []) remember(name, untilMs - wallMs());
  // A database is not read when it is opened: who signed out elsewhere is to be out before anybody asks.
  refresh();
  if (file !== null) setInterval(refresh, REFRESH_MS).unref();

  /** @returns whether this is news */
  function remember(name: string, forMs: number): boolean {
    const untilMs = nowMs() + Math.min(forMs, lastsMs);
    // What was passed on comes back, on its way a little later each time.
    if ((endsAtMs.get(name) ?? Number.NEGATIVE_INFINITY) + ON_ITS_WAY_MS >= untilMs) return false;
    const [oldest] = endsAtMs.keys();
    if (endsAtMs.size >= MAX && oldest !== undefined) endsAtMs.delete(oldest);
    endsAtMs.set(name, untilMs);
    return true;
  }

  async function add(name: string, forMs: number): Promise<void> {
    if (remember(name, forMs)) await file?.add(name, wallMs() + Math.min(forMs, lastsMs));
  }

  /** Another process may have the same file: the server that this one takes over from, or that takes over. */
  function refresh(): void {
    if (file === null || isRefreshing || nowMs() - refreshedAtMs < REFRESH_MS) return;
    refreshedAtMs = nowMs();
    isRefreshing = true;
    void file.refresh().then((found) => {
      isRefreshing = false;
      for (const [name, untilMs] of found) remember(name, untilMs - wallMs());
    });
  }

  function forgetEnded(): void {
    for (const [name, untilMs] of endsAtMs) if (untilMs <= nowMs()) endsAtMs.delete(name);
  }

  return {
    add: (sessionId) => add(toName(sessionId), lastsMs),
    has(sessionId, givenAtMs) {
      refresh();
      return (
        givenAtMs < (file?.closedBeforeMs ?? Number.NEGATIVE_INFINITY) || endsAtMs.has(toName(sessionId))
      );
    },
    seal(key) {
      forgetEnded();
      const sessions = [...endsAtMs].map(([name, untilMs]): [string, number] => [name, untilMs - nowMs()]);
      return sealData({ kind: 'sign-outs', sessions } satisfies Sealed, { password: key, ttl: 0 });
    },
    async merge(sealed, key) {
      const read = await unsealData<Partial<Sealed>>(sealed, { password: key, ttl: 0 }).catch(() => null);
      if (read?.kind !== 'sign-outs' || !Array.isArray(read.sessions)) return false;
      for (const [name, forMs] of read.sessions.slice(0, MAX)) {
        // One of the version before says the id itself.
        if (typeof name === 'string' && Number.isFinite(forMs))
          void add(NAME.test(name) ? name : toName(name), forMs);
      }
      return true;
    },
  };
}
