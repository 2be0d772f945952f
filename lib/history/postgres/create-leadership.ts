import { randomUUID } from 'node:crypto';
import type { SharedSession } from './create-shared-session.ts';
import { describePostgresProblem, POOLED } from './describe-postgres-problem.ts';
import type { Lead } from './lead.ts';
import {
  FIND_VERSION_TABLE,
  LEAD_LOCK,
  MIGRATION_LOCK,
  READ_VERSION,
  SCHEMA_VERSION,
  toHolders,
  toMigration,
  toOwn,
} from './schema.ts';

const LOOK_MS = 1_000;
/** A leader that gives no sign for so long is taken not to lead any more: it hangs, or is cut off. */
const SILENT_MS = 5_000;
/** And was looked at so often meanwhile. */
const SILENT_LOOKS = 4;
/** Which swarm it reads is known by then, or its managers are away: pages of the past wait no longer for it. */
const SWARM_WITHIN_MS = 10_000;
/** Behind a pool that hands sessions around nothing is tried for so long. */
const POOLED_MS = 60_000;
/** Who cannot tell what happens lets others lead for so long. */
const GIVES_WAY_MS = 5_000;
/** At the end of the name of a leader that has no webhook. */
const MUTE = ' mute';
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
  /** Which swarm is read, once that is known: a database is of one. To be called at the start. */
  setSwarm(readId: () => string | null): void;
  /** Settles when it is known whether it leads, or that it cannot be known now. */
  readonly known: Promise<void>;
  subscribe(listener: (lead: Lead) => void): void;
  close(): Promise<void>;
}

interface LeadershipOptions {
  session: SharedSession;
  /** It has a webhook; default: yes. One that has takes the lead from one that has not. */
  canTell?: boolean;
  /** It waits for `setSwarm`, to lead in a database of that swarm alone; default: no. */
  isOfSwarm?: boolean;
  /** Monotonic, in milliseconds. */
  steadyMs(): number;
  log(level: 'info' | 'warn', text: string): void;
}

// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one state machine; what it asks has functions of its own
export function createLeadership(options: LeadershipOptions): Leadership {
  const { session, steadyMs, log, canTell = true, isOfSwarm = false } = options;
  const id = `${randomUUID()}${canTell ? '' : MUTE}`;
  const startedAtMs = steadyMs();
  let readSwarmId: () => string | null = () => null;
  let givesWayUntilMs = Number.NEGATIVE_INFINITY;
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
  let pooledAtMs = Number.NEGATIVE_INFINITY;
  let isPoolTold = false;
  let seen = { beat: Number.NaN, sinceMs: 0, looks: 0 };
  const readSign = createSignReader(session);
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
    const sign = await readSign();
    const whose = isOfSwarm ? findWhose(sign) : 'ours';
    if (lockedIn !== 0 && lockedIn !== session.number()) lose();
    if (whose === 'theirs') await stayApart();
    else if (whose === 'unknown') await watch(sign, false);
    else if (lockedIn !== 0) await beat(sign);
    else if (askedAtMs < givesWayUntilMs) await giveWay(sign);
    else if (await lock(session)) await begin();
    else await watch(sign);
    answeredAtMs = askedAtMs;
    if (lead.kind === 'leads' || (lead.kind === 'follows' && lead.isLed)) ledAtMs = askedAtMs;
    problem = null;
    if (whose !== 'unknown' || steadyMs() - startedAtMs > SWARM_WITHIN_MS) setKnown();
  }

  function lose(): void {
    lockedIn = 0;
    if (!canTell) givesWayUntilMs = steadyMs() + GIVES_WAY_MS;
  }

  /**
   * Whose history the database has; `unknown`: what we read is not known yet, so that it may be another swarm's. One that is
   * of nobody is not taken then, either: whoever reads no swarm has nothing to write, and would keep out who does.
   */
  function findWhose({ owner: theirs }: Sign): 'ours' | 'theirs' | 'unknown' {
    const ours = readSwarmId();
    if (ours === null) return lockedIn !== 0 ? 'ours' : 'unknown';
    return theirs === null || ours === theirs ? 'ours' : 'theirs';
  }

  async function stayApart(): Promise<void> {
    if (lockedIn !== 0) await session.query(`SELECT pg_advisory_unlock(${LEAD_LOCK})`);
    lockedIn = 0;
    set({ kind: 'apart' });
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
    await noteOwner();
    set({ kind: 'leads', fence });
  }

  /** From the first that leads on, the database is of its swarm. */
  async function noteOwner(): Promise<void> {
    const swarmId = readSwarmId();
    if (isOfSwarm && swarmId !== null)
      await session.query("INSERT INTO meta(key, value) VALUES ('owner', $1) ON CONFLICT DO NOTHING", [
        swarmId,
      ]);
  }

  /** While it leads. */
  async function beat({ owner }: Sign): Promise<void> {
    const [row] = await session.query(
      `UPDATE beats SET beat = beat + 1 WHERE EXISTS (SELECT 1 FROM lead WHERE fence = $1)
      RETURNING EXISTS (SELECT 1 FROM ${toOwn(LEAD_LOCK)}) AS is_locked`,
      [fence],
    );
    // A session that was lost meanwhile is found so by its number.
    if (String(row?.is_locked) === 'true' || (row !== undefined && lockedIn !== session.number()))
      return owner === null ? noteOwner() : undefined;
    lockedIn = 0;
    if (row === undefined) await session.query(`SELECT pg_advisory_unlock(${LEAD_LOCK})`);
    set({ kind: 'follows', isLed: row === undefined });
    if (row !== undefined) throw Object.assign(new Error('the lock is in another session'), { code: POOLED });
  }

  /** Without the lock, so that who can tell may have it: it leads on until another one is elected. */
  async function giveWay(sign: Sign): Promise<void> {
    const ours =
      'UPDATE beats SET beat = beat + 1 WHERE EXISTS (SELECT 1 FROM lead WHERE fence = $1) RETURNING 1';
    if (lead.kind !== 'leads' || (await session.query(ours, [fence])).length === 0) await watch(sign);
  }

  /**
   * While another one has the lock.
   *
   * @param isOurs this may be another swarm's database: then whoever has the lock keeps it
   */
  async function watch({ tables, beat, fence: theirs, isMute }: Sign, isOurs = true): Promise<void> {
    lockedIn = 0;
    const now = steadyMs();
    greatest = Math.max(greatest, theirs);
    if (beat !== seen.beat) seen = { beat, sinceMs: now, looks: 0 };
    else seen.looks += 1;
    const hasNoBeat = now - seen.sinceMs >= SILENT_MS && seen.looks >= SILENT_LOOKS;
    const isSilent = hasNoBeat && !(await isMigrating(session));
    // One of before tells nothing, and leads all the same; where there is no table nobody was seen to.
    set({ kind: 'follows', isLed: (!isSilent || tables !== 'ours') && (isOurs || tables !== 'none') });
    const knowsSwarm = !isOfSwarm || readSwarmId() !== null;
    const isOurTurn = isMute && canTell && knowsSwarm && now - seen.sinceMs < SILENT_MS;
    if ((!isSilent && !isOurTurn) || tables !== 'ours' || !isOurs) return;
    if (isSilent)
      log('warn', 'The server that leads gives no sign of life: its session with PostgreSQL is ended.');
    else
      log(
        'warn',
        'The server that leads has no VITALS_WEBHOOK_URL, and tells nobody: this one takes its place.',
      );
    seen.sinceMs = steadyMs();
    await endLockHolder(session);
  }

  async function turn(): Promise<void> {
    try {
      if (steadyMs() - pooledAtMs >= POOLED_MS) await look();
    } catch (error) {
      const isPooled = (error as { code?: unknown }).code === POOLED;
      if (isPooled) pooledAtMs = steadyMs();
      if (!closed && !(isPooled && isPoolTold)) tellProblem(log, problem, error);
      isPoolTold ||= isPooled;
      problem = error;
      seen.looks = 0;
      // Without a sign to be seen from here, nobody is known to lead.
      if (lead.kind === 'follows') set({ kind: 'follows', isLed: false });
    }
    if (problem !== null) setKnown();
    if (!closed) timer = setTimeout(() => void turn(), LOOK_MS).unref();
  }

  const first = turn();
  return {
    lead: () => lead,
    isSure: () => lead.kind === 'leads' && steadyMs() - answeredAtMs < FRESH_MS,
    unledMs: () => steadyMs() - ledAtMs,
    problem: () => problem,
    known,
    setSwarm(readId) {
      readSwarmId = readId;
    },
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

/** What whoever leads leaves in the database. */
interface Sign {
  /** - `old` those of a version that gave no sign - `none` nobody has made any */
  tables: 'ours' | 'old' | 'none';
  beat: number;
  fence: number;
  isMute: boolean;
  /** The swarm whose history is there; `null`: it is nobody's yet. */
  owner: string | null;
}

/**
 * One question once the tables are known to be there: where each answer is slow, four looks at a leader that gives no sign
 * have to be over soon all the same.
 */
function createSignReader(session: SharedSession): () => Promise<Sign> {
  let isThere = false;
  return async () => {
    const version = isThere ? SCHEMA_VERSION : await readVersion(session);
    if (version < 2)
      return { tables: version === 0 ? 'none' : 'old', beat: -1, fence: 0, isMute: false, owner: null };
    try {
      const [row] = await session.query(
        "SELECT beat, fence, holder, (SELECT value FROM meta WHERE key = 'owner') AS owner FROM beats, lead",
      );
      isThere = true;
      const { beat, fence, holder, owner } = row ?? {};
      const isMute = String(holder ?? '').endsWith(MUTE);
      return {
        ...{ tables: 'ours', beat: Number(beat ?? -1), fence: Number(fence ?? 0), isMute },
        owner: owner == null ? null : String(owner),
      };
    } catch (error) {
      // What was restored may be of before.
      isThere = false;
      throw error;
    }
  };
}

/** Whether another one brings the tables to another version: until it has, it gives no sign. */
async function isMigrating(session: SharedSession): Promise<boolean> {
  return (await session.query(`SELECT 1 FROM ${toHolders(MIGRATION_LOCK)}`)).length > 0;
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
