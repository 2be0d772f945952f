import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readIncident, readIncidents, readSwarm } from '#e2e/support/read-api.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import { createDemoSwarm, type DemoSwarm } from '#lib/demo/create-demo-swarm.ts';
import { createRandom, type Random } from '#lib/demo/create-random.ts';
import { toServiceName } from '#lib/demo/life/change-service.ts';
import { runCommand } from '#lib/demo/life/run-command.ts';
import { findPostgres, startPostgres } from '#lib/testing/start-postgres.ts';
import { type Away, compareIncidents, describeIncident } from './compare-incidents.ts';
import { followIncidents, readAllIncidents } from './follow-incidents.ts';

const LOOK_MS = 400;
const SETTLE_MS = 150_000;
/** What is bad again within two minutes is what it was. */
const NODE_APART_MS = 180_000;

export interface KillWalkOptions {
  kills: number;
  seed: number;
  /** Keeps the history of the one that is killed there. */
  isPostgres: boolean;
  print(text: string): void;
}

/**
 * Two servers beside each other on one demo swarm in which much goes wrong; one of them is killed (SIGKILL) at random moments and
 * started again. In the end both have to tell the same incidents, and what was ever told by an address has to be found there.
 *
 * @returns how much is told otherwise
 */
export async function runKillWalk({ kills, seed, isPostgres, print }: KillWalkOptions): Promise<number> {
  const random = createRandom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'vitals-kills-'));
  const bin = isPostgres ? findPostgres() : null;
  const postgres = bin === null ? null : await startPostgres(bin);
  const database = postgres === null ? null : await postgres.create();
  const demo = await createDemoSwarm({ seed, listen: { kind: 'tcp', host: '127.0.0.1', basePort: 0 } });
  const settings = {
    VITALS_MANAGERS: demo.managers.join(','),
    VITALS_ENGINES: demo.engines.join(','),
  };
  const servers: VitalsServer[] = [];
  try {
    const whole = await startVitals({ ...settings, VITALS_DATA: join(folder, 'whole') });
    servers.push(whole);
    const url =
      database === null
        ? {}
        : {
            VITALS_DATABASE_URL: `postgres://${database.user}:${encodeURIComponent(database.password)}@${database.host}:${database.port}/${database.database}`,
          };
    const killed = await startVitals({ ...settings, ...url, VITALS_DATA: join(folder, 'killed') });
    servers.push(killed);
    for (const one of servers) while (!(await readSwarm(one)).ready) await sleep(LOOK_MS);
    await sleep(5_000);

    const life = createBadLife(demo, random, print);
    const told = followIncidents(killed, LOOK_MS);
    const aways = await killAgainAndAgain(killed, kills, random, print);
    life.stop();
    const endMs = Date.now() + SETTLE_MS;
    const areOver = async () => {
      const all = await Promise.all(servers.map((one) => readIncidents(one, 'state=open')));
      return all.every(({ incidents }) => incidents.length === 0);
    };
    while (!(await areOver()) && Date.now() < endMs) await sleep(LOOK_MS);
    const ids = await told.stop();
    const [ofWhole = [], ofKilled = []] = await Promise.all(servers.map(readAllIncidents));
    const wrong = compareIncidents(ofWhole, ofKilled, aways);
    for (const id of ids) {
      const found = await readIncident(killed, id).catch((error: unknown) => String(error));
      if (typeof found === 'string') wrong.push(`what was told as ${id} is not there any more: ${found}`);
    }
    await killed.stop();
    await killed.start();
    while (!(await readSwarm(killed)).ready) await sleep(LOOK_MS);
    const after = await readAllIncidents(killed);
    for (const one of ofKilled.filter(({ endedAtMs }) => endedAtMs !== null)) {
      const same = after.find(({ id }) => id === one.id);
      if (JSON.stringify(same) !== JSON.stringify(one))
        wrong.push(`${describeIncident(one)}: after one more start ${JSON.stringify(same)}`);
    }
    for (const text of wrong) print(`  WRONG ${text}`);
    print(
      `${ofWhole.length} incidents of a server that ran on, ${ofKilled.length} of one that was killed ${kills} times (${ids.size} addresses): ${wrong.length} told otherwise.`,
    );
    return wrong.length;
  } finally {
    for (const one of servers) await one.kill();
    await demo.close();
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function killAgainAndAgain(
  server: VitalsServer,
  kills: number,
  random: Random,
  print: (text: string) => void,
): Promise<Away[]> {
  const aways: Away[] = [];
  for (let n = 1; n <= kills; n += 1) {
    // Some right after the start, some after minutes.
    await sleep(random.pick([random.between(0, 3_000), random.between(3_000, 15_000), 25_000]));
    const fromMs = Date.now();
    await server.kill();
    if (random.index(3) === 0) await sleep(random.between(0, 20_000));
    // On a machine with much else to do a start may be given up, which is one kill more.
    while (
      !(await server.start().then(
        () => true,
        () => false,
      ))
    )
      print(`  kill ${n}, not up in time`);
    while (!(await readSwarm(server)).ready) await sleep(100);
    const away = { fromMs, untilMs: Date.now() };
    aways.push(away);
    print(`  kill ${n}, away ${toTime(away.fromMs)} to ${toTime(away.untilMs)}`);
  }
  return aways;
}

/** Beside what the demo swarm goes through anyway: nodes, engines, loops, updates and probes, several at once. */
function createBadLife(demo: DemoSwarm, random: Random, print: (text: string) => void) {
  const timers = new Set<NodeJS.Timeout>();
  const undo = new Set<() => void>();
  let isStopped = false;

  function run(command: string, input: Record<string, unknown>): void {
    try {
      runCommand(demo, command, input);
      print(`  ${toTime(Date.now())} ${command} ${JSON.stringify(input)}`);
    } catch (error) {
      // No container runs there now, or there is no leader.
      if (!(error instanceof TypeError)) throw error;
    }
  }

  function later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, ms);
    timers.add(timer);
  }

  function forWhile(begin: () => void, end: () => void, ms: number): void {
    begin();
    const over = () => undo.delete(over) && end();
    undo.add(over);
    later(ms, over);
  }

  const services = demo.world.services.map(toServiceName);
  let isNodeHurt = false;
  const hurtAtMs = new Map<number, number>();

  /** One at a time, and none again soon: what comes back at once is one incident, and where that is cut is chance. */
  function pickNode(): number | null {
    const isFree = (node: number) => Date.now() - (hurtAtMs.get(node) ?? 0) > NODE_APART_MS;
    const free = demo.world.nodes.map((_, index) => index + 1).filter(isFree);
    return isNodeHurt || free.length === 0 ? null : random.pick(free);
  }

  function hurt(node: number, begin: string, end: string, ms: number): void {
    isNodeHurt = true;
    forWhile(
      () => run(begin, { node: String(node) }),
      () => {
        run(end, { node: String(node) });
        hurtAtMs.set(node, Date.now());
        isNodeHurt = false;
      },
      ms,
    );
  }

  function strike(): void {
    const node = pickNode();
    const service = random.pick(services);
    const ms = random.between(8_000, 50_000);
    const acts = [
      ...(node === null
        ? []
        : [() => hurt(node, 'node-down', 'node-up', ms), () => hurt(node, 'freeze', 'thaw', ms)]),
      () =>
        forWhile(
          () => run('crash', { service }),
          () => run('crash', { service, on: false }),
          ms,
        ),
      () => run('update', { service, fails: random.index(2) === 0 }),
      () =>
        forWhile(
          () => run('flip', { service, slot: 1, to: 'fail' }),
          () => run('flip', { service, slot: 1, to: 'own' }),
          ms,
        ),
      () => run('kill-task', { service, slot: 1, exitCode: 3 }),
    ];
    random.pick(acts)();
  }

  function again(): void {
    later(random.between(4_000, 16_000), () => {
      if (isStopped) return;
      strike();
      again();
    });
  }

  again();
  return {
    stop() {
      isStopped = true;
      for (const over of [...undo]) over();
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

function toTime(ms: number): string {
  return new Date(ms).toISOString().slice(11, 21);
}
