import type { FindingCause } from '#lib/model/contract/finding.ts';
import type { IncidentDetail } from '#lib/model/contract/incident.ts';
import type { NodePicture, ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import type { Silenced } from '#lib/model/contract/silenced.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { isOk, isProblem, listNodeProblems } from '#lib/model/status/severity.ts';
import * as words from '#words/pages/silences.ts';

/** What the API is asked to silence. */
export type WantedTarget =
  | { kind: 'service'; name: string }
  | { kind: 'stack'; name: string }
  | { kind: 'node'; nodeId: string };

/** Something that can be silenced from a page. */
export interface SilenceSubject {
  target: WantedTarget;
  label: string;
  /** What is wrong with it now, as far as it is known there. */
  causes: readonly FindingCause[];
  /** Of a service with a problem that could get worse; else `null`. */
  verdict: Verdict | null;
}

const MAX_SUBJECTS = 30;

/** A service, and the stack that it is in. */
export function toServiceSubjects({
  name,
  stack,
  verdict,
  findings,
  replicas,
}: Pick<ServicePicture, 'name' | 'stack' | 'verdict' | 'findings' | 'replicas'>): SilenceSubject[] {
  const all = [...findings, ...replicas.flatMap((replica) => replica.findings)];
  const problems = all.filter(({ level }) => level === 'problem').map(({ cause }) => cause);
  return [
    {
      target: { kind: 'service', name },
      label: name,
      causes: [...new Set(problems)],
      verdict: toWorsening(verdict),
    },
    ...(stack === null ? [] : [toStackSubject(stack)]),
  ];
}

export function toNodeSubjects({
  id,
  hostname,
  findings,
}: Pick<NodePicture, 'id' | 'hostname' | 'findings'>): SilenceSubject[] {
  const causes = listNodeProblems(findings).map(({ cause }) => cause);
  return [toNodeSubject(id, hostname, [...new Set(causes)])];
}

/** What an incident is of: the nodes that explain it, its services, and their stacks. */
export function toIncidentSubjects(
  { nodes, services }: Pick<IncidentDetail['incident'], 'nodes' | 'services'>,
  picture: Pick<SwarmPicture, 'services'> | null,
): SilenceSubject[] {
  const verdicts = new Map(picture?.services.map(({ id, verdict }) => [id, verdict]));
  const stacks = new Set(services.map(({ stack }) => stack).filter((stack) => stack !== null));
  return [
    ...nodes.map(({ id, hostname }) => toNodeSubject(id, hostname ?? id, [])),
    ...services.map(
      ({ id, name, cause }): SilenceSubject => ({
        target: { kind: 'service', name },
        label: name,
        causes: cause === null ? [] : [cause],
        verdict: toWorsening(verdicts.get(id) ?? null),
      }),
    ),
    ...[...stacks].map(toStackSubject),
  ].slice(0, MAX_SUBJECTS);
}

/** Everything of a lasting incident that still has a problem is silenced: until the first of it is not. `null`: it is not. */
export function findSilencedOfIncident(
  { nodes, services }: Pick<IncidentDetail['incident'], 'nodes' | 'services'>,
  picture: Pick<SwarmPicture, 'nodes' | 'services'>,
): Silenced | null {
  const nodeIds = new Set(nodes.map(({ id }) => id));
  const serviceIds = new Set(services.map(({ id }) => id));
  const bad = [
    ...picture.nodes.filter(({ id, findings }) => nodeIds.has(id) && listNodeProblems(findings).length > 0),
    ...picture.services.filter(({ id, verdict }) => serviceIds.has(id) && !isOk(verdict)),
  ].map(({ silenced }) => silenced ?? null);
  if (bad.includes(null)) return null;
  return bad.reduce(
    (first, one) => (first === null || (one !== null && one.untilMs < first.untilMs) ? one : first),
    null,
  );
}

/** The verdict of a problem that could get worse; else `null`. */
const toWorsening = (verdict: Verdict | null): Verdict | null =>
  verdict !== null && isProblem(verdict) && verdict !== 'down' ? verdict : null;

const toStackSubject = (name: string): SilenceSubject => ({
  target: { kind: 'stack', name },
  label: words.stack(name),
  causes: [],
  verdict: null,
});

const toNodeSubject = (
  nodeId: string,
  hostname: string,
  causes: readonly FindingCause[],
): SilenceSubject => ({
  target: { kind: 'node', nodeId },
  label: words.node(hostname),
  causes,
  verdict: null,
});
