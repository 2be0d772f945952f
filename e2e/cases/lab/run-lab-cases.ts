import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Expected } from '#e2e/cases/case.ts';
import { WELL } from '#e2e/cases/case.ts';
import { checkExpected } from '#e2e/cases/check-expected.ts';
import { createLab } from '#e2e/lab/create-lab.ts';
import { root } from '#e2e/support/root.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import type { EngineWords } from '#lib/testing/engine-words.ts';
import { createRig } from './create-rig.ts';
import type { LabCase, Rig } from './lab-case.ts';
import { CASES, ONE_BY_ONE } from './list.ts';
import { readSaid } from './record.ts';
import { shrinkDisk } from './shrink-disk.ts';

export interface LabCaseOptions {
  /** Another lab beside one of that name. */
  name: string;
  /** As `npm run lab` takes it. */
  engines: string;
  /** Only those whose id has one of these, separated by commas. */
  only: string | null;
  /** Writes what the engines said to where the units read it. */
  record: boolean;
  print(text: string): void;
}

interface Result {
  id: string;
  seconds: number;
  wrong: string[];
  sentence: string;
  said: EngineWords | null;
}

/** Kept compactly, and held by `lib/model/docker/engine-words.test.ts`. */
const WORDS_FILE = join(root, 'lib/testing/engine-words.json');

const LOOK_MS = 250;
/** Nobody waits for it who need not: what is as it should be ends it. Engines of a busy machine take their time. */
const WITHIN_MS = 150_000;

/** @returns how many cases were not as they should be */
export async function runLabCases(options: LabCaseOptions): Promise<number> {
  const { print, only } = options;
  const wanted = only?.split(',') ?? [''];
  const pick = (cases: LabCase[]) => cases.filter(({ id }) => wanted.some((part) => id.includes(part)));
  const lab = await createLab({ name: options.name, hosts: 4, managers: 2, engines: options.engines });
  const results: Result[] = [];
  try {
    await shrinkDisk(lab);
    const { startVitals } = await (process.env.VITALS_CASES_INSIDE === '1'
      ? import('#e2e/cases/start-inside.ts')
      : import('#e2e/support/start-vitals.ts'));
    const vitals = await startVitals({ ...lab.env, VITALS_PLAIN_CONTAINERS: 'on' });
    try {
      const rig = createRig(lab, () => vitals.url);
      const server = createReader(vitals.url);
      const together = pick(CASES);
      for (const one of together) await one.prepare?.(rig, one.id);
      results.push(...(await Promise.all(together.map((one) => runOne(one, rig, server, print)))));
      for (const one of together) await one.mend?.(rig, one.id).catch(() => null);
      for (const one of pick(ONE_BY_ONE)) {
        await one.prepare?.(rig, one.id);
        results.push(await runOne(one, rig, server, print));
        await one.mend?.(rig, one.id);
      }
    } finally {
      await vitals.stop();
    }
  } finally {
    await lab.down();
  }
  if (options.record) {
    // Of some of them alone, those of the others stay.
    const before =
      only === null ? {} : (JSON.parse(readFileSync(WORDS_FILE, 'utf8')) as Record<string, EngineWords>);
    const words = Object.entries({ ...before, ...toWords(results) }).sort(([a], [b]) => (a < b ? -1 : 1));
    writeFileSync(WORDS_FILE, `${JSON.stringify(Object.fromEntries(words), null, 2)}\n`);
  }
  const wrong = results.filter(({ wrong }) => wrong.length > 0);
  print(`${results.length} faults on real engines, ${wrong.length} not as they should be said.`);
  return wrong.length;
}

interface Reader {
  picture(): Promise<SwarmPicture>;
  code(service: string): Promise<number>;
}

function createReader(url: string): Reader {
  let newest: { atMs: number; picture: Promise<SwarmPicture> } | null = null;
  return {
    picture() {
      if (newest === null || Date.now() - newest.atMs > LOOK_MS)
        newest = {
          atMs: Date.now(),
          picture: fetch(`${url}/api/swarm`).then((response) => response.json() as Promise<SwarmPicture>),
        };
      return newest.picture;
    },
    code: async (service) => (await fetch(`${url}/api/status/${encodeURIComponent(service)}`)).status,
  };
}

async function runOne(
  one: LabCase,
  rig: Rig,
  server: Reader,
  print: (text: string) => void,
): Promise<Result> {
  const before =
    one.before === null ? [] : await waitUntilSaid(server, one.id, one.before ?? WELL, WITHIN_MS);
  const struckMs = Date.now();
  const result: Result = { id: one.id, seconds: 0, wrong: [], sentence: '', said: null };
  if (before.length > 0) result.wrong.push(...before.map((text) => `without the fault: ${text}`));
  try {
    await one.strike(rig, one.id);
    result.wrong.push(...(await waitUntilSaid(server, one.id, one.expect, one.withinMs ?? WITHIN_MS)));
    result.seconds = Math.round((Date.now() - struckMs) / 100) / 10;
    result.sentence = findSentence(one, await server.picture());
    if (one.recorded !== null)
      result.said = await readSaid(rig, one.recorded ?? one.id, Math.floor(struckMs / 1000));
  } catch (error) {
    result.wrong.push(String(error));
  }
  print(
    `${result.wrong.length === 0 ? 'right' : 'WRONG'} ${one.id} after ${result.seconds} s: ${result.sentence}`,
  );
  for (const task of result.said?.tasks ?? [])
    print(
      `      ${result.said?.engine} ${task.state} (${task.message}) ${task.err ?? ''} exit ${task.exitCode}`,
    );
  for (const { status, exitCode, error, oomKilled, probe } of result.said?.containers ?? [])
    print(
      `      ${status} ${exitCode} ${error} oom ${oomKilled} ${probe === null ? '' : `${probe.exitCode} ${probe.output}`}`,
    );
  if (result.said !== null) print(`      ${JSON.stringify(result.said.events)}`);
  for (const text of result.wrong) print(`    ${text}`);
  return result;
}

/** Waits until all of it is so at two looks in a row. @returns what is not so when the time is up */
async function waitUntilSaid(
  server: Reader,
  name: string,
  expected: Expected | Expected[],
  withinMs: number,
): Promise<string[]> {
  const endMs = Date.now() + withinMs;
  let rightOnes = 0;
  let wrong: string[] = [];
  while (rightOnes < 2) {
    const picture = await server.picture();
    const looks = [expected].flat().map((one) => checkExpected(one, name, { picture, code: server.code }));
    wrong = (await Promise.all(looks)).flat();
    rightOnes = wrong.length === 0 ? rightOnes + 1 : 0;
    if (Date.now() > endMs) return wrong;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return [];
}

function findSentence(one: LabCase, picture: SwarmPicture): string {
  const [first] = [one.expect].flat();
  const service = picture.services.find(({ name }) => name === (first?.service ?? one.id));
  const node = picture.nodes.find(({ hostname }) => hostname === first?.node);
  const findings = first?.node
    ? (node?.findings ?? [])
    : first?.swarm
      ? picture.findings
      : [...(service?.findings ?? []), ...(service?.replicas.flatMap(({ findings }) => findings) ?? [])];
  const found = findings.find(({ cause }) => cause === first?.cause) ?? findings[0];
  return found?.sentence ?? service?.sentence ?? picture.sentence ?? '';
}

function toWords(results: readonly Result[]): Record<string, EngineWords> {
  return Object.fromEntries(results.flatMap(({ id, said }) => (said === null ? [] : [[id, said]])));
}
