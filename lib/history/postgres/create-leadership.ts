import { randomUUID } from 'node:crypto';
import type { SharedSession } from './create-shared-session.ts';
import { describePostgresProblem } from './describe-postgres-problem.ts';
import type { Lead } from './lead.ts';
import {
  FIND_VERSION_TABLE,
  LEAD_LOCK,
  READ_VERSION,
  SCHEMA_VERSION,
  toHolders,
  toMigration,
} from './schema.ts';

const LOOK_MS = 1_000;
/** A leader that gives no sign for so long is taken not to lead any more: it hangs, or is cut off. */
const SILENT_MS = 5_000;
/** And was looked at so often meanwhile. */
const SILENT_LOOKS = 4;
/** A leader that has not been answered for so long does not know whether it still leads. */
const FRESH_MS = 3_000;

/**
 * One of the servers that share a database leads: it has a lock of PostgreSQL's, which ends with its session, and a number
 * that grows with each election and that every write of a leader checks. It gives a sign of life each second; another one
 * ends the session of a leader that gives none, since one that hangs keeps its lock.
 */
export interface Leadership {
  lead(): Lead;
  /** It leads, and was told so just now. */
  isSure(): boolean;
  /** So long nobody has been known to lead, since we began at most: the database is away, or nobody can be elected. */
  unledMs(): number;
  /** Why PostgreSQL cannot be asked; `null`: it can. */
  problem(): unknown;
  /** Settles when it is known whether it leads, or that it cannot be known now. */
  readonly known: Promise<void>;
  subscribe(listener: (lead: Lead) => void): void;
  close(): Promise<void>;
}

interface LeadershipOptions {
  session: SharedSession;
  /** Monotonic, in milliseconds. */
  steadyMs(): number;
  log(level: 'info' | 'warn', text: string): void;
}

export function createLeadership({ session, steadyMs, log }: LeadershipOptions): Leadership {
  const id = randomUUID();
  const listeners: ((lead: Lead) => void)[] = [];
  let lead: Lead = { kind: 'follows', isLed: false };
  /** The session that has the lock; 0: none of ours does. */
  let lockedIn = 0;
  let fence = 0;
  /** Of all numbers that were seen: a database that lost writes, as a standby that took over, must not give one twice. */
  let greatest = 0;
  let answeredAtMs = Number.NEGATIVE_INFINITY;
  let ledAtMs = steadyMs();
  let problem: unknown = null;
  let seen = { beat: Number.NaN, sinceMs: 0, looks: 0 };
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  const { promise: known, resolve: setKnown } = Promise.withResolvers<void>();

  function set(next: Lead): void {
    const isNew = next.kind !== lead.kind || JSON.stringify(next) !== JSON.stringify(lead);
    lead = next;
    if (isNew) for (const listener of listeners) listener(next);
  }

  async function look(): Promise<void> {
    // From when it was asked: whoever was stopped meanwhile reads an answer of long ago.
    const askedAtMs = steadyMs();
    if (lockedIn !== 0 && lockedIn === session.number()) await beat();
    else if (await lock(session)) await begin();
    else await watch();
    answeredAtMs = askedAtMs;
    if (lead.kind === 'leads' || lead.isLed) ledAtMs = askedAtMs;
    problem = null;
  }

  async function begin(): Promise<void> {
    const number = session.number();
    const version = await readVersion(session);
    // A newer one wrote it: nothing of it may be changed by us.
    if (version > SCHEMA_VERSION) {
      await session.query(`SELECT pg_advisory_unlock(${LEAD_LOCK})`);
      return set({ kind: 'follows', isLed: false });
    }
    if (version < SCHEMA_VERSION) await session.run(toMigration(version));
    // Without a leader between, all is as it was.
    const [same] = await session.query('SELECT 1 FROM lead WHERE holder = $1 AND fence = $2', [id, fence]);
    if (same === undefined) {
      fence = await elect(session, id, greatest);
      greatest = fence;
    }
    if (number !== session.number()) return;
    lockedIn = number;
    await session.query('UPDATE beats SET beat = beat + 1');
    set({ kind: 'leads', fence });
  }

  /** While it leads. */
  async function beat(): Promise<void> {
    const [row] = await session.query(
      'UPDATE beats SET beat = beat + 1 WHERE EXISTS (SELECT 1 FROM lead WHERE fence = $1) RETURNING 1 AS is_ours',
      [fence],
    );
    if (row !== undefined) return;
    lockedIn = 0;
    await session.query(`SELECT pg_advisory_unlock(${LEAD_LOCK})`);
    set({ kind: 'follows', isLed: true });
  }

  /** While another one has the lock. */
  async function watch(): Promise<void> {
    lockedIn = 0;
    const { version, beat, fence: theirs } = await readSign(session);
    const now = steadyMs();
    greatest = Math.max(greatest, theirs);
    if (beat !== seen.beat) seen = { beat, sinceMs: now, looks: 0 };
    else seen.looks += 1;
    const isSilent = now - seen.sinceMs >= SILENT_MS && seen.looks >= SILENT_LOOKS;
    // One of before tells nothing, and leads all the same.
    set({ kind: 'follows', isLed: !isSilent || version < 2 });
    if (!isSilent || version < 2) return;
    log('warn', 'The server that leads gives no sign of life: its session with PostgreSQL is ended.');
    seen.sinceMs = steadyMs();
    await endLockHolder(session);
  }

  async function turn(): Promise<void> {
    try {
      await look();
    } catch (error) {
      if (!closed) tellProblem(log, problem, error);
      problem = error;
      seen.looks = 0;
      // Without a sign to be seen from here, nobody is known to lead.
      if (lead.kind === 'follows') set({ kind: 'follows', isLed: false });
    }
    setKnown();
    if (!closed) timer = setTimeout(() => void turn(), LOOK_MS).unref();
  }

  const first = turn();
  return {
    lead: () => lead,
    isSure: () => lead.kind === 'leads' && steadyMs() - answeredAtMs < FRESH_MS,
    unledMs: () => steadyMs() - ledAtMs,
    problem: () => problem,
    known,
    subscribe: (listener) => listeners.push(listener),
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      await first;
      await session.close();
    },
  };
}

/** Once for each, until there is none. */
function tellProblem(log: LeadershipOptions['log'], before: unknown, error: unknown): void {
  const why = describePostgresProblem(error);
  if (before === null || describePostgresProblem(before) !== why)
    log('warn', `Which server leads cannot be found out: PostgreSQL cannot be used (${why}).`);
}

async function lock(session: SharedSession): Promise<boolean> {
  const [row] = await session.query(`SELECT pg_try_advisory_lock(${LEAD_LOCK}) AS is_ours`);
  return String(row?.is_ours) === 'true';
}

async function readSign(session: SharedSession): Promise<{ version: number; beat: number; fence: number }> {
  const version = await readVersion(session);
  const [row] = version >= 2 ? await session.query('SELECT beat, fence FROM beats, lead') : [];
  return { version, beat: Number(row?.beat ?? -1), fence: Number(row?.fence ?? 0) };
}

async function readVersion(session: SharedSession): Promise<number> {
  const [found] = await session.query(FIND_VERSION_TABLE);
  if (String(found?.is_there) !== 'true') return 0;
  return Number((await session.query(READ_VERSION))[0]?.version ?? 0);
}

async function elect(session: SharedSession, id: string, greatest: number): Promise<number> {
  const raise = () =>
    session.query('UPDATE lead SET fence = greatest(fence, $2::bigint) + 1, holder = $1 RETURNING fence', [
      id,
      greatest,
    ]);
  const rows = await raise().catch(async (error: unknown) => {
    if ((error as { code?: unknown }).code !== '55P03') throw error;
    // Whoever hangs in the middle of a write keeps the row for as long.
    await session.query(`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE granted AND pid <> pg_backend_pid()
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND relation = to_regclass('lead') AND mode = 'RowShareLock'`);
    return raise();
  });
  return Number(rows[0]?.fence);
}

async function endLockHolder(session: SharedSession): Promise<void> {
  await session.query(`SELECT pg_terminate_backend(pid) FROM ${toHolders(LEAD_LOCK)}`);
}
