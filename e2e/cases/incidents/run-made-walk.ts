import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Case } from '#e2e/cases/case.ts';
import { createMadeSwarm, type MadeSwarm } from '#e2e/cases/made-docker/create-made-swarm.ts';
import { serveMadeSwarm } from '#e2e/cases/made-docker/serve-made-swarm.ts';
import { readIncident, readIncidents, readSwarm } from '#e2e/support/read-api.ts';
import { root } from '#e2e/support/root.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import { createRandom, type Random } from '#lib/demo/create-random.ts';
import type { Incident } from '#lib/model/contract/incident.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { describeIncident } from './compare-incidents.ts';
import { followIncidents, readAllIncidents } from './follow-incidents.ts';

const LOOK_MS = 300;
/** What is seen only after a while begins so long after the others at the most. */
const LASTS_MS = 75_000;
const SETTLE_MS = 120_000;

export interface MadeWalkOptions {
  seed: number;
  /** Only cases whose id has one of these, separated by commas; `null`: all. */
  only: string | null;
  print(text: string): void;
}

/**
 * All that a case knows, from well to bad and well again, before a server that is killed (SIGKILL) at two random moments
 * meanwhile, and once after the end: what is told is the same over each kill, over when all is well, and nothing is told twice.
 *
 * @returns how much is not so
 */
export async function runMadeWalk({ seed, only, print }: MadeWalkOptions): Promise<number> {
  const random = createRandom(seed);
  const files = globSync('e2e/cases/list/*.ts', { cwd: root }).sort();
  const lists = await Promise.all(
    files.map(async (file) => ((await import(join(root, file))) as { CASES: Case[] }).CASES),
  );
  const wanted = only?.split(',') ?? [''];
  const all = lists.flat().filter(({ id }) => wanted.some((part) => id.includes(part)));
  const shared = all.filter(({ ownSwarm }) => ownSwarm === undefined);
  const apart = all.filter(({ ownSwarm, expect }) => ownSwarm !== undefined && hasProblem(expect));
  const groups = [...(shared.length > 0 ? [shared] : []), ...apart.map((one) => [one])];
  const seen = createCauses();
  let wrong = 0;
  for (const cases of groups) {
    const id = cases.length === 1 ? (cases[0]?.id ?? '') : `${cases.length} cases of one swarm`;
    const found = await walkOne(cases, random, seen).catch((error: unknown) => ({
      wrong: [`it could not be walked: ${error}`],
      incidents: [] as Incident[],
    }));
    wrong += found.wrong.length;
    print(`— ${id}: ${found.incidents.length} incidents, ${found.wrong.length} wrong`);
    for (const text of found.wrong) print(`  WRONG ${text}`);
    if (cases.length === 1) for (const incident of found.incidents) print(`  ${describeIncident(incident)}`);
  }
  seen.print(print);
  return wrong;
}

function hasProblem(expected: Case['expect']): boolean {
  return [expected].flat().some(({ isWell, level }) => isWell !== true && level !== 'notice');
}

async function walkOne(cases: readonly Case[], random: Random, seen: ReturnType<typeof createCauses>) {
  const managers = cases[0]?.ownSwarm?.managers ?? 1;
  const lay = (faulty: boolean): MadeSwarm => {
    const swarm = createMadeSwarm({ managers });
    for (const one of cases) one.lay({ swarm, name: one.id, faulty });
    return swarm;
  };
  const calm = lay(false);
  const served = await serveMadeSwarm(lay(true));
  served.become(calm);
  const folder = mkdtempSync(join(tmpdir(), 'vitals-made-walk-'));
  const vitals = await startVitals({
    VITALS_MANAGERS: served.managers.join(','),
    VITALS_ENGINES: served.engines.join(','),
    VITALS_DATA: folder,
  });
  const follower = followIncidents(vitals, LOOK_MS, async (incidents) => {
    for (const incident of incidents) seen.noteIncident(incident);
    const picture = await readSwarm(vitals).catch(() => null);
    if (picture !== null) seen.notePicture(picture);
  });
  try {
    await waitUntilReady(vitals);
    await sleep(3_000);
    // Those that are of the calm swarm, which lacks endpoints that are there later, are none of the fault's.
    const before = new Set(
      (await readIncidents(vitals, 'state=open&limit=200')).incidents.map(({ id }) => id),
    );
    const struckMs = Date.now();
    const struck = lay(true);
    served.become(struck);
    await sleep(1_000);
    for (const act of struck.laters) act();
    for (let kill = 0; kill < 2; kill += 1) {
      await sleep(random.between(2_000, LASTS_MS / 3));
      await vitals.kill();
      await vitals.start();
      await waitUntilReady(vitals);
    }
    await sleep(Math.max(0, struckMs + LASTS_MS - Date.now()));
    const mid = await readIncidents(vitals, 'state=open&limit=200');
    served.become(calm);
    const endMs = Date.now() + SETTLE_MS;
    const isOver = async () =>
      (await readIncidents(vitals, 'state=open&limit=200')).incidents.every(({ id }) => before.has(id));
    while (!(await isOver()) && Date.now() < endMs) await sleep(LOOK_MS);
    const told = await readAllIncidents(vitals);
    await vitals.kill();
    await vitals.start();
    await waitUntilReady(vitals);
    await sleep(2_000);
    const after = await readAllIncidents(vitals);
    const ids = await follower.stop();
    return { wrong: await findWrong(), incidents: told.filter(({ id }) => !before.has(id)), mid };

    async function findWrong(): Promise<string[]> {
      const wrong: string[] = [];
      for (const one of told) {
        if (before.has(one.id)) continue;
        if (one.endedAtMs === null) wrong.push(`it does not end: ${describeIncident(one)}`);
        const same = after.find(({ id }) => id === one.id);
        if (JSON.stringify(same) !== JSON.stringify(one))
          wrong.push(
            `${describeIncident(one)}: after one more kill ${same === undefined ? 'none' : describeIncident(same)}`,
          );
      }
      for (const [title, some] of Map.groupBy(told, (one) => one.title))
        if (some.filter(({ endedAtMs }) => (endedAtMs ?? Date.now()) >= struckMs).length > 1)
          wrong.push(`told ${some.length} times: “${title}” ${some.map(describeIncident).join(' · ')}`);
      for (const id of ids) {
        const found = await readIncident(vitals, id).catch((error: unknown) => String(error));
        if (typeof found === 'string') wrong.push(`what was told as ${id} is not there any more: ${found}`);
      }
      return wrong;
    }
  } finally {
    await follower.stop();
    await vitals.kill();
    await served.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function waitUntilReady(vitals: VitalsServer): Promise<void> {
  const endMs = Date.now() + 60_000;
  const isReady = async () => {
    const { history } = await readIncidents(vitals, 'limit=1');
    return (await readSwarm(vitals)).ready && history.kind === 'disk';
  };
  // A swarm whose managers answer nothing is never read.
  while (!(await isReady().catch(() => false)) && Date.now() < endMs) await sleep(LOOK_MS);
}

/** Which causes were problems, and which of them were in an incident. */
function createCauses() {
  const problems = new Set<string>();
  const told = new Set<string>();
  return {
    notePicture({ findings, nodes, services }: SwarmPicture): void {
      const replicas = services.flatMap((service) => service.replicas);
      for (const one of [{ findings }, ...nodes, ...services, ...replicas])
        for (const { cause, level } of one.findings) if (level === 'problem') problems.add(cause);
    },
    noteIncident({ reason, nodes, services }: Incident): void {
      for (const { cause } of [reason, ...nodes, ...services]) if (cause !== null) told.add(cause);
    },
    print(print: (text: string) => void): void {
      const only = (some: Set<string>, of: Set<string>) => [...some].filter((one) => !of.has(one)).sort();
      print(`causes in incidents (${told.size}): ${[...told].sort().join(', ')}`);
      print(
        `problems that are in no incident by their own name: ${only(problems, told).join(', ') || 'none'}`,
      );
    },
  };
}
