import { expect, test } from 'vitest';
import { createElection } from './create-election.ts';
import type { LeadTable } from './create-lead-table.ts';
import type { Lead } from './lead.ts';

/** What several servers have together: the lock and the rows of one database. */
function createDatabase() {
  return {
    lockedBy: '',
    holder: '',
    fence: 0,
    beat: 0,
    owner: null as string | null,
    isNewer: false,
    isReadOnly: false,
  };
}

type SharedDatabase = ReturnType<typeof createDatabase>;

function createTable(db: SharedDatabase, name: string, canTell: boolean, session: () => number): LeadTable {
  return {
    readSign: async () => ({
      tables: 'ours',
      beat: db.beat,
      fence: db.fence,
      isMute: db.holder.endsWith('mute'),
      owner: db.owner,
    }),
    async lock() {
      if (db.lockedBy !== '' && db.lockedBy !== name) return false;
      db.lockedBy = name;
      return true;
    },
    async unlock() {
      if (db.lockedBy === name) db.lockedBy = '';
    },
    migrate: async () => !db.isNewer,
    isMigrating: async () => false,
    async elect(before, greatest) {
      if (db.isReadOnly) throw Object.assign(new Error('cannot execute UPDATE'), { code: '25006' });
      const holder = `${name}${canTell ? '' : ' mute'}`;
      if (db.holder === holder && db.fence === before) return before;
      db.holder = holder;
      db.fence = Math.max(db.fence, greatest) + 1;
      return db.fence;
    },
    async beat(fence) {
      if (db.fence !== fence) return 'over';
      db.beat += 1;
      return db.lockedBy === name ? 'locked' : 'unlocked';
    },
    async noteOwner(swarmId) {
      db.owner ??= swarmId;
    },
    async endLockHolder() {
      db.lockedBy = '';
    },
    session,
  };
}

function join(db: SharedDatabase, name: string, more: { canTell?: boolean; swarmId?: string | null } = {}) {
  const { canTell = true, swarmId } = more;
  let now = 0;
  let session = 1;
  const leads: Lead[] = [];
  const logged: string[] = [];
  const election = createElection({
    table: createTable(db, name, canTell, () => session),
    canTell,
    isOfSwarm: swarmId !== undefined,
    swarmId: () => swarmId ?? null,
    steadyMs: () => now,
    log: (_, text) => logged.push(text),
    onLead: (lead) => leads.push(lead),
  });
  return {
    leads,
    logged,
    lead: election.lead,
    miss: election.miss,
    async look(times = 1) {
      for (let look = 0; look < times; look += 1) {
        await election.look(now);
        now += 1_000;
      }
      return election.lead();
    },
    /** Its session with the database is lost, and the lock with it. */
    drop() {
      session += 1;
      if (db.lockedBy === name) db.lockedBy = '';
    },
  };
}

const LED = { kind: 'follows', isLed: true };

test('the first that looks leads, and says so once', async () => {
  const db = createDatabase();
  const one = join(db, 'one');
  const other = join(db, 'other');
  expect(await one.look(3)).toEqual({ kind: 'leads', fence: 1 });
  expect(await other.look(3)).toEqual(LED);
  expect(one.leads).toEqual([{ kind: 'leads', fence: 1 }]);
});

test('one that hangs loses the lead to one that looks on, and is told when it wakes', async () => {
  const db = createDatabase();
  const one = join(db, 'one');
  const other = join(db, 'other');
  await one.look();
  expect(await other.look(4)).toEqual(LED);
  expect(await other.look(), 'in the look that finds it so').toEqual({ kind: 'leads', fence: 2 });
  expect(other.logged).toEqual([expect.stringContaining('no sign of life')]);
  expect(await one.look()).toEqual(LED);
});

test('one that was cut off for a moment, in which nobody else led, leads on with its number', async () => {
  const one = join(createDatabase(), 'one');
  await one.look();
  one.drop();
  expect(await one.look()).toEqual({ kind: 'leads', fence: 1 });
});

test('one that was cut off and has nobody to tell leaves the lock to others first, and leads on until they have it', async () => {
  const db = createDatabase();
  const mute = join(db, 'mute', { canTell: false });
  await mute.look();
  mute.drop();
  expect(await mute.look()).toEqual({ kind: 'leads', fence: 1 });
  expect(db.lockedBy).toBe('');
  expect(await join(db, 'teller').look()).toEqual({ kind: 'leads', fence: 2 });
  expect(await mute.look()).toEqual(LED);
});

test('a number is never given twice, also where the database forgot the last one', async () => {
  const db = createDatabase();
  const one = join(db, 'one');
  const other = join(db, 'other');
  await one.look();
  await other.look();
  Object.assign(db, { fence: 0, holder: '', lockedBy: '' });
  expect(await other.look()).toEqual({ kind: 'leads', fence: 2 });
});

test('one whose lock is in another session does not lead, and says why', async () => {
  const db = createDatabase();
  const one = join(db, 'one');
  await one.look();
  db.lockedBy = 'a pool’s';
  await expect(one.look()).rejects.toMatchObject({ code: 'pooled' });
  expect(one.lead()).toEqual({ kind: 'follows', isLed: false });
});

test('one of another swarm stays apart; one that knows no swarm yet takes nothing', async () => {
  const db = createDatabase();
  const one = join(db, 'one', { swarmId: 'shop' });
  await one.look();
  expect(db.owner).toBe('shop');
  expect(await join(db, 'other', { swarmId: 'forum' }).look()).toEqual({ kind: 'apart' });
  db.lockedBy = '';
  expect(await join(db, 'blind', { swarmId: null }).look(6)).toEqual({ kind: 'follows', isLed: false });
  expect(db.lockedBy).toBe('');
});

test('one of an older version changes nothing that a newer one wrote', async () => {
  const db = createDatabase();
  db.isNewer = true;
  expect(await join(db, 'one').look()).toEqual({ kind: 'follows', isLed: false });
  expect([db.lockedBy, db.fence]).toEqual(['', 0]);
});

test('one that cannot look knows of nobody who leads', async () => {
  const db = createDatabase();
  await join(db, 'one').look();
  const other = join(db, 'other');
  await other.look();
  other.miss();
  expect(other.lead()).toEqual({ kind: 'follows', isLed: false });
});

test('where nobody can be elected nobody is said to lead, and no session is ended for that', async () => {
  const db = createDatabase();
  db.isReadOnly = true;
  const servers = [join(db, 'one'), join(db, 'other')];
  for (let look = 0; look < 12; look += 1)
    for (const server of servers) await expect(server.look()).rejects.toThrow('cannot execute UPDATE');
  for (const { leads, logged } of servers) {
    expect(leads.filter((lead) => lead.kind === 'follows' && lead.isLed)).toEqual([]);
    expect(logged).toEqual([]);
  }
  db.isReadOnly = false;
  expect(await servers[0]?.look()).toMatchObject({ kind: 'leads' });
  expect(await servers[1]?.look()).toEqual({ kind: 'follows', isLed: true });
});
