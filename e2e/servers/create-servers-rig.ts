import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Size } from '#e2e/bench/sizes.ts';
import { type DemoProcess, startDemoSwarm } from '#e2e/bench/start-demo-swarm.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { readSwarm } from '#e2e/support/read-api.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import type { PostgresAddress } from '#lib/history/postgres/message.ts';
import { startPostgres, type TestPostgres } from '#lib/testing/start-postgres.ts';
import { compareProbes } from './compare-probes.ts';
import type { LiveAges } from './create-age-tally.ts';
import { type CutProxy, startCutProxy } from './start-cut-proxy.ts';
import { type Front, type FrontName, startFront } from './start-front.ts';
import { type ReceivedMessage, startReceiver } from './start-receiver.ts';
import { watchServers } from './watch-servers.ts';

/** Of 1 MB a segment: what is written goes to a new one soon. */
const SMALL_WAL = ['max_wal_size=16MB', 'min_wal_size=4MB'];
/** What only a follower read is handed in after a minute. */
const WRITTEN_WITHIN_MS = 180_000;

/** One of several servers, each with its own way to the database. */
export interface RigServer {
  vitals: VitalsServer;
  way: CutProxy;
  isFrozen: boolean;
}

/** Several servers of the product on one demo swarm and one PostgreSQL, and who is told. */
export interface ServersRig {
  servers: readonly RigServer[];
  postgres: TestPostgres;
  /** Where it keeps the history of these servers. */
  address: PostgresAddress;
  received: readonly ReceivedMessage[];
  command(name: string, input: object): Promise<void>;
  /** Of more than one replica, with a health check. */
  listServices(): Promise<string[]>;
  freeze(server: RigServer): void;
  thaw(server: RigServer): void;
  /** Which of them says that it leads; none while that is not so. */
  findLeader(): Promise<RigServer | null>;
  /** Since now, in milliseconds, until another one than `before` leads. @throws after `withinMs` */
  waitForLeader(before: RigServer | null, withinMs: number): Promise<number>;
  /** What the database has of messages, and which services need attention, at each server. */
  describeMessages(): Promise<string>;
  /** Probes that somebody was shown: `task start`. */
  shown: ReadonlySet<string>;
  /** What happens now, for who looks for a cause. */
  during(what: string): void;
  /** How old the live view was, beside that of a server without a database; `null`: there is none such. */
  ages(): LiveAges | null;
  /** The longest that somebody waited for the picture, of a server that ran; milliseconds. */
  slowestMs(): number;
  /** From each start of a server until it had read every engine, least first; milliseconds. */
  startsMs(): number[];
  /** Ends the servers, starts them once more, and compares, until nothing is missed, or for three minutes. */
  compare(): Promise<{ shown: number; missed: string[]; doubles: string[] }>;
  close(): Promise<void>;
}

/**
 * @param isCompared beside them runs one without a database, to which nothing is done
 * @param fronts what stands between each of them and PostgreSQL, in their order
 * @param calmS seconds for which what came again has to hold before it is told once more
 * @param diskMb PostgreSQL has a disk of its own of this size, which can be filled
 */
export async function createServersRig(
  bin: string,
  count: number,
  {
    size = { nodes: 5, services: 10, replicas: 60 },
    isCompared = false,
    fronts: frontNames = [],
    diskMb = null,
    calmS = 2,
  }: {
    size?: Size;
    isCompared?: boolean;
    fronts?: readonly FrontName[];
    diskMb?: number | null;
    calmS?: number;
  } = {},
): Promise<ServersRig> {
  const postgres = await startPostgres(bin, diskMb === null ? [] : SMALL_WAL, { diskMb });
  const address = await postgres.create();
  const fronts: Front[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'vitals-servers-'));
  const demo: DemoProcess = await startDemoSwarm(size, new AbortController().signal);
  const receiver = await startReceiver();
  const servers: RigServer[] = [];
  for (let at = 0; at < count; at += 1) {
    const name = frontNames[at];
    const front = name === undefined ? null : await startFront(name, address);
    if (front !== null) fronts.push(front);
    const way = await startCutProxy(front?.port ?? address.port);
    const data = join(folder, String(at));
    mkdirSync(data);
    const { user, password, database } = address;
    const vitals = await startVitals({
      ...demo.settings,
      VITALS_DATA: data,
      VITALS_DATABASE_URL: `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${way.port}/${database}`,
      VITALS_WEBHOOK_URL: receiver.url,
      VITALS_WEBHOOK_HOLD: '2',
      VITALS_WEBHOOK_CALM: String(calmS),
    });
    servers.push({ vitals, way, isFrozen: false });
  }
  const plain = join(folder, 'alone');
  mkdirSync(plain);
  const alone = isCompared ? await startVitals({ ...demo.settings, VITALS_DATA: plain }) : null;
  const watch = watchServers(servers, alone);
  const { shown } = watch;

  async function findLeader(): Promise<RigServer | null> {
    const asked = servers.map(async (server) => {
      if (server.isFrozen || server.vitals.pid === null) return null;
      const signal = AbortSignal.timeout(1_000);
      const response = await fetch(`${server.vitals.url}/api/healthz`, { signal }).catch(() => null);
      const health = (await response?.json().catch(() => null)) as { lead?: string } | null;
      return health?.lead === 'leads' ? server : null;
    });
    return (await Promise.all(asked)).find((one) => one !== null) ?? null;
  }

  return {
    servers,
    postgres,
    address,
    received: receiver.received,
    shown,
    during: watch.during,
    ages: watch.ages,
    slowestMs: watch.slowestMs,
    startsMs: watch.startsMs,
    findLeader,
    async listServices() {
      const { services } = await readSwarm(servers.find(({ isFrozen }) => !isFrozen)?.vitals ?? { url: '' });
      return services
        .filter(({ replicas }) => replicas.length > 1 && replicas.every(({ health }) => health !== null))
        .map(({ name }) => name);
    },
    async command(name, input) {
      const response = await fetch(`${demo.control}/${name}`, {
        method: 'POST',
        body: JSON.stringify(input),
      });
      if (!response.ok) throw new Error(`${name}: ${await response.text()}`);
    },
    freeze(server) {
      server.isFrozen = true;
      process.kill(server.vitals.pid ?? 0, 'SIGSTOP');
    },
    thaw(server) {
      if (server.vitals.pid !== null) process.kill(server.vitals.pid, 'SIGCONT');
      server.isFrozen = false;
    },
    async waitForLeader(before, withinMs) {
      const sinceMs = performance.now();
      const isOther = async () => {
        const leader = await findLeader();
        return leader !== null && leader !== before;
      };
      await waitFor(isOther, withinMs, 'a leader');
      return performance.now() - sinceMs;
    },
    async describeMessages() {
      const ask = (sql: string) => postgres.query(sql, address.database);
      const told = await ask('SELECT subject, verdict FROM swarm_vitals.told');
      const unsent = await ask('SELECT n, made_ms, body FROM swarm_vitals.messages WHERE sent_ms IS NULL');
      const seen = servers.map(async ({ vitals }) => {
        const { services } = await readSwarm(vitals);
        const health = await (await fetch(`${vitals.url}/api/healthz`)).text();
        const metrics = await (await fetch(`${vitals.url}/api/metrics`)).text();
        return [
          services
            .filter(({ verdict }) => verdict !== 'healthy')
            .map(({ name, id, verdict }) => ({ name, id, verdict })),
          health,
          metrics.split('\n').filter((line) => line.startsWith('swarm_vitals_webhook')),
        ];
      });
      return JSON.stringify({ told, unsent, seen: await Promise.all(seen) });
    },
    async compare() {
      await watch.end();
      // What one that is stopped has no time to write lies in its folder until it is started again.
      for (const { vitals } of servers) await vitals.stop();
      for (const { vitals } of servers) await vitals.start();
      await waitFor(findLeader, 60_000, 'a leader');
      const endMs = performance.now() + WRITTEN_WITHIN_MS;
      for (;;) {
        await sleep(10_000);
        const compared = compareProbes(address, shown);
        if (compared.missed.length === 0 || performance.now() > endMs) return compared;
      }
    },
    async close() {
      const watched = watch.end();
      for (const server of servers) {
        if (server.isFrozen && server.vitals.pid !== null) process.kill(server.vitals.pid, 'SIGCONT');
        await server.vitals.kill().catch(() => {});
        await server.way.close();
      }
      await alone?.kill();
      for (const front of fronts) front.close();
      await watched;
      await demo.close();
      await receiver.close();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
