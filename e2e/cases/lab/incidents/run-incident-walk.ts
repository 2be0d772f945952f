import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLab } from '#e2e/lab/create-lab.ts';
import { readIncident, readIncidents, readSwarm } from '#e2e/support/read-api.ts';
import { startVitals, type VitalsServer } from '#e2e/support/start-vitals.ts';
import type { Incident } from '#lib/model/contract/incident.ts';
import { TOGETHER_MS } from '#lib/model/events/find-incident-home.ts';
import { createRig } from './create-rig.ts';
import { INCIDENT_STEPS, type IncidentStep } from './incident-walk.ts';

const LOOK_MS = 500;
/** Nobody waits for it who need not. A node is down for Swarm after 15 s of silence at the least, and its return takes longer. */
const WITHIN_MS = 120_000;

interface Walk {
  step: IncidentStep;
  struckMs: number;
  mendedMs: number;
  incident: Incident | null;
  wrong: string[];
}

/**
 * An incident of each kind on real engines, all of them at once: from the first sign to the end, with the server killed and
 * started again in the middle. Each has to be one, the same before and after, and over when all is mended.
 *
 * @returns how many were not
 */
export async function runIncidentWalk({
  name,
  engines,
  print,
}: {
  name: string;
  engines: string;
  print(text: string): void;
}): Promise<number> {
  const lab = await createLab({ name, hosts: 4, managers: 2, engines });
  const folder = mkdtempSync(join(tmpdir(), 'vitals-walk-'));
  try {
    const rig = createRig(lab);
    for (const { prepare } of INCIDENT_STEPS) await prepare?.(rig);
    const vitals = await startVitals({ ...lab.env, VITALS_DATA: folder });
    try {
      await waitUntil(async () => isWell(vitals), 'all is well before anything is broken');
      const walks: Walk[] = [];
      for (const isLater of [false, true]) {
        const some = INCIDENT_STEPS.filter((step) => (step.isLater ?? false) === isLater);
        const struck: Walk[] = [];
        if (isLater) await new Promise((resolve) => setTimeout(resolve, 1.5 * TOGETHER_MS));
        for (const step of some) {
          struck.push({ step, struckMs: Date.now(), mendedMs: 0, incident: null, wrong: [] });
          await step.strike(rig);
        }
        await Promise.all(struck.map((walk) => waitForStart(walk, vitals, print)));
        walks.push(...struck);
      }
      await vitals.kill();
      await vitals.start();
      await waitUntil(async () => (await readSwarm(vitals)).ready, 'the server reads the swarm again');
      for (const walk of walks) {
        walk.mendedMs = Date.now();
        await walk.step.mend(rig);
      }
      await Promise.all(walks.map((walk) => waitForEnd(walk, vitals, print)));
      await expectOneEach(walks, vitals);
      for (const { step, wrong } of walks)
        if (wrong.length > 0) print(`WRONG ${step.id}: ${wrong.join('; ')}`);
      const wrong = walks.filter(({ wrong }) => wrong.length > 0);
      print(`${walks.length} incidents on real engines, ${wrong.length} not as they should be told.`);
      return wrong.length;
    } finally {
      await vitals.stop();
    }
  } finally {
    await lab.down();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function isWell(vitals: VitalsServer): Promise<boolean> {
  const { verdict, ready } = await readSwarm(vitals);
  return ready && (verdict === 'healthy' || verdict === 'running');
}

async function list(vitals: VitalsServer): Promise<Incident[]> {
  return (await readIncidents(vitals, 'limit=200')).incidents;
}

function isAbout({ about, title }: IncidentStep, incident: Incident): boolean {
  if (!title.test(incident.title)) return false;
  return 'node' in about
    ? incident.nodes.some(({ hostname }) => hostname === about.node)
    : incident.services.some(({ name }) => name === about.service);
}

async function waitForStart(walk: Walk, vitals: VitalsServer, print: (text: string) => void): Promise<void> {
  const { step } = walk;
  const find = async () => (await list(vitals)).find((one) => isAbout(step, one)) ?? null;
  walk.incident = await waitFor(find, WITHIN_MS);
  if (walk.incident === null) {
    const titles = (await list(vitals)).map(({ title }) => title);
    walk.wrong.push(`no such incident, but ${titles.join(', ') || 'none'}`);
    return;
  }
  const { title, reason, services, nodes } = walk.incident;
  const why = reason.sentence ?? nodes[0]?.sentence ?? services[0]?.sentence ?? '';
  print(`${step.id} ${toSeconds(walk.struckMs)} “${title}” ${why}`);
}

async function waitForEnd(walk: Walk, vitals: VitalsServer, print: (text: string) => void): Promise<void> {
  const { incident, step } = walk;
  if (incident === null) return;
  const find = async () => {
    const now = (await readIncident(vitals, incident.id)).incident;
    return now.state === 'over' ? now : null;
  };
  const over = await waitFor(find, 2 * WITHIN_MS);
  if (over === null) walk.wrong.push('it does not end');
  else print(`${step.id} over ${toSeconds(walk.mendedMs)} ${over.course.join(' → ')}`);
}

/** What belongs to it is nowhere else, also not in one that began with the server. */
async function expectOneEach(walks: readonly Walk[], vitals: VitalsServer): Promise<void> {
  const all = await list(vitals);
  for (const walk of walks) {
    const ids = all.filter((one) => isAbout(walk.step, one)).map(({ id }) => id);
    if (walk.incident !== null && (ids.length !== 1 || ids[0] !== walk.incident.id))
      walk.wrong.push(`${ids.length} of them: ${ids.join(', ')}, at first ${walk.incident.id}`);
  }
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

function toSeconds(sinceMs: number): string {
  return `${((Date.now() - sinceMs) / 1_000).toFixed(1)} s`;
}
