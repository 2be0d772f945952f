import type { SharedSession } from './create-shared-session.ts';
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

/** At the end of the name of a leader that has no webhook. */
const MUTE = ' mute';
/** A session that is ended has given back what it held by then. */
const ENDED_WITHIN_MS = 1_000;

/** What whoever leads leaves in the database. */
export interface LeadSign {
  /** - `old` those of a version that gave no sign - `none` nobody has made any */
  tables: 'ours' | 'old' | 'none';
  beat: number;
  fence: number;
  isMute: boolean;
  /** The swarm whose history is there; `null`: it is nobody's yet. */
  owner: string | null;
}

/**
 * What servers that share a database leave there for each other, to know which of them leads: a statement or two each, and no
 * decision.
 */
export interface LeadTable {
  readSign(): Promise<LeadSign>;
  /** @returns false: another session has it */
  lock(): Promise<boolean>;
  unlock(): Promise<void>;
  /** Brings the tables to our version. @returns false: a newer one wrote them, and nothing may be changed by us */
  migrate(): Promise<boolean>;
  /** Whether another one brings the tables to another version: until it has, it gives no sign. */
  isMigrating(): Promise<boolean>;
  /** @returns our number: that of before where nobody has led between, else one above it and `greatest` */
  elect(before: number, greatest: number): Promise<number>;
  /** A sign of life. @returns `unlocked`: of who has no lock; `over`: another one was elected, and none was given */
  beat(fence: number): Promise<'locked' | 'unlocked' | 'over'>;
  /** From the first that leads on, the database is of its swarm. */
  noteOwner(swarmId: string): Promise<void>;
  /**
   * Ends the session of whoever leads, and is done when its lock is free: another look would be a second of those in which
   * another one has to lead. @param withWrite and what it has in the middle of a write, which would keep us from being elected
   */
  endLockHolder(withWrite: boolean): Promise<void>;
  /** In which session it is asked: another number after each failure, with which a lock is lost. */
  session(): number;
}

/**
 * @param serverId ours, other than that of each other server
 * @param canTell it has a webhook
 * @param onMigrate the tables are of this version, and are brought to ours
 */
export function createLeadTable(
  session: SharedSession,
  serverId: string,
  canTell: boolean,
  onMigrate: (version: number) => void,
): LeadTable {
  const holder = `${serverId}${canTell ? '' : MUTE}`;
  return {
    readSign: createSignReader(session),
    async lock() {
      const [row] = await session.query(`SELECT pg_try_advisory_lock(${LEAD_LOCK}) AS is_ours`);
      return String(row?.is_ours) === 'true';
    },
    async unlock() {
      await session.query(`SELECT pg_advisory_unlock(${LEAD_LOCK})`);
    },
    async migrate() {
      const version = await readVersion(session);
      if (version < SCHEMA_VERSION) {
        if (version > 0) onMigrate(version);
        await session.run(toMigration(version));
      }
      return version <= SCHEMA_VERSION;
    },
    isMigrating: async () => (await session.query(`SELECT 1 FROM ${toHolders(MIGRATION_LOCK)}`)).length > 0,
    async elect(before, greatest) {
      const same = await session.query('SELECT 1 FROM lead WHERE holder = $1 AND fence = $2', [
        holder,
        before,
      ]);
      return same.length > 0 ? before : raiseFence(session, holder, greatest);
    },
    async beat(fence) {
      const [row] = await session.query(
        `UPDATE beats SET beat = beat + 1 WHERE EXISTS (SELECT 1 FROM lead WHERE fence = $1)
        RETURNING EXISTS (SELECT 1 FROM ${toOwn(LEAD_LOCK)}) AS is_locked`,
        [fence],
      );
      if (row === undefined) return 'over';
      return String(row.is_locked) === 'true' ? 'locked' : 'unlocked';
    },
    async noteOwner(swarmId) {
      await session.query("INSERT INTO meta(key, value) VALUES ('owner', $1) ON CONFLICT DO NOTHING", [
        swarmId,
      ]);
    },
    async endLockHolder(withWrite) {
      await session.query(
        `SELECT count(pg_terminate_backend(pid, ${ENDED_WITHIN_MS})) FROM ${toHolders(LEAD_LOCK)}`,
      );
      if (withWrite) await endWriters(session);
    },
    session: session.number,
  };
}

/**
 * One question once the tables are known to be there: where each answer is slow, four looks at a leader that gives no sign
 * have to be over soon all the same.
 */
function createSignReader(session: SharedSession): () => Promise<LeadSign> {
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

/** Whoever hangs in the middle of a write keeps the row of who leads for as long. */
async function endWriters(session: SharedSession): Promise<void> {
  await session.query(`SELECT count(pg_terminate_backend(pid, ${ENDED_WITHIN_MS})) FROM pg_locks WHERE granted
    AND pid <> pg_backend_pid() AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND relation = to_regclass('lead') AND mode = 'RowShareLock'`);
}

async function readVersion(session: SharedSession): Promise<number> {
  const [found] = await session.query(FIND_VERSION_TABLE);
  if (String(found?.is_there) !== 'true') return 0;
  return Number((await session.query(READ_VERSION))[0]?.version ?? 0);
}

async function raiseFence(session: SharedSession, holder: string, greatest: number): Promise<number> {
  const raise = () =>
    session.query('UPDATE lead SET fence = greatest(fence, $2::bigint) + 1, holder = $1 RETURNING fence', [
      holder,
      greatest,
    ]);
  const rows = await raise().catch(async (error: unknown) => {
    if ((error as { code?: unknown }).code !== '55P03') throw error;
    await endWriters(session);
    return raise();
  });
  return Number(rows[0]?.fence);
}
