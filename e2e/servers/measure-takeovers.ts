import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { RigServer, ServersRig } from './create-servers-rig.ts';

/** What a leader may be lost by while PostgreSQL can be reached, and what takes PostgreSQL itself away from all. */
export interface Takeover {
  fault: string;
  /** Milliseconds until another server led; of what takes PostgreSQL away, since it answered again, until any did. */
  tookMs: number[];
}

const WITHIN_MS = 60_000;
/** Who was lost follows, has read its swarm and has seen who leads by then. */
const SETTLED_MS = 8_000;

interface Fault {
  name: string;
  lose(leader: RigServer): Promise<unknown>;
  mend(leader: RigServer): Promise<unknown>;
  /** It is over before anybody can lead: the time runs from then. */
  isOfDatabase?: boolean;
}

/** Each way to lose a leader by itself, so many times: how long until another one leads. */
export async function measureTakeovers(
  rig: ServersRig,
  { times, print }: { times: number; print(text: string): void },
): Promise<Takeover[]> {
  const taken: Takeover[] = [];
  await rig.waitForLeader(null, WITHIN_MS);
  for (const { name, lose, mend, isOfDatabase = false } of toFaults(rig)) {
    const tookMs: number[] = [];
    for (let at = 0; at < times; at += 1) {
      await sleep(SETTLED_MS);
      const leader = await rig.findLeader();
      if (leader === null) throw new Error('Nobody leads, and nothing is wrong.');
      const lost = lose(leader);
      if (isOfDatabase) await lost;
      tookMs.push(await rig.waitForLeader(isOfDatabase ? null : leader, WITHIN_MS));
      await lost;
      await mend(leader);
    }
    taken.push({ fault: name, tookMs });
    print(`${name}: ${tookMs.map((ms) => (ms / 1_000).toFixed(1)).join(', ')} s`);
  }
  return taken;
}

function toFaults(rig: ServersRig): Fault[] {
  const { postgres } = rig;
  const nothing = async () => {};
  const away = (name: string, take: () => Promise<void> | void, back: () => Promise<void> | void): Fault => ({
    name,
    async lose() {
      await take();
      await sleep(20_000);
      await back();
    },
    mend: nothing,
    isOfDatabase: true,
  });
  const all = (act: (server: RigServer) => void) => () => rig.servers.forEach(act);
  return [
    {
      name: 'told to end (SIGTERM)',
      lose: ({ vitals }) => vitals.stop(),
      mend: ({ vitals }) => vitals.start(),
    },
    { name: 'killed (SIGKILL)', lose: ({ vitals }) => vitals.kill(), mend: ({ vitals }) => vitals.start() },
    { name: 'frozen (SIGSTOP)', lose: async (one) => rig.freeze(one), mend: async (one) => rig.thaw(one) },
    {
      name: 'frozen, in the middle of a write',
      async lose(one) {
        rig.freeze(one);
        await holdLead(rig);
      },
      mend: async (one) => rig.thaw(one),
    },
    {
      name: 'cut off from the database: connections end',
      lose: async ({ way }) => way.cut('ended'),
      mend: async ({ way }) => way.mend(),
    },
    {
      name: 'cut off from the database: nothing passes',
      lose: async ({ way }) => way.cut('silent'),
      mend: async ({ way }) => way.mend(),
    },
    away('database killed, back after 20 s', postgres.kill, postgres.start),
    away('database frozen for 20 s', postgres.freeze, postgres.thaw),
    away(
      'all cut off for 20 s: connections end',
      all(({ way }) => way.cut('ended')),
      all(({ way }) => way.mend()),
    ),
    away(
      'all cut off for 20 s: nothing passes',
      all(({ way }) => way.cut('silent')),
      all(({ way }) => way.mend()),
    ),
  ];
}

/** As a leader does that is stopped between its first statement and its COMMIT: its session has the row of who leads. */
async function holdLead({ address }: ServersRig): Promise<void> {
  const { tls: _, ...where } = address;
  const client = new pg.Client(where);
  client.on('error', () => {});
  await client.connect();
  await client.query('BEGIN; SELECT 1 FROM swarm_vitals.lead FOR SHARE');
}
