import { globSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Case } from '#e2e/cases/case.ts';
import { CHAPTERS } from '#e2e/cases/lab/incidents/chapters.ts';
import { NO_PROBLEMS, NOT_WALKED } from '#e2e/cases/lab/incidents/not-walked.ts';
import { FINDING_CAUSES } from '#lib/model/contract/finding-causes.ts';
import { INCIDENT_KINDS } from '#lib/model/contract/incident.ts';

const root = join(fileURLToPath(import.meta.url), '../..');
const STEPS = CHAPTERS.flatMap(({ steps }) => steps);

/** As problems of cases, which `npm run test:cases -- --incidents` lays before a server that is killed. */
async function listLaid(): Promise<Set<string>> {
  const files = globSync('e2e/cases/list/*.ts', { cwd: root });
  const lists = await Promise.all(
    files.map(async (file) => ((await import(join(root, file))) as { CASES: Case[] }).CASES),
  );
  const expected = lists.flat().flatMap(({ expect: of }) => of);
  return new Set(expected.flatMap(({ cause, level }) => (cause && level !== 'notice' ? [cause] : [])));
}

it('an incident of each kind is provoked on real engines (npm run test:cases -- --lab --incidents)', () => {
  const provoked = new Set(STEPS.map(({ kind }) => kind));
  expect(INCIDENT_KINDS.filter((kind) => !provoked.has(kind))).toEqual([]);
  expect(new Set(STEPS.map(({ id }) => id)).size, 'each step has a name of its own').toBe(STEPS.length);
});

it('whatever may be why there is an incident is provoked or laid, or it is said why not', async () => {
  const walked = new Set<string>(STEPS.flatMap(({ causes }) => causes));
  const laid = await listLaid();
  const isMade = (cause: string) => walked.has(cause) || laid.has(cause);
  const isTold = (cause: string) => cause in NOT_WALKED || NO_PROBLEMS.some((one) => one === cause);
  expect(
    FINDING_CAUSES.filter((cause) => !isMade(cause) && !isTold(cause)),
    'causes that no case and no step of the walk makes: a case in e2e/cases/list whose `expect` names it as a problem, or why not in NOT_WALKED (NO_PROBLEMS where it is a notice) of e2e/cases/lab/incidents/not-walked.ts',
  ).toEqual([]);
  expect(
    FINDING_CAUSES.filter((cause) => isMade(cause) && isTold(cause)),
    'causes that are made now: take them out of e2e/cases/lab/incidents/not-walked.ts',
  ).toEqual([]);
});
