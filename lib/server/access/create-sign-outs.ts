import { sealData, unsealData } from 'iron-session';

/** Sessions that were signed out, here or at another server, until they would have ended by themselves. */
export interface SignOuts {
  add(sessionId: string): void;
  has(sessionId: string): boolean;
  /** All of them, sealed with `key`. */
  seal(key: string): Promise<string>;
  /** What another server sealed with `key`. @returns whether it did */
  merge(sealed: string, key: string): Promise<boolean>;
}

interface Sealed {
  kind: 'sign-outs';
  /** Session ids, each with how many ms it is still to be refused: clocks differ. */
  sessions: [string, number][];
}

const MAX = 20_000;
const ON_ITS_WAY_MS = 60_000;

/** @param lastsMs how long a session can last */
export function createSignOuts({ lastsMs, nowMs }: { lastsMs: number; nowMs(): number }): SignOuts {
  const endsAtMs = new Map<string, number>();

  function add(sessionId: string, forMs: number): void {
    const untilMs = nowMs() + Math.min(forMs, lastsMs);
    // What was passed on comes back, on its way a little later each time.
    if ((endsAtMs.get(sessionId) ?? Number.NEGATIVE_INFINITY) + ON_ITS_WAY_MS >= untilMs) return;
    const [oldest] = endsAtMs.keys();
    if (endsAtMs.size >= MAX && oldest !== undefined) endsAtMs.delete(oldest);
    endsAtMs.set(sessionId, untilMs);
  }

  function forgetEnded(): void {
    for (const [sessionId, untilMs] of endsAtMs) if (untilMs <= nowMs()) endsAtMs.delete(sessionId);
  }

  return {
    add(sessionId) {
      forgetEnded();
      add(sessionId, lastsMs);
    },
    has: (sessionId) => endsAtMs.has(sessionId),
    seal(key) {
      forgetEnded();
      const sessions = [...endsAtMs].map(([id, untilMs]): [string, number] => [id, untilMs - nowMs()]);
      return sealData({ kind: 'sign-outs', sessions } satisfies Sealed, { password: key, ttl: 0 });
    },
    async merge(sealed, key) {
      const read = await unsealData<Partial<Sealed>>(sealed, { password: key, ttl: 0 }).catch(() => null);
      if (read?.kind !== 'sign-outs' || !Array.isArray(read.sessions)) return false;
      for (const [sessionId, forMs] of read.sessions.slice(0, MAX))
        if (typeof sessionId === 'string' && Number.isFinite(forMs)) add(sessionId, forMs);
      return true;
    },
  };
}
