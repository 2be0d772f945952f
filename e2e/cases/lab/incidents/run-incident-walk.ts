import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRig } from '#e2e/cases/lab/create-rig.ts';
import type { Rig } from '#e2e/cases/lab/lab-case.ts';
import { shrinkDisk } from '#e2e/cases/lab/shrink-disk.ts';
import { createLab } from '#e2e/lab/create-lab.ts';
import { readIncident, readIncidents, readSwarm } from '#e2e/support/read-api.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import type { Incident } from '#lib/model/contract/incident.ts';
import { findPostgres, startPostgres } from '#lib/testing/start-postgres.ts';
import { CHAPTERS } from './chapters.ts';
import { checkAnswers } from './check-answers.ts';
import { createFollower, type Followed, type Follower } from './create-follower.ts';
import type { Chapter, IncidentStep } from './incident-step.ts';

const LOOK_MS = 300;
const KEPT_MS = 3_000;
/** Nobody waits for it who need not. A node is down for Swarm after 15 s of silence at the least, and its return takes longer. */
const WITHIN_MS = 150_000;
/** Clocks, and signs that are dated before what was done: an update begins what follows. */
const BEFORE_MS = 3_000;
const EARLIER_MS = 30_000;
/** Who is bad again within two minutes belongs to the incident that it was in: chapters share their hosts. */
const APART_MS = 125_000;

export interface IncidentWalkOptions {
  /** Another lab beside one of that name. */
  name: string;
  /** As `npm run lab` takes it. */
  engines: string;
  /** Only chapters and steps whose id has one of these, separated by commas; `null`: all. */
  only: string | null;
  /** Keeps the history there instead of in SQLite. */
  isPostgres: boolean;
  print(text: string): void;
}

interface Walk {
  step: IncidentStep;
  struckMs: number;
  mendedMs: number;
  /** As it was told first under its title. */
  first: Incident | null;
  seenMs: number;
  over: Incident | null;
  overMs: number;
  wrong: string[];
}

/**
 * An incident of each kind on real engines, from the first sign to the end, with the server killed and started again in the
 * middle, and ended and started again after it. Each has to be one, the same before and after, and over when all is mended.
 *
 * @returns how many were not
 */
export async function runIncidentWalk(options: IncidentWalkOptions): Promise<number> {
  const { print } = options;
  const lab = await createLab({ name: options.name, hosts: 5, managers: 3, engines: options.engines });
  const folder = mkdtempSync(join(tmpdir(), 'vitals-walk-'));
  const bin = options.isPostgres ? findPostgres() : null;
  const postgres = bin === null ? null : await startPostgres(bin);
  const walks: Walk[] = [];
  try {
    if (options.isPostgres && postgres === null) throw new Error('This machine has no PostgreSQL.');
    await shrinkDisk(lab);
    const rig = createRig(lab);
    const database = postgres === null ? {} : { VITALS_DATABASE_URL: toUrl(await postgres.create()) };
    const settings = { ...lab.env, VITALS_DATA: folder, VITALS_CHECKS: 'on', ...database };
    let broken = 0;
    const vitals = await startVitals(settings);
    try {
      for (const chapter of pickChapters(options.only)) {
        if (walks.length > 0) await new Promise((resolve) => setTimeout(resolve, APART_MS));
        const run = async (server: VitalsServer) => {
          // What a machine with too much to do breaks off is said, and the others are walked all the same.
          const walked = await runChapter(chapter, rig, server, print).catch((error: unknown) =>
            String(error),
          );
          if (typeof walked !== 'string') return void walks.push(...walked);
          print(`  WRONG ${chapter.id} could not be walked: ${walked}`);
          broken += 1;
        };
        await (chapter.managers === undefined ? run(vitals) : runApart(chapter.managers, rig, settings, run));
      }
    } finally {
      await vitals.stop();
    }
    await printTable(walks, rig, print);
    const wrong = walks.filter((walk) => walk.wrong.length > 0);
    print(`${walks.length} incidents on real engines, ${wrong.length} not as they should be told.`);
    return wrong.length + broken;
  } finally {
    await postgres?.stop();
    await lab.down();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** With a server of its own, which keeps nothing of the others. */
async function runApart(
  managers: readonly string[],
  rig: Rig,
  settings: Record<string, string>,
  run: (server: VitalsServer) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'vitals-walk-'));
  const { VITALS_DATABASE_URL: _shared, ...own } = settings;
  const asked = managers.map((hostname) => rig.host(hostname).tcp).join(',');
  const server = await startVitals({ ...own, VITALS_DATA: folder, VITALS_MANAGERS: asked });
  try {
    await run(server);
  } finally {
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

function toUrl({ user, password, host, port, database }: Awaited<ReturnType<Postgres['create']>>): string {
  return `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`;
}
type Postgres = Awaited<ReturnType<typeof startPostgres>>;

function pickChapters(only: string | null): Chapter[] {
  const wanted = only?.split(',') ?? [''];
  const has = ({ id }: { id: string }) => wanted.some((part) => id.includes(part));
  return CHAPTERS.map((chapter) =>
    has(chapter) ? chapter : { ...chapter, steps: chapter.steps.filter(has) },
  ).filter(({ steps }) => steps.length > 0);
}

async function runChapter(
  { id, steps, isBlind }: Chapter,
  rig: Rig,
  vitals: VitalsServer,
  print: (text: string) => void,
): Promise<Walk[]> {
  print(`— ${id}`);
  for (const { prepare } of steps) await prepare?.(rig);
  // A swarm without services is well, too, where none was to be made.
  const hasServices = steps.some(({ prepare }) => prepare !== undefined);
  await waitUntil(() => isWell(vitals, hasServices), `all is well before ${id}`).catch(
    async (error: unknown) => {
      const { verdict, sentence, sources } = await readSwarm(vitals);
      const { incidents } = await readIncidents(vitals, 'state=open');
      throw new Error(`${error}: ${JSON.stringify({ verdict, sentence, sources, incidents })}`);
    },
  );
  const follower = createFollower(vitals);
  const walks: Walk[] = [];
  for (const step of steps) {
    await new Promise((resolve) => setTimeout(resolve, step.afterMs ?? 0));
    const walk: Walk = {
      step,
      struckMs: Date.now(),
      mendedMs: 0,
      first: null,
      seenMs: 0,
      over: null,
      overMs: 0,
      wrong: [],
    };
    walks.push(walk);
    await step.strike(rig);
    // What ends by itself is over when it is.
    walk.mendedMs = Date.now();
  }
  await Promise.all(walks.map((walk) => waitForStart(walk, follower, print)));
  // What is told in the last second before a kill may be lost.
  await new Promise((resolve) => setTimeout(resolve, KEPT_MS));
  await vitals.kill();
  await vitals.start();
  if (!isBlind)
    await waitUntil(async () => (await readSwarm(vitals)).ready, 'the server reads the swarm again');
  await expectKept(walks, vitals);
  for (const walk of walks) {
    if (walk.step.mend === null) continue;
    walk.mendedMs = Date.now();
    await walk.step.mend(rig);
  }
  await Promise.all(walks.map((walk) => waitForEnd(walk, follower, print)));
  // What belongs to it would begin another one now, if it did not.
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  await follower.stop();
  const before = (await readIncidents(vitals, 'limit=200')).incidents;
  for (const walk of walks) expectOne(walk, follower.seen);
  for (const name of follower.outside) print(`  outside: ${name}`);
  await vitals.stop();
  await vitals.start();
  await waitUntil(async () => (await readSwarm(vitals)).ready, 'the server reads the swarm again');
  await waitUntil(async () => {
    const { history } = await readIncidents(vitals, 'limit=1');
    return history.kind === 'disk' || history.kind === 'database';
  }, 'the history is open');
  await expectSame(walks, before, vitals);
  for (const { step } of walks) await step.clean?.(rig);
  for (const { step, wrong } of walks) if (wrong.length > 0) print(`  WRONG ${step.id}: ${wrong.join('; ')}`);
  for (const [one, { titles, newest }] of follower.seen)
    print(`  told ${one} “${titles.join('” “')}” ${newest.course.join(' → ')}`);
  return walks;
}

async function isWell(vitals: VitalsServer, hasServices: boolean): Promise<boolean> {
  const { verdict, ready, findings } = await readSwarm(vitals);
  const { incidents } = await readIncidents(vitals, 'state=open');
  const isQuiet = findings.every(({ level }) => level !== 'problem');
  const isUp = verdict === 'healthy' || verdict === 'running' || (verdict === 'idle' && !hasServices);
  return ready && isQuiet && isUp && incidents.length === 0;
}

/** Whatever is told of what it is about since it was struck, by whatever title. */
function isOf(
  { step: { about }, struckMs }: Walk,
  { nodes, services, title, startedAtMs, kind }: Incident,
): boolean {
  if (startedAtMs < struckMs - BEFORE_MS) return false;
  if ('node' in about) return nodes.some(({ hostname }) => hostname === about.node);
  if ('service' in about) return services.some(({ name }) => name === about.service);
  return kind === 'swarm' && about.swarm.test(title);
}

async function waitForStart(walk: Walk, { seen }: Follower, print: (text: string) => void): Promise<void> {
  const { step } = walk;
  const find = async () =>
    [...seen.values()].find(({ newest }) => isOf(walk, newest) && step.title.test(newest.title))?.newest ??
    null;
  walk.first = await waitFor(find, WITHIN_MS);
  walk.seenMs = Date.now();
  if (walk.first === null) {
    const titles = [...seen.values()].map(({ newest }) => newest.title);
    walk.wrong.push(`no such incident, but ${titles.join(', ') || 'none'}`);
    return;
  }
  const { title, reason, services, nodes } = walk.first;
  const why = reason.sentence ?? nodes[0]?.sentence ?? services[0]?.sentence ?? '';
  print(`  ${step.id} ${toSeconds(walk.seenMs - walk.struckMs)} “${title}” ${why}`);
}

/** What lasted is told of at once, also before a manager answers; a crash loop between two ends a moment later. */
async function expectKept(walks: readonly Walk[], vitals: VitalsServer): Promise<void> {
  for (const { first, step, wrong } of walks) {
    if (first === null || step.mend === null) continue;
    const isThere = async () =>
      (await readIncidents(vitals, 'state=open&limit=200')).incidents.some(({ id }) => id === first.id) ||
      null;
    if ((await waitFor(isThere, 10_000)) === null) wrong.push('not among those that last after the restart');
  }
}

async function waitForEnd(
  walk: Walk,
  { seen, failure }: Follower,
  print: (text: string) => void,
): Promise<void> {
  const { first, step } = walk;
  if (first === null) return;
  const find = async () => {
    const newest = seen.get(first.id)?.newest;
    return newest?.state === 'over' ? newest : null;
  };
  walk.over = await waitFor(find, 2 * WITHIN_MS);
  walk.overMs = Date.now();
  if (walk.over === null)
    walk.wrong.push(
      `it does not end (${failure() ?? 'answered'}), but ${JSON.stringify(seen.get(first.id)?.newest)}`,
    );
  else print(`  ${step.id} over ${describeOver(walk)} ${walk.over.course.join(' → ')}`);
}

/** What belongs to it is nowhere else, also not in one that began with the server. */
function expectOne(walk: Walk, seen: ReadonlyMap<string, Followed>): void {
  const { first, step, wrong, struckMs } = walk;
  if (first === null) return;
  const all = [...seen.values()].filter(({ newest }) => isOf(walk, newest));
  if (all.length !== 1)
    wrong.push(
      `${all.length} of them: ${all.map(({ newest }) => `${newest.id} ${newest.title}`).join(', ')}`,
    );
  const { starts, newest } = seen.get(first.id) ?? {};
  const [firstMs = 0, ...laterMs] = starts ?? [];
  // What turns out to belong to it may have begun before.
  if (laterMs.some((ms) => ms > firstMs || ms < firstMs - EARLIER_MS))
    wrong.push(`began at ${[firstMs, ...laterMs].map((ms) => toSeconds(ms - struckMs)).join(', then ')}`);
  if (newest !== undefined && !step.title.test(newest.title))
    wrong.push(`called “${newest.title}” in the end`);
  const cause = newest?.reason.cause ?? null;
  if (newest !== undefined && (newest.kind !== step.kind || !step.causes.some((one) => one === cause)))
    wrong.push(`of kind ${newest.kind} in the end, for ${cause}`);
  for (const { newest: other } of seen.values())
    if (other.startedAtMs >= struckMs - BEFORE_MS && step.never?.test(other.title))
      wrong.push(`another one “${other.title}”`);
}

/** A server that is started after it tells the same. */
async function expectSame(
  walks: readonly Walk[],
  before: readonly Incident[],
  vitals: VitalsServer,
): Promise<void> {
  const after = (await readIncidents(vitals, 'limit=200')).incidents;
  for (const walk of walks) {
    const { over, wrong } = walk;
    if (over === null) continue;
    const [was, is] = [before, after].map((all) =>
      JSON.stringify(all.find(({ id }) => id === over.id) ?? null),
    );
    if (was !== is) wrong.push(`after a restart ${is}, before ${was}`);
    const untrue = await checkAnswers(vitals, over);
    wrong.push(...untrue);
    if (untrue.length > 0) {
      const { incident, events } = await readIncident(vitals, over.id);
      wrong.push(`it is ${JSON.stringify(incident)}, with ${JSON.stringify(events.slice(-6))}`);
    }
  }
}

async function printTable(walks: readonly Walk[], rig: Rig, print: (text: string) => void): Promise<void> {
  print('\n| what was done | engine | the incident, and why | seen | its course when over | over |');
  print('|---|---|---|---|---|---|');
  for (const walk of walks) {
    const { step, first, over, seenMs, struckMs, wrong } = walk;
    const engine =
      step.on === null
        ? 'several'
        : await rig.host(step.on).docker('version', '--format', '{{.Server.Version}}');
    const why = first === null ? '' : (first.reason.sentence ?? first.services[0]?.sentence ?? '');
    const cells = [
      `${step.what} (\`${step.id}\`)`,
      engine,
      `“${(over ?? first)?.title ?? 'none'}”: “${why}”`,
      first === null ? '–' : toSeconds(seenMs - struckMs),
      over?.course.join(' → ') ?? '–',
      over === null ? '–' : describeOver(walk),
    ];
    print(
      `| ${cells.map((cell) => cell.replaceAll('|', '/')).join(' | ')} |${wrong.length > 0 ? ' WRONG' : ''}`,
    );
  }
}

function describeOver({ step, overMs, mendedMs }: Walk): string {
  return step.mend === null ? 'by itself' : toSeconds(overMs - mendedMs);
}

async function waitFor<T>(find: () => Promise<T | null>, withinMs: number): Promise<T | null> {
  const endMs = Date.now() + withinMs;
  for (;;) {
    const found = await find().catch(() => null);
    if (found !== null || Date.now() > endMs) return found;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

async function waitUntil(isSo: () => Promise<boolean>, what: string): Promise<void> {
  const done = await waitFor(async () => ((await isSo()) ? true : null), WITHIN_MS);
  if (done === null) throw new Error(`Not in time: ${what}.`);
}

function toSeconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
