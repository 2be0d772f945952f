import type { Finding, FindingCause } from '#lib/model/contract/finding.ts';
import type { NodePicture, ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import type { Silence } from '#lib/model/contract/silence.ts';
import type { Silenced } from '#lib/model/contract/silenced.ts';
import { VERDICTS } from '#lib/model/contract/verdict.ts';
import { findNodeLosses, isExplainedBySwarm, isUnlistedAlone } from '#lib/model/findings/find-node-losses.ts';
import {
  isOfManagers,
  isOk,
  listNodeProblems,
  toReplicaSeverity,
  toSwarmThing,
} from '#lib/model/status/severity.ts';

type Seen = Pick<SwarmPicture, 'services' | 'nodes' | 'findings'>;

/**
 * Says of every problem that is silenced until when, and changes nothing else: no status, verdict or count. Parts of which
 * nothing else is said than before stay the same objects.
 *
 * @param active those whose time it is
 */
export function silencePicture<P extends Seen>(picture: P, active: readonly Silence[]): P {
  const findings = replaceEach(picture.findings, (finding) => findSilencedOfSwarm(finding, active));
  const nodes = replaceEach(picture.nodes, (node) => findSilencedNode(node, active));
  const byOthers = findSilencedByOthers({ ...picture, findings, nodes });
  const services = replaceEach(
    picture.services,
    (service) => findSilencedService(service, active) ?? byOthers.get(service.id) ?? null,
  );
  const isSame = findings === picture.findings && nodes === picture.nodes && services === picture.services;
  return isSame ? picture : { ...picture, findings, nodes, services };
}

/** The picture without what is silenced: what is left is what somebody wants to be notified of. */
export function withoutSilenced<P extends Seen>(picture: P): P {
  const { services, nodes, findings } = picture;
  if (!services.some(isSilenced) && !nodes.some(isSilenced) && !findings.some(isSilenced)) return picture;
  const isAudible = (one: Silenceable) => !isSilenced(one);
  return {
    ...picture,
    services: services.filter(isAudible),
    nodes: nodes.filter(isAudible),
    findings: findings.filter(isAudible),
  };
}

interface Silenceable {
  silenced?: Silenced | null | undefined;
}

export const isSilenced = ({ silenced }: Silenceable): boolean => silenced != null;

function findSilencedService(service: ServicePicture, active: readonly Silence[]): Silenced | null {
  if (isOk(service.verdict)) return null;
  const own = active.filter((silence) => isOfService(silence, service));
  return own.length === 0 ? null : decideSilenced(listCauses(service), own);
}

function isOfService(silence: Silence, { name, stack, verdict }: ServicePicture): boolean {
  const { target, worst } = silence;
  if (worst !== null && VERDICTS.indexOf(verdict) < VERDICTS.indexOf(worst)) return false;
  // A service of that name in another stack is another's: neither may they read who wrote what, nor could they end it.
  if (target.kind === 'service') return target.name === name && silence.stack === stack;
  return target.kind === 'stack' && target.name === stack;
}

/** What is wrong with a service and its replicas; where no finding is a problem, what its bad replicas are said to have. */
function listCauses({ findings, replicas }: ServicePicture): ReadonlySet<FindingCause> {
  const all = [...findings, ...replicas.flatMap((replica) => replica.findings)];
  const problems = all.filter(({ level }) => level === 'problem').map(({ cause }) => cause);
  if (problems.length > 0) return new Set(problems);
  const bad = replicas.filter((replica) => toReplicaSeverity(replica) !== 'ok');
  return new Set(bad.map(({ cause }) => cause).filter((cause) => cause !== null));
}

function findSilencedNode({ id, findings }: NodePicture, active: readonly Silence[]): Silenced | null {
  const own = active.filter(({ target }) => target.kind === 'node' && target.nodeId === id);
  const causes = own.length === 0 ? [] : listNodeProblems(findings).map(({ cause }) => cause);
  return causes.length === 0 ? null : decideSilenced(new Set(causes), own);
}

function findSilencedOfSwarm({ level, cause }: Finding, active: readonly Silence[]): Silenced | null {
  if (level !== 'problem') return null;
  return findLast(active.filter((one) => one.target.kind === 'swarm' && isSameThing(one.cause, cause)));
}

/** Whoever silenced that no manager manages the swarm may have seen it by another name. */
function isSameThing(silenced: FindingCause | null, cause: FindingCause): boolean {
  return silenced !== null && toSwarmThing(silenced) === toSwarmThing(cause);
}

/** Services with which nothing is wrong but nodes, or what the swarm has, of which all is silenced. */
function findSilencedByOthers({ services, nodes, findings }: Seen): ReadonlyMap<string, Silenced> {
  const found = new Map<string, Silenced>();
  if (nodes.some(isSilenced)) {
    const silencedOf = new Map(nodes.map((node) => [node.id, node.silenced ?? null]));
    const audible = new Set<string>();
    for (const loss of findNodeLosses(nodes, services)) {
      const silenced = silencedOf.get(loss.nodeId) ?? null;
      for (const { id, explained } of loss.services)
        if (silenced === null || !explained) audible.add(id);
        else if (!audible.has(id)) found.set(id, earlier(found.get(id), silenced));
    }
    for (const id of audible) found.delete(id);
  }
  const ofSwarm = new Map(findings.map((finding) => [finding.cause, finding.silenced ?? null]));
  const unmanaged = findAllSilenced(findings.filter(isOfManagers).map((one) => one.silenced ?? null));
  if (findings.some(isSilenced))
    for (const service of services) {
      const silenced = isExplainedBySwarm(service)
        ? findOfSwarm(service, ofSwarm)
        : isUnlistedAlone(service)
          ? unmanaged
          : null;
      if (silenced !== null) found.set(service.id, earlier(found.get(service.id), silenced));
    }
  return found;
}

/** `null`: something of the swarm's that explains it is not silenced. */
function findOfSwarm(
  { findings, replicas }: ServicePicture,
  ofSwarm: ReadonlyMap<FindingCause, Silenced | null>,
): Silenced | null {
  const roots = [...findings, ...replicas.flatMap((replica) => replica.findings)].flatMap(({ because }) =>
    because?.subject.kind === 'swarm' ? [because.cause] : [],
  );
  return findAllSilenced([...new Set(roots)].map((cause) => ofSwarm.get(cause) ?? null));
}

/** Until the first of them is not silenced any more; `null`: one is not, or there is none. */
function findAllSilenced(each: readonly (Silenced | null)[]): Silenced | null {
  if (each.includes(null)) return null;
  return each.reduce((first, one) => (first === null || one === null ? one : earlier(first, one)), null);
}

const earlier = (a: Silenced | undefined, b: Silenced): Silenced =>
  a !== undefined && a.untilMs <= b.untilMs ? a : b;

/**
 * Is all that is wrong covered? One silence of whatever is wrong is enough; else each cause needs one of its own, and it is
 * silenced for as long as all of them last.
 */
function decideSilenced(causes: ReadonlySet<FindingCause>, own: readonly Silence[]): Silenced | null {
  const whole = findLast(own.filter(({ cause }) => cause === null));
  if (whole !== null) return whole;
  const each = [...causes].map((cause) => findLast(own.filter((silence) => silence.cause === cause)));
  return findAllSilenced(each);
}

/** The one that lasts longest. */
function findLast(silences: readonly Silence[]): Silenced | null {
  let last: Silence | null = null;
  for (const one of silences) if (last === null || one.untilMs > last.untilMs) last = one;
  if (last === null) return null;
  const { id, target, untilMs, by, comment } = last;
  return { id, of: target.kind, untilMs, by, comment };
}

/** Each with what is said of it; the same list where nothing else is than before. */
function replaceEach<T extends Silenceable, L extends readonly T[]>(
  before: L & readonly T[],
  find: (one: T) => Silenced | null,
): L {
  let isSame = true;
  const list = before.map((one) => {
    const wanted = find(one);
    if (isEqual(one.silenced ?? null, wanted)) return one;
    isSame = false;
    const { silenced: _, ...rest } = one;
    return (wanted === null ? rest : { ...rest, silenced: wanted }) as T;
  });
  return isSame ? before : (list as unknown as L);
}

function isEqual(a: Silenced | null, b: Silenced | null): boolean {
  if (a === null || b === null) return a === b;
  return a.id === b.id && a.untilMs === b.untilMs && a.by === b.by && a.comment === b.comment;
}
