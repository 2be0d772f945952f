import type { FindingRef } from '#lib/model/contract/finding.ts';
import type { Found } from '#lib/model/contract/found.ts';
import type { PortCase, PortSeen } from '#lib/model/contract/subject-facts.ts';
import { CHECK_LABEL, type PortCheck, type PortView } from '#lib/model/docker/port-check.ts';
import type { Service } from '#lib/model/docker/service.ts';
import {
  isMeshBroken,
  isNothingReached,
  type NodePorts,
  type PortReach,
} from '#lib/model/ports/node-ports.ts';
import {
  failsInTurn,
  isBadPort,
  isDeadPort,
  isProven,
  isUnownedPort,
  isUntaken,
} from '#lib/model/ports/port-state.ts';
import { isCutOff, isTakenAnywhere, leaveOutBlind, sumViews } from '#lib/model/ports/port-views.ts';
import { compareText } from '#lib/model/text/compare-text.ts';

/** What is known of a service's ports, and of the nodes that they are on. */
export interface PortFacts {
  checks: readonly PortCheck[];
  hostOf(nodeId: string): string;
  nodePortsOf(nodeId: string): NodePorts | null;
}

/** Where no port is checked. */
export const NO_PORT_FACTS: PortFacts = {
  checks: [],
  hostOf: (nodeId) => nodeId,
  nodePortsOf: () => null,
};

/** A port with what is wrong with it on some nodes. */
interface PortGroup {
  port: number;
  bad: readonly PortCheck[];
  /** On so many other nodes it answers. */
  answering: number;
}

/**
 * What a service's ports show, of what was seen twice. What no connection reaches is not known, and nothing is said of
 * it: not of the service, and once of the node.
 */
export function findPortFindings(service: Service, facts: PortFacts): Found<'service'>[] {
  if (facts.checks.length === 0) return [];
  const checks = leaveOutBlind(
    facts.checks.filter(({ target }) => facts.nodePortsOf(target.nodeId)?.unreached !== true),
  );
  const rules = [
    ['port-dead', 'problem', isDeadPort],
    ['port-partly', 'problem', (check: PortCheck) => isBadPort(check) && check.state === 'partly'],
    ['port-wrong', 'problem', (check: PortCheck) => isBadPort(check) && check.state === 'wrong'],
    ['port-unowned', 'notice', isUnownedPort],
    ['port-untaken', 'notice', isUntaken],
  ] as const;
  const found = rules.flatMap(([cause, level, isMeant]): Found<'service'>[] => {
    const groups = groupPorts(checks, isMeant);
    const [first] = groups;
    if (first === undefined) return [];
    const seen = cause === 'port-dead' ? toSeen(first, facts) : null;
    const isSure = cause !== 'port-dead' || (isCertain(first) && (seen === null || seen.kind === 'nowhere'));
    const around = {
      level: isSure ? level : ('notice' as const),
      evidence: null,
      sinceMs: Math.min(...first.bad.map(({ sinceMs }) => sinceMs)),
      because: cause === 'port-dead' ? findMesh(groups, facts) : null,
    };
    return [{ cause, facts: toCase(service, first, groups.length - 1, seen, facts), ...around }];
  });
  return [...found, ...findCut(service, checks, facts), ...findUnreadable(service)];
}

/** A slip in a label is seen nowhere else: its ports are asked for less than was meant, or though they were to be left alone. */
function findUnreadable({ name, checks }: Service): Found<'service'>[] {
  const labels = checks
    .filter(({ ask }) => ask.kind === 'unreadable')
    .map(({ port }) => (port === null ? CHECK_LABEL : `${CHECK_LABEL}.${port}`));
  if (labels.length === 0) return [];
  const facts = { service: name, labels: labels.slice(0, MAX_LABELS), count: labels.length };
  return [
    { cause: 'check-unreadable', level: 'notice', facts, evidence: null, sinceMs: null, because: null },
  ];
}

const MAX_LABELS = 3;

/** Those that answer nowhere first, then those on most nodes. */
function groupPorts(checks: readonly PortCheck[], isMeant: (check: PortCheck) => boolean): PortGroup[] {
  return [...Map.groupBy(checks, ({ target }) => target.port)]
    .map(([port, ofPort]): PortGroup => {
      const answering = ofPort.filter(({ state }) => state === 'answers' || state === 'partly').length;
      return { port, bad: ofPort.filter(isMeant), answering };
    })
    .filter(({ bad }) => bad.length > 0)
    .sort((a, b) => a.answering - b.answering || b.bad.length - a.bad.length || a.port - b.port);
}

/**
 * What times out on more nodes than it answers on may be a firewall before this server: worth knowing, and no problem, unless
 * it was reached before. Of a process that hangs the kernel takes connections for a while, and then no more.
 */
function isCertain({ bad, answering }: PortGroup): boolean {
  return bad.some((check) => isProven(check) || check.wasReached) || bad.length <= answering;
}

const MAX_HOSTS = 4;

function toCase(
  service: Service,
  { port, bad, answering }: PortGroup,
  more: number,
  seen: PortSeen | null,
  facts: PortFacts,
): PortCase {
  const [worst] = bad.toSorted((a, b) => b.failed / Math.max(1, b.asked) - a.failed / Math.max(1, a.asked));
  const hosts = bad.map(({ target }) => facts.hostOf(target.nodeId)).sort();
  return {
    service: service.name,
    port,
    mode: worst?.target.mode === 'host' ? 'host' : 'ingress',
    hosts: hosts.slice(0, MAX_HOSTS),
    count: hosts.length,
    answering,
    failure: bad.every(({ failure }) => failure === worst?.failure) ? (worst?.failure ?? null) : null,
    failed: worst?.failed ?? 0,
    asked: worst?.asked ?? 0,
    wrong: worst?.wrong ?? null,
    behind: toBehind(worst),
    seen,
    more,
  };
}

/** How the nodes where it is dead are seen from others: where as many reach it as do not, the way from this server is at fault. */
function toSeen({ port, bad }: PortGroup, { checks, hostOf }: PortFacts): PortSeen | null {
  // An agent asks for a connection alone: it says nothing of what came through ours.
  if (bad.some(({ wrong }) => wrong !== null)) return null;
  const isTaken = isTakenAnywhere(checks.filter(({ target }) => target.port === port));
  const sums = bad.map((check) => sumViews(check, isTaken));
  const viewers = (views: readonly PortView[]) =>
    [...new Set(views.map(({ nodeId }) => hostOf(nodeId)))].sort();
  const reached = viewers(sums.flatMap((sum) => sum.reached));
  const lost = viewers(sums.flatMap((sum) => sum.lost));
  // One agent alone does not make less of what most do not reach.
  if (reached.length > 0)
    return reached.length < lost.length
      ? null
      : { kind: 'elsewhere', hosts: reached.slice(0, MAX_HOSTS), count: reached.length };
  if (sums.every(({ itself, lost }) => itself === 'reached' && lost.length > 0)) return { kind: 'itself' };
  // Of each of its nodes it has to be known.
  if (sums.some(({ itself, lost }) => itself !== 'lost' && lost.length === 0)) return null;
  if (sums.some(({ itself }) => itself === 'reached')) return null;
  return lost.length === 0 ? null : { kind: 'nowhere', nodes: lost.length };
}

/** What answers this server and most nodes that ask, and not some: the way between those and the node is cut. */
function findCut(service: Service, checks: readonly PortCheck[], facts: PortFacts): Found<'service'>[] {
  const taken = new Map<number, boolean>();
  const isTaken = (port: number) => {
    const known = taken.get(port) ?? isTakenAnywhere(checks.filter(({ target }) => target.port === port));
    taken.set(port, known);
    return known;
  };
  const cut = checks
    .filter(({ views }) => views.length > 0)
    .map((check) => ({ check, sum: sumViews(check, isTaken(check.target.port)) }))
    .filter(({ check, sum }) => isCutOff(check, sum))
    .sort(
      (a, b) =>
        b.sum.lost.length - a.sum.lost.length ||
        a.check.target.port - b.check.target.port ||
        compareText(facts.hostOf(a.check.target.nodeId), facts.hostOf(b.check.target.nodeId)),
    );
  const [first] = cut;
  if (first === undefined) return [];
  const { check, sum } = first;
  const { lost, reached } = sum;
  const from = lost.map(({ nodeId }) => facts.hostOf(nodeId)).sort();
  const [one] = lost;
  const state = one !== undefined && lost.every((view) => view.state === one.state) ? one.state : null;
  return [
    {
      cause: 'port-cut',
      // Where it never answered something may stand between them for good.
      level: lost.some(({ wasReached }) => wasReached) ? 'problem' : 'notice',
      facts: {
        service: service.name,
        port: check.target.port,
        host: facts.hostOf(check.target.nodeId),
        from: from.slice(0, MAX_HOSTS),
        count: from.length,
        answering: reached.length,
        failure: state === 'refused' || state === 'timed-out' || state === 'unreachable' ? state : null,
        more: cut.length - 1,
      },
      evidence: null,
      because: null,
      sinceMs: Math.min(...lost.map(({ sinceMs }) => sinceMs)),
    },
  ];
}

function toBehind(check: PortCheck | undefined): PortCase['behind'] {
  if (check === undefined || check.target.mode === 'host' || check.target.connections < 2) return 'one';
  return failsInTurn(check) ? 'some' : 'several';
}

/** Everything that is dead is dead on nodes whose mesh is broken: that is to be mended. */
function findMesh(groups: readonly PortGroup[], { nodePortsOf }: PortFacts): FindingRef | null {
  const bad = groups.flatMap((group) => group.bad);
  const isMeshs = ({ target }: PortCheck) => {
    const node = nodePortsOf(target.nodeId);
    return target.mode === 'ingress' && node !== null && isMeshBroken(node);
  };
  const [first] = bad;
  if (first === undefined || !bad.every(isMeshs)) return null;
  return { cause: 'node-mesh', subject: { kind: 'node', nodeId: first.target.nodeId } };
}

const MAX_PORTS = 5;

/** What the ports of a node say of the node. */
export function findNodePorts(host: string, ports: NodePorts | null, reach: PortReach): Found<'node'>[] {
  if (ports === null) return [];
  const found: Found<'node'>[] = [];
  const bare = { evidence: null, because: null, sinceMs: null } as const;
  if (ports.unreached && !isNothingReached(reach))
    found.push({ cause: 'node-unreached', level: 'notice', facts: { host, ports: ports.asked }, ...bare });
  if (isMeshBroken(ports)) {
    const numbers = [...new Set(ports.dead.map(({ port }) => port))].sort((a, b) => a - b);
    const facts = {
      host,
      ports: numbers.slice(0, MAX_PORTS),
      count: numbers.length,
      answering: ports.answering,
    };
    const sinceMs = Math.min(...ports.dead.map((dead) => dead.sinceMs));
    found.push({ cause: 'node-mesh', level: 'problem', facts, evidence: null, because: null, sinceMs });
  }
  const [first] = ports.swarm;
  if (first !== undefined) {
    const facts = { host, ports: ports.swarm.map(({ port }) => port), failure: first.failure };
    const sinceMs = Math.min(...ports.swarm.map((dead) => dead.sinceMs));
    found.push({
      cause: 'node-swarm-ports',
      level: 'problem',
      facts,
      evidence: null,
      because: null,
      sinceMs,
    });
  }
  return found;
}

/** Where this server stands, no port of any node is reached: said once, and no node is at fault. */
export function findPortReach(reach: PortReach): Found<'swarm'> | null {
  if (!isNothingReached(reach)) return null;
  return {
    cause: 'nodes-unreached',
    level: 'notice',
    facts: { nodes: reach.nodes },
    evidence: null,
    sinceMs: null,
    because: null,
  };
}
