import type { Replica } from '#lib/model/contract/picture.ts';
import type {
  PortFromNode,
  PortOnNode,
  PortReach,
  RotationSource,
  ServiceTraffic,
  TrafficPort,
} from '#lib/model/contract/traffic.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import { type CheckAsk, findAsk, type PortCheck, type PortView } from '#lib/model/docker/port-check.ts';
import { isJob, type PublishedPort, type Service } from '#lib/model/docker/service.ts';
import { isTaken } from '#lib/model/ports/port-state.ts';
import { compareText } from '#lib/model/text/compare-text.ts';
import { maskText } from '#lib/model/text/masking/mask-text.ts';

/** What ports were seen to answer; `null` in place of it: they are not asked. */
export interface TrafficFacts {
  checks: readonly PortCheck[];
  nodes: readonly SwarmNode[];
  /** Is no port of this node reached from here? */
  isUnreached(nodeId: string): boolean;
}

/** Columns of one answer, and its cells: of hundreds of ports there are fewer columns, and always some. */
const MAX_NODES = 60;
const MAX_CELLS = 3_000;
const MIN_NODES = 5;

/** The table of a service's ports and the nodes that they are on. */
export function deriveTraffic(
  service: Service,
  replicas: readonly Replica[],
  { checks, nodes, isUnreached }: TrafficFacts,
): ServiceTraffic {
  const byKey = new Map(checks.map((check) => [`${check.target.nodeId} ${check.target.port}`, check]));
  const asked = new Set(checks.map(({ target }) => target.nodeId));
  const room = Math.max(MIN_NODES, Math.floor(MAX_CELLS / Math.max(1, service.ports.length)));
  const shown = selectNodes(nodes, checks, Math.min(MAX_NODES, room));
  const hosts = new Map(nodes.map(({ id, hostname }) => [id, hostname]));
  const hostOf = (nodeId: string) => hosts.get(nodeId) ?? nodeId;
  const ports = service.ports.map((port): TrafficPort => {
    const unchecked = findUnchecked(service, port);
    const ask = port.published === null ? null : findAsk(service.checks, port.published);
    return {
      ...port,
      ask: unchecked !== null || ask === null || ask.kind === 'off' ? null : toShownAsk(ask),
      unchecked,
      through: unchecked === null ? findReach(port, checks, isUnreached) : null,
      nodes:
        unchecked === null
          ? shown.map((node) =>
              toCell(
                node,
                port,
                byKey.get(`${node.id} ${port.published}`) ?? null,
                isUnreached(node.id),
                asked.has(node.id),
                hostOf,
              ),
            )
          : [],
    };
  });
  return { rotation: findRotation(replicas, checks), ports, moreNodes: nodes.length - shown.length };
}

/** Only nodes where it should answer, and of which that is known: what changes just now says nothing. */
function findReach(
  { published }: PublishedPort,
  checks: readonly PortCheck[],
  isUnreached: TrafficFacts['isUnreached'],
): PortReach | null {
  const asked = checks.filter(
    ({ target, state }) =>
      target.port === published &&
      target.expects === 'answer' &&
      state !== null &&
      !isUnreached(target.nodeId),
  );
  if (asked.length === 0) return null;
  return { answering: asked.filter(({ state }) => state === 'answers').length, of: asked.length };
}

/** Of the ports of a service that are asked, the one that answers through the fewest of its nodes. */
export function findLeastReach(service: Service, facts: TrafficFacts | null): PortReach | null {
  let least: PortReach | null = null;
  for (const port of service.ports) {
    if (facts === null || findUnchecked(service, port) !== null) continue;
    const reach = findReach(port, facts.checks, facts.isUnreached);
    if (reach !== null && (least === null || reach.answering * least.of < least.answering * reach.of))
      least = reach;
  }
  return least;
}

/** A path may have a token in it that somebody put there all the same. */
function toShownAsk(ask: CheckAsk): CheckAsk {
  return ask.kind === 'http' ? { ...ask, path: maskText(ask.path) } : ask;
}

function findUnchecked(service: Service, { protocol, published }: PublishedPort): TrafficPort['unchecked'] {
  if (isJob(service)) return 'job';
  if (protocol !== 'tcp') return 'protocol';
  if (published === null) return 'unpublished';
  return findAsk(service.checks, published).kind === 'off' ? 'off' : null;
}

/** By name; of too many those with something wrong, then the first. */
function selectNodes(nodes: readonly SwarmNode[], checks: readonly PortCheck[], max: number): SwarmNode[] {
  const byName = nodes.toSorted((a, b) => compareText(a.hostname, b.hostname) || compareText(a.id, b.id));
  if (byName.length <= max) return byName;
  const bad = new Set(checks.filter(({ state }) => state !== 'answers').map(({ target }) => target.nodeId));
  const first = new Set(
    byName
      .toSorted((a, b) => Number(bad.has(b.id)) - Number(bad.has(a.id)))
      .slice(0, max)
      .map(({ id }) => id),
  );
  return byName.filter(({ id }) => first.has(id));
}

function toCell(
  { id: nodeId, hostname, status, os }: SwarmNode,
  { mode }: PublishedPort,
  check: PortCheck | null,
  isUnreached: boolean,
  isNodeAsked: boolean,
  hostOf: (nodeId: string) => string,
): PortOnNode {
  const last = check?.rounds.at(-1) ?? null;
  const place = { nodeId, hostname };
  if (check === null) {
    const why =
      status !== 'ready'
        ? 'node-down'
        : mode === 'host'
          ? 'no-replica'
          : os === 'windows'
            ? 'windows'
            : isNodeAsked
              ? 'too-many'
              : 'no-address';
    return { ...place, ...NOTHING, notAsked: why };
  }
  return {
    ...place,
    address: check.target.address,
    notAsked: isUnreached ? 'unreached' : null,
    state: check.state,
    sinceMs: check.state === null ? null : check.sinceMs,
    expects: check.target.expects,
    answered: last?.answered ?? 0,
    asked: last?.asked ?? 0,
    failure: last?.failure ?? null,
    ms: last?.ms ?? null,
    status: last?.status ?? null,
    wrong: last?.wrong ?? null,
    atMs: last?.atMs ?? null,
    ...toViews(check.views, hostOf),
  };
}

/** Those from which it answers say less: of many the others come first. */
function toViews(
  views: readonly PortView[],
  hostOf: (nodeId: string) => string,
): Pick<PortOnNode, 'views' | 'seenFrom'> {
  const known = views.flatMap(({ nodeId, state, sinceMs, ms, atMs }): PortFromNode[] =>
    state === null ? [] : [{ nodeId, hostname: hostOf(nodeId), state, sinceMs, ms, atMs }],
  );
  const rank = ({ state }: PortFromNode) => (state === 'answers' ? 1 : 0);
  return {
    views: known.sort((a, b) => rank(a) - rank(b) || compareText(a.hostname, b.hostname)).slice(0, MAX_VIEWS),
    seenFrom: { nodes: known.length, answering: known.filter(({ state }) => state === 'answers').length },
  };
}

const MAX_VIEWS = 8;

const NOTHING: Omit<PortOnNode, 'nodeId' | 'hostname' | 'notAsked'> = {
  address: null,
  state: null,
  sinceMs: null,
  expects: null,
  answered: 0,
  asked: 0,
  failure: null,
  ms: null,
  status: null,
  wrong: null,
  atMs: null,
  views: [],
  seenFrom: { nodes: 0, answering: 0 },
};

/**
 * Was it seen that these replicas take traffic? A round of the routing mesh in which as many connections answer as there
 * are replicas met each of them; a host-mode port leads to the replica on its node.
 */
export function findRotation(replicas: readonly Replica[], checks: readonly PortCheck[]): RotationSource {
  const taking = replicas.filter(({ inRotation }) => inRotation === true);
  if (taking.length === 0) return 'inferred';
  const isWhole = ({ target, rounds }: PortCheck) => {
    const last = rounds.at(-1);
    return (
      last !== undefined &&
      last.basis === target.basis &&
      last.failure === null &&
      isTaken(last) &&
      last.asked >= target.connections
    );
  };
  const whole = checks.filter(isWhole);
  const isMet = whole.some(({ target }) => target.mode === 'ingress' && target.connections >= taking.length);
  const hosts = new Set(
    whole.filter(({ target }) => target.mode === 'host').map(({ target }) => target.nodeId),
  );
  return isMet || taking.every(({ nodeId }) => nodeId !== null && hosts.has(nodeId)) ? 'checked' : 'inferred';
}
