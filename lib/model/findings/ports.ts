import type { FindingRef } from '#lib/model/contract/finding.ts';
import type { Found } from '#lib/model/contract/found.ts';
import type { PortCase } from '#lib/model/contract/subject-facts.ts';
import { CHECK_LABEL, type PortCheck } from '#lib/model/docker/port-check.ts';
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
  const checks = facts.checks.filter(({ target }) => facts.nodePortsOf(target.nodeId)?.unreached !== true);
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
    const around = {
      level: cause === 'port-dead' && !isCertain(first) ? ('notice' as const) : level,
      evidence: null,
      sinceMs: Math.min(...first.bad.map(({ sinceMs }) => sinceMs)),
      because: cause === 'port-dead' ? findMesh(groups, facts) : null,
    };
    return [{ cause, facts: toCase(service, first, groups.length - 1, facts), ...around }];
  });
  return [...found, ...findUnreadable(service)];
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
    more,
  };
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
