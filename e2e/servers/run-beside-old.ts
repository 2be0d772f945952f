import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startDemoSwarm } from '#e2e/bench/start-demo-swarm.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { readSwarm } from '#e2e/support/read-api.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import { startPostgres } from '#lib/testing/start-postgres.ts';
import { compareProbes } from './compare-probes.ts';

const SIZE = { nodes: 5, services: 10, replicas: 60 };
/** A migration that is long, by a table that takes so long to be changed. */
const MIGRATES_S = 45;

/**
 * A server of another checkout, whose tables are older, and one of this one on the same database: the old one leads, the new one
 * starts beside it and follows, the old one ends, the new one brings the tables to its version for long, during which the old one
 * is started again, and a third server that is slow to start. Every probe that one of them showed is in the history once in the end.
 */
export async function runBesideOld(
  bin: string,
  { checkout, print }: { checkout: string; print(text: string): void },
): Promise<{ shown: number; missed: string[]; doubles: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'vitals-old-'));
  const postgres = await startPostgres(bin);
  const address = await postgres.create();
  const demo = await startDemoSwarm(SIZE, new AbortController().signal);
  const { user, password, port, database } = address;
  const servers = new Map<string, VitalsServer>();
  const shown = new Set<string>();
  let isEnding = false;
  const start = async (name: string, of?: string) => {
    const settings = {
      ...demo.settings,
      VITALS_DATA: join(folder, name),
      VITALS_DATABASE_URL: `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`,
    };
    const server = await startVitals(settings, null, of === undefined ? {} : { checkout: of });
    servers.set(name, server);
    return server;
  };
  const health = async ({ url }: VitalsServer) => {
    const answer = await fetch(`${url}/api/healthz`, { signal: AbortSignal.timeout(2_000) }).catch(
      () => null,
    );
    return ((await answer?.json().catch(() => null)) ?? {}) as {
      lead?: string;
      history?: { sentence: string };
    };
  };
  const tell = async (when: string) => {
    for (const [name, server] of servers) {
      if (server.pid === null) continue;
      const { lead, history } = await health(server);
      print(`${when}: ${name} ${lead}; ${history?.sentence}`);
    }
  };
  const leads = (server: VitalsServer, withinMs = 120_000) =>
    waitFor(async () => (await health(server)).lead === 'leads', withinMs, 'that it leads');
  const watching = (async () => {
    while (!isEnding) {
      for (const server of servers.values()) {
        const picture = server.pid === null ? null : await readSwarm(server).catch(() => null);
        for (const { taskId, health: own } of picture?.services.flatMap(({ replicas }) => replicas) ?? [])
          if (taskId !== null && own?.lastProbe) shown.add(`${taskId} ${own.lastProbe.startedAtMs}`);
      }
      await sleep(150);
    }
  })();
  const version = async () =>
    (await postgres.query('SELECT version FROM swarm_vitals.version', database))[0]?.version;
  try {
    const old = await start('old', checkout);
    await leads(old);
    await sleep(20_000);
    print(`the old one leads; tables of version ${await version()}`);
    const young = await start('young');
    await sleep(15_000);
    await tell('beside each other');
    // Every statement that changes a service waits: the migration is as long as on a large table.
    await postgres.query(
      `CREATE FUNCTION swarm_vitals.wait_long() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN PERFORM pg_sleep(${MIGRATES_S}); RETURN NULL; END';
      CREATE TRIGGER long BEFORE UPDATE ON swarm_vitals.services FOR EACH STATEMENT
        EXECUTE FUNCTION swarm_vitals.wait_long()`,
      database,
    );
    await old.stop();
    await sleep(8_000);
    await tell('the old one ended, the tables are being changed');
    await old.start();
    await sleep(12_000);
    await tell('the old one is started again meanwhile');
    await leads(young);
    print(`the young one leads; tables of version ${await version()}`);
    await postgres.query('DROP TRIGGER long ON swarm_vitals.services', database);
    await sleep(15_000);
    await tell('the old one beside newer tables');
    const slow = await start('slow');
    process.kill(slow.pid ?? 0, 'SIGSTOP');
    await sleep(15_000);
    process.kill(slow.pid ?? 0, 'SIGCONT');
    await sleep(10_000);
    await tell('a third one was stopped for 15 s at its start');
    await old.stop();
    isEnding = true;
    await watching;
    // What only the old one showed lies in its folder: with the new version it is handed in.
    await start('old');
    await sleep(100_000);
    await tell('the old one is updated');
    for (const [name, server] of servers) print(`log of ${name}:\n${server.log()}`);
    return compareProbes(address, shown);
  } finally {
    isEnding = true;
    await watching;
    for (const server of servers.values()) await server.kill().catch(() => {});
    await demo.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
