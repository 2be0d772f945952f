import type { Finding } from '#lib/model/contract/finding.ts';
import { NO_FINDINGS, NODE_CAUSES } from '#lib/model/contract/finding.ts';
import type {
  NodePicture,
  Replica,
  SourcePicture,
  SwarmHead,
  SwarmPicture,
} from '#lib/model/contract/picture.ts';
import {
  findHighestRole,
  findRole,
  findSwarmRole,
  type Scope,
  seesOutputs,
} from '#lib/model/contract/scope.ts';
import type { Silenced } from '#lib/model/contract/silenced.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { decideSwarmVerdict } from '#lib/model/derive/decide-swarm-verdict.ts';
import { findFailingManager, findManagerProblem, isOfSwarm } from '#lib/model/status/managers.ts';
import { withoutAddresses } from '#lib/model/text/without-addresses.ts';
import { english } from '#lib/words/english.ts';
import { withoutOutputs } from './without-outputs.ts';

/** The picture as if what may be seen were all there is. */
export function selectPicture(picture: SwarmPicture, scope: Scope): SwarmPicture {
  const role = findSwarmRole(scope);
  const own = role === null ? selectStacks(picture, scope) : picture;
  const services = own.services.map((service) => toOwnService(service, scope));
  if (seesOutputs(role ?? findHighestRole(scope))) return { ...own, services };
  const { services: _, nodes, revision, atMs, ...head } = own;
  return { ...withoutOutputs<SwarmHead>(head), revision, atMs, nodes: nodes.map(withoutOutputs), services };
}

/** A service that may be seen, with as much of it as its stack's role shows. */
function toOwnService<T extends { stack: string | null }>(service: T, scope: Scope): T {
  return seesOutputs(findRole(scope, service.stack)) ? service : withoutOutputs(service);
}

const HIDDEN_QUORUM: SwarmHead['quorum'] = {
  state: 'unknown',
  managers: 0,
  reachable: 0,
  needed: 0,
  sentence: '',
};

/**
 * The swarm as if these services, and the nodes that they are on, were all of it: the verdict and the count of problems
 * are theirs, and nothing tells how many managers, engines or other services there are. Of a node its name and what is
 * wrong with it is told, not what else runs there. That no manager answers or leads, or that too few are there to agree, is
 * told, since then nothing of these services is known, or looked after, either.
 */
function selectStacks(picture: SwarmPicture, scope: Scope): SwarmPicture {
  const services = picture.services
    .filter(({ stack }) => findRole(scope, stack) !== null)
    .map((service) => {
      const apart = toServiceApart(service);
      return { ...apart, replicas: apart.replicas.map(toReplicaApart) };
    });
  const nodeIds = new Set(services.flatMap(({ replicas }) => replicas.map(({ nodeId }) => nodeId)));
  const nodes = picture.nodes
    .filter(({ id }) => nodeIds.has(id))
    .map(toNodeApart)
    .map(toSilencedApart);
  const findings = picture.findings.flatMap(toSwarmFindingApart).map(toSilencedApart);
  return {
    ...picture,
    ...decideSwarmVerdict({ findings, nodes, services, ready: picture.ready }, english),
    quorum: HIDDEN_QUORUM,
    sources: [
      ...toManagersApart(picture.sources),
      ...picture.sources.filter(({ kind, nodeId }) => kind === 'engine' && nodeIds.has(nodeId)),
    ].map(toSourceApart),
    findings,
    services,
    nodes,
  };
}

/** Until when it is silenced is told; who silenced a node or the swarm, and what they wrote, is nobody's of these stacks. */
function toSilencedApart<T extends { silenced?: Silenced | null | undefined }>(one: T): T {
  const { silenced } = one;
  if (silenced == null || silenced.of === 'service' || silenced.of === 'stack') return one;
  return { ...one, silenced: { ...silenced, id: '-', by: null, comment: '' } };
}

/** That it is read, or why not; what engine it is and where is nobody's of these stacks. */
function toSourceApart(source: SourcePicture): SourcePicture {
  const error = source.error && withoutAddresses(source.error);
  return { ...source, endpoint: '', error, engineVersion: null, apiVersion: null, skewMs: 0 };
}

function toSwarmFindingApart(finding: Finding): Finding[] {
  switch (finding.cause) {
    case 'managers-unreachable':
    case 'source-lost':
      return [toPlaceless(finding)];
    case 'quorum-lost':
    case 'no-quorum':
      return [toFindingWith(finding, english.quorumLostApart())];
    case 'none-leads':
      return [toFindingWith(finding, english.leaderlessApart())];
    default:
      return [];
  }
}

function toFindingWith(finding: Finding, sentence: string): Finding {
  return { ...finding, sentence, evidence: null, hint: null, because: null };
}

/** All managers as one that knows what is wrong with them: how many there are, and where, is nobody's of these stacks. */
function toManagersApart(sources: readonly SourcePicture[]): SourcePicture[] {
  const managers = sources.filter(isOfSwarm);
  const problem = findManagerProblem(managers);
  const told =
    problem === null
      ? managers.find(({ state, active }) => state === 'live' && active)
      : (findFailingManager(managers) ?? managers.find(({ state }) => state !== 'live') ?? managers[0]);
  return told === undefined ? [] : [{ ...told, nodeId: null, sinceMs: problem?.sinceMs ?? told.sinceMs }];
}

/** That another service of the same image has a check may be told of another stack's: neither as a finding nor in a sentence. */
export function toServiceApart<T extends Apart>(told: T): T {
  const service = toSilencedApart(told);
  const others = service.findings.filter(isOfOthers);
  const isUnknown = service.verdict === 'unknown';
  if (others.length === 0 && !isUnknown) return service;
  const own = others.reduce((text, other) => text.replace(other.sentence, ''), service.sentence).trim();
  const sentence = isUnknown ? withoutPlace(own) : own;
  return { ...service, sentence, findings: service.findings.filter((finding) => !isOfOthers(finding)) };
}

interface Apart {
  verdict: Verdict;
  sentence: string;
  findings: readonly Finding[];
  silenced?: Silenced | null | undefined;
}

/** Why an engine cannot be read names where it is: that is of the node, and not of these services. */
export function toReplicaApart<T extends Pick<Replica, 'status' | 'sentence' | 'findings'>>(replica: T): T {
  if (replica.status !== 'unknown') return replica;
  return { ...toStatusApart(replica), findings: replica.findings.map(toPlaceless) };
}

/** The same of a status that was. */
export function toStatusApart<T extends Pick<Replica, 'status' | 'sentence'>>(was: T): T {
  if (was.status !== 'unknown' || was.sentence === null) return was;
  return { ...was, sentence: withoutPlace(was.sentence) };
}

function toPlaceless(finding: Finding): Finding {
  return { ...finding, sentence: withoutPlace(finding.sentence) };
}

const withoutPlace = (sentence: string) => withoutAddresses(english.withoutUnreadReason(sentence));

const isOfOthers = ({ cause }: Finding) => cause === 'check-missing';

/**
 * Sentences of a node, its evidence and the error of its engine name services, containers and outputs of any stack. Which
 * nodes are managers is left out, too: whoever has a service on each node could count them.
 */
function toNodeApart(node: NodePicture): NodePicture {
  const { findings, engine } = node;
  return {
    ...node,
    role: 'worker',
    leader: false,
    reachability: null,
    address: null,
    engineVersion: null,
    engine: { ...engine, error: null, endpoint: null, apiVersion: null, skewMs: 0 },
    findings: findings.length === 0 ? NO_FINDINGS : findings.flatMap(toFindingApart),
  };
}

function toFindingApart(finding: Finding): Finding[] {
  const cause = NODE_CAUSES.find((one) => one === finding.cause);
  if (cause === undefined) return [];
  return [toFindingWith(finding, english.nodeApart(cause))];
}
