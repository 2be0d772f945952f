import { type FindingCause, SWARM_CAUSES } from '#lib/model/contract/finding.ts';
import type { IncidentDetail } from '#lib/model/contract/incident.ts';
import type { NodePicture, ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import { findSilenceRole, isAtLeast, type Scope } from '#lib/model/contract/scope.ts';
import type { Silenced } from '#lib/model/contract/silenced.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { isSilenced } from '#lib/model/silences/silence-picture.ts';
import { isOk, isProblem, listNodeProblems } from '#lib/model/status/severity.ts';
import * as words from '#words/pages/silences.ts';

/** What the API is asked to silence. */
export type WantedTarget =
  | { kind: 'service'; name: string }
  | { kind: 'stack'; name: string }
  | { kind: 'node'; nodeId: string }
  | { kind: 'swarm' };

/** Something that can be silenced from a page. */
export interface SilenceSubject {
  target: WantedTarget;
  label: string;
  /** The stack that it is in, or is. */
  stack: string | null;
  /** What is wrong with it now, as far as it is known there; of the swarm the one that is meant. */
  causes: readonly FindingCause[];
  /** Of a service with a problem that could get worse; else `null`. */
  verdict: Verdict | null;
}

const MAX_SUBJECTS = 30;
/** Where very much is wrong, a stack is what somebody wants to silence. */
const MAX_STACKS = 10;

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
      stack,
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

/** What is wrong now and nobody has silenced: what the swarm itself has, nodes, services, and their stacks. */
export function toPictureSubjects({
  findings,
  nodes,
  services,
}: Pick<SwarmPicture, 'findings' | 'nodes' | 'services'>): SilenceSubject[] {
  const causes = findings.filter((one) => one.level === 'problem' && !isSilenced(one));
  const lost = nodes.filter((one) => listNodeProblems(one.findings).length > 0 && !isSilenced(one));
  const bad = services.filter((one) => !isOk(one.verdict) && !isSilenced(one));
  const ofServices = bad.flatMap(toServiceSubjects);
  const stacks = new Map(ofServices.filter(isStack).map((one) => [one.label, one]));
  return [
    ...[...new Set(causes.map(({ cause }) => cause))].map(toCauseSubject),
    ...lost.flatMap(toNodeSubjects),
    ...ofServices.filter((one) => !isStack(one)),
    ...stacks.values(),
  ];
}

/** Those that whoever looks may silence, no more than somebody reads; `scope` `null`: nothing is silenced here. */
export function selectOwnSubjects(
  subjects: readonly SilenceSubject[],
  scope: Scope | null,
): SilenceSubject[] {
  if (scope === null) return [];
  const own = subjects.filter(({ target, stack }) => {
    const role = findSilenceRole(scope, target.kind, stack);
    return role !== null && isAtLeast(role, 'admin');
  });
  const stacks = own.filter(isStack).slice(0, MAX_STACKS);
  return [...own.filter((one) => !isStack(one)).slice(0, MAX_SUBJECTS - stacks.length), ...stacks];
}

const isStack = ({ target }: SilenceSubject): boolean => target.kind === 'stack';

/** What an incident is of: what the swarm itself has, the nodes that explain it, its services, and their stacks. */
export function toIncidentSubjects(
  { nodes, services, ...incident }: IncidentParts,
  picture: Pick<SwarmPicture, 'services'> | null,
): SilenceSubject[] {
  const cause = findSwarmCause(incident);
  const verdicts = new Map(picture?.services.map(({ id, verdict }) => [id, verdict]));
  const stacks = new Set(services.map(({ stack }) => stack).filter((stack) => stack !== null));
  return [
    ...(cause === null ? [] : [toCauseSubject(cause)]),
    ...nodes.map(({ id, hostname }) => toNodeSubject(id, hostname ?? id, [])),
    ...services.map(
      ({ id, name, stack, cause }): SilenceSubject => ({
        target: { kind: 'service', name },
        label: name,
        stack,
        causes: cause === null ? [] : [cause],
        verdict: toWorsening(verdicts.get(id) ?? null),
      }),
    ),
    ...[...stacks].map(toStackSubject),
  ];
}

/** Everything of a lasting incident that still has a problem is silenced: until the first of it is not. `null`: it is not. */
export function findSilencedOfIncident(
  { nodes, services, ...incident }: IncidentParts,
  picture: Pick<SwarmPicture, 'nodes' | 'services' | 'findings'>,
): Silenced | null {
  const ofSwarm = findSwarmCause(incident);
  const nodeIds = new Set(nodes.map(({ id }) => id));
  const serviceIds = new Set(services.map(({ id }) => id));
  const bad = [
    ...picture.findings.filter(({ level, cause }) => level === 'problem' && cause === ofSwarm),
    ...picture.nodes.filter(({ id, findings }) => nodeIds.has(id) && listNodeProblems(findings).length > 0),
    ...picture.services.filter(({ id, verdict }) => serviceIds.has(id) && !isOk(verdict)),
  ].map(({ silenced }) => silenced ?? null);
  if (bad.includes(null)) return null;
  return bad.reduce(
    (first, one) => (first === null || (one !== null && one.untilMs < first.untilMs) ? one : first),
    null,
  );
}

type IncidentParts = Pick<IncidentDetail['incident'], 'kind' | 'reason' | 'nodes' | 'services'>;

/** What the swarm itself has, of an incident that is about that; else `null`. */
function findSwarmCause({ kind, reason }: Pick<IncidentParts, 'kind' | 'reason'>): FindingCause | null {
  const isOne = SWARM_CAUSES.some((cause) => cause === reason.cause);
  return kind === 'swarm' && isOne ? reason.cause : null;
}

/** The verdict of a problem that could get worse; else `null`. */
const toWorsening = (verdict: Verdict | null): Verdict | null =>
  verdict !== null && isProblem(verdict) && verdict !== 'down' ? verdict : null;

const toCauseSubject = (cause: FindingCause): SilenceSubject => ({
  target: { kind: 'swarm' },
  label: words.ofSwarm(cause),
  stack: null,
  causes: [cause],
  verdict: null,
});

const toStackSubject = (name: string): SilenceSubject => ({
  target: { kind: 'stack', name },
  label: words.stack(name),
  stack: name,
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
  stack: null,
  causes,
  verdict: null,
});
