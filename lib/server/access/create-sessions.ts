import { createHash, randomBytes } from 'node:crypto';
import { sealData, unsealData } from 'iron-session';
import type { OwnCookie } from './cookies.ts';
import type { Person } from './grants/grants.ts';
import { MAX_REMEMBERED, remember } from './remember.ts';

const SESSION_SECONDS = 7 * 24 * 3600;
const SESSION_MS = SESSION_SECONDS * 1_000;
/** A clock that is behind the provider's shall not end one before it begins. */
const MIN_SESSION_MS = 10_000;
/** So far the clock of the machine may be set forth or back without anybody being signed out, or staying for longer. */
const MAX_STEP_MS = 24 * 3_600_000;
/** So long after it began a session may still open something. */
export const SESSION_LASTS_MS = SESSION_MS + MAX_STEP_MS;

export interface Session {
  kind: 'session';
  id: string;
  begunAtMs: number;
  endsAtMs: number;
  /** Who signed in; `null`: whoever knows the password. */
  person: Person | null;
}

/** Sessions, each sealed into its cookie: what is kept here is only what they are known again by. */
export interface Sessions {
  /** The session in this seal; `null`: there is none, or it is over. */
  open(seal: string): Promise<Session | null>;
  /** Whether it has not ended: not signed out, not over. */
  isOpen(session: Omit<Session, 'kind' | 'person'>): boolean;
  /**
   * The cookie of a session that begins now.
   *
   * @param endsAtMs when it ends at the latest, by the clock of the machine; left out: after the longest that one lasts
   */
  begin(endsAtMs?: number, person?: Person | null): Promise<OwnCookie>;
}

export function createSessions(options: {
  /** What seals are made with. */
  key(): Promise<string>;
  /** Monotonic, in milliseconds. */
  nowMs(): number;
  /** The clock of the machine, which can be set at any time; epoch milliseconds. */
  wallMs(): number;
  isSignedOut(id: string, begunAtMs: number): boolean;
}): Sessions {
  const { key, nowMs, wallMs } = options;
  const startedAtMs = wallMs() - nowMs();
  /** Goes on evenly when the machine's clock is set, and at most a day behind it: a machine that slept counts the night. */
  const steadyMs = () => Math.max(startedAtMs + nowMs(), wallMs() - MAX_STEP_MS);
  const opened = new Map<string, Session>();
  const closed = new Set<string>();

  /** One that would last for longer than any does was made while a clock was wrong. */
  function isOpen({ id, begunAtMs, endsAtMs }: Omit<Session, 'kind' | 'person'>): boolean {
    const leftMs = endsAtMs - steadyMs();
    return leftMs > 0 && leftMs <= SESSION_LASTS_MS && !options.isSignedOut(id, begunAtMs);
  }

  return {
    /** A seal that was opened once is known again, and so is one that opens nothing: a page with its stream asks often. */
    async open(seal) {
      let session = opened.get(seal) ?? null;
      if (session === null) {
        const name = createHash('sha256').update(seal).digest('base64url');
        if (closed.has(name)) return null;
        session = await unseal(seal, await key());
        if (session === null) {
          // The keys stay, so what they do not open now they never will.
          if (closed.size >= MAX_REMEMBERED) closed.delete(closed.keys().next().value ?? '');
          closed.add(name);
          return null;
        }
        remember(opened, seal, session);
      } else {
        // Those that are used stay, however many others somebody comes with once.
        opened.delete(seal);
        opened.set(seal, session);
      }
      return isOpen(session) ? session : null;
    },
    isOpen,
    async begin(untilMs = Number.POSITIVE_INFINITY, person = null) {
      const begunAtMs = steadyMs();
      const lastsMs = Math.min(SESSION_MS, Math.max(MIN_SESSION_MS, untilMs - wallMs()));
      const session: Session = {
        kind: 'session',
        id: newId(),
        begunAtMs,
        endsAtMs: begunAtMs + lastsMs,
        person,
      };
      return {
        kind: 'session',
        value: await sealData(session, { password: await key(), ttl: 0 }),
        maxAgeSeconds: Math.ceil(lastsMs / 1_000),
      };
    },
  };
}

/** A name that nobody guesses. */
export const newId = () => randomBytes(18).toString('base64url');

async function unseal(seal: string, password: string): Promise<Session | null> {
  const read = unsealData<Partial<Session>>(seal, { password, ttl: 0 });
  const { kind, id, endsAtMs, begunAtMs, person } = await read.catch((): Partial<Session> => ({}));
  if (kind !== 'session' || typeof id !== 'string' || typeof endsAtMs !== 'number') return null;
  // One of the version before lasts as long as any does.
  return {
    kind,
    id,
    endsAtMs,
    begunAtMs: typeof begunAtMs === 'number' ? begunAtMs : endsAtMs - SESSION_MS,
    // Nobody is named in those of the version before: they are in no group.
    person: person ?? null,
  };
}
