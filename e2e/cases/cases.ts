import { globSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { root } from '#e2e/support/root.ts';
import { startVitals } from '#e2e/support/start-vitals.ts';
import { createSemaphore } from '#lib/flow/create-semaphore.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { type Case, type Expected, WELL } from './case.ts';
import { checkExpected } from './check-expected.ts';
import { createMadeSwarm } from './made-docker/create-made-swarm.ts';
import { type ServedSwarm, serveMadeSwarm } from './made-docker/serve-made-swarm.ts';

// What operators met, laid before the product as `npm start` runs it. All cases whose faults are those of a service or
// of nodes of their own share one made-up swarm and one server; each has its control beside it, well but for the fault.

/** So long may it take until all of it is said: a container that never answers is waited for. */
const WITHIN_MS = Number(process.env.VITALS_CASES_WITHIN_S ?? 150) * 1000;
/** So long the facts lie there before anybody looks: what is right of them must stay so on a machine that is slow. */
const LATE_MS = Number(process.env.VITALS_CASES_LATE_S ?? 0) * 1000;
const LOOK_MS = 250;

const files = globSync(`e2e/cases/list/${process.env.VITALS_CASES_LIST ?? '*'}.ts`, { cwd: root }).sort();
const fileOf = new Map<string, string>();
const all: Case[] = [];
for (const file of files)
  for (const one of await readList(file)) {
    fileOf.set(one.id, file);
    all.push(one);
  }
const shared = all.filter(({ ownSwarm }) => ownSwarm === undefined);
const own = all.filter(({ ownSwarm }) => ownSwarm !== undefined);

interface Rig {
  picture(): Promise<SwarmPicture>;
  code(service: string): Promise<number>;
  close(): Promise<void>;
}

describe('what operators met', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await openRig(1, (swarm) => {
      for (const one of shared) {
        one.lay({ swarm, name: one.id, faulty: true });
        if (one.control !== null) one.lay({ swarm, name: toControl(one), faulty: false });
      }
    });
  }, 120_000 + LATE_MS);
  afterAll(() => rig?.close());

  for (const one of shared)
    test.concurrent(
      `${one.id}: ${one.title}`,
      async () => {
        try {
          await expectSaid(rig, one.id, one.expect);
          if (one.control !== null) await expectSaid(rig, toControl(one), one.control ?? WELL);
        } catch (error) {
          // On a machine so slow that its facts grew old before all of it was said: once more, with a server of its own.
          console.warn(`${one.id}, beside all others: ${error}`);
          await runBoth(one);
        }
      },
      all.length * (WITHIN_MS + LATE_MS),
    );
});

/** Some of them wait for a limit of ours: more servers than these at once would be late for want of processors. */
const OWN_AT_ONCE = 4;
const turns = createSemaphore(OWN_AT_ONCE);

describe.skipIf(own.length === 0)('what operators met of a whole swarm', () => {
  for (const one of own)
    test.concurrent(`${one.id}: ${one.title}`, () => runBoth(one), all.length * (WITHIN_MS + LATE_MS));
});

async function runBoth(one: Case): Promise<void> {
  const runs = one.control === null ? [true] : [true, false];
  await Promise.all(runs.map((faulty) => runAlone(one.id, faulty)));
}

async function runAlone(id: string, faulty: boolean): Promise<void> {
  const turn = turns.acquire();
  await turn.ready;
  try {
    const one = await readAnew(id);
    const { managers } = one.ownSwarm ?? { managers: 1 };
    const rig = await openRig(managers, (swarm) => one.lay({ swarm, name: one.id, faulty }));
    try {
      await expectSaid(rig, one.id, faulty ? one.expect : (one.control ?? WELL));
    } finally {
      await rig.close();
    }
  } finally {
    turn.release();
  }
}

async function readList(file: string): Promise<Case[]> {
  return ((await import(join(root, file))) as { CASES: Case[] }).CASES;
}

let readings = 0;

/** The case with ages that count from now, however long it waited for its turn. */
async function readAnew(id: string): Promise<Case> {
  const list = await readList(`${fileOf.get(id)}?reading=${readings++}`);
  const one = list.find((other) => other.id === id);
  if (one === undefined) throw new Error(`No list has ${id} when it is read again.`);
  return one;
}

function toControl({ id }: Case): string {
  return `${id}-well`;
}

async function openRig(
  managers: number,
  lay: (swarm: ReturnType<typeof createMadeSwarm>) => void,
): Promise<Rig> {
  const swarm = createMadeSwarm({ managers });
  lay(swarm);
  const byAgents = process.env.VITALS_CASES_AGENTS === '1';
  const served: ServedSwarm = await serveMadeSwarm(swarm, { byAgents });
  const vitals = await startVitals({
    VITALS_MANAGERS: served.managers.join(','),
    VITALS_ENGINES: served.engines.join(','),
  });
  const read = async <T>(path: string): Promise<[number, T]> => {
    const response = await fetch(`${vitals.url}${path}`);
    return [response.status, (await response.json()) as T];
  };
  let newest: { atMs: number; picture: Promise<SwarmPicture> } | null = null;
  const rig: Rig = {
    picture() {
      if (newest === null || Date.now() - newest.atMs > LOOK_MS)
        newest = {
          atMs: Date.now(),
          picture: read<SwarmPicture>('/api/swarm').then(([, picture]) => picture),
        };
      return newest.picture;
    },
    code: async (service) => (await read(`/api/status/${encodeURIComponent(service)}`))[0],
    async close() {
      await vitals.stop();
      await served.close();
    },
  };
  if (swarm.laters.length > 0) {
    while (!(await rig.picture()).ready) await pause();
    await pause();
    for (const act of swarm.laters) act();
  }
  if (LATE_MS > 0) await new Promise((resolve) => setTimeout(resolve, LATE_MS));
  return rig;
}

/** Waits until all of it is so at two looks in a row. */
async function expectSaid(rig: Rig, name: string, expected: Expected | Expected[]): Promise<void> {
  const endMs = Date.now() + WITHIN_MS;
  let rightOnes = 0;
  let wrong: string[] = [];
  let last: SwarmPicture | null = null;
  while (rightOnes < 2 && Date.now() < endMs) {
    try {
      const picture = await rig.picture();
      if (picture !== last) {
        last = picture;
        const looks = [expected].flat().map((one) => checkExpected(one, name, { picture, code: rig.code }));
        wrong = (await Promise.all(looks)).flat();
        rightOnes = wrong.length === 0 ? rightOnes + 1 : 0;
      }
    } catch (error) {
      // A connection that the server closed as it was taken again: nothing was said.
      wrong = [`${name}: ${error}`];
      rightOnes = 0;
    }
    if (rightOnes < 2) await pause();
  }
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, LOOK_MS));
}
