import type { PortCase, PortFailure, PortSeen } from '#lib/model/contract/subject-facts.ts';
import type { WrongAnswer } from '#lib/model/docker/port-check.ts';
import { isGossip } from '#lib/model/ports/node-ports.ts';
import type { FindingWords } from '#lib/words/words.ts';
import { formatPlural, joinFew, joinNames } from './lists.ts';

type Words<K extends keyof FindingWords, C extends keyof FindingWords[K]> = Pick<FindingWords[K], C>;

/** What published ports show of a service, by connecting to them. */
export const ofServices: Words<
  'service',
  | 'port-dead'
  | 'port-cut'
  | 'port-partly'
  | 'port-wrong'
  | 'port-unowned'
  | 'port-untaken'
  | 'check-unreadable'
> = {
  'port-dead': (found) => ({
    sentence: `${describeDead(found)}${describeMore(found)}`,
    hint: adviseDead(found),
  }),
  'port-cut': ({ port, host, from, count, answering, failure, more }) => ({
    sentence: `Port ${port} on ${host} does not answer ${nameNodes(from, count)}${failure === null ? '' : ` (${nameFailure(failure)})`}; it answers this server and ${formatPlural(answering, 'other node')}: the way between ${count === 1 ? 'those two' : `these and ${host}`}.${more === 0 ? '' : ` So it is with ${formatPlural(more, 'other port and node', 'other ports and nodes')}.`}`,
    hint: `On ${from[0] ?? 'such a node'}: ip route get to the address of ${host}; does a firewall on either of them drop or refuse TCP port ${port}?`,
  }),
  'port-partly': (found) => {
    const { port, hosts, count, failed, asked, failure } = found;
    const where = nameNodes(hosts, count);
    return {
      sentence: `${failed} of ${asked} connections to port ${port} on ${where} ${describeFails(failure, failed)}: ${describePartly(found)}.${describeMore(found)}`,
      hint: advisePartly(found),
    };
  },
  'port-wrong': (found) => {
    const { port, mode, hosts, count, answering, wrong } = found;
    const where = answering === 0 && mode === 'ingress' ? 'on each node' : `on ${nameNodes(hosts, count)}`;
    return {
      sentence: `Port ${port} takes connections ${where} and ${describeWrong(wrong)}.${describeMore(found)}`,
      hint: `The service’s label vitals.check says what is asked of it: docker service inspect ${found.service}.`,
    };
  },
  'port-unowned': (found) => {
    const { port, hosts, count } = found;
    return {
      sentence: `Port ${port} answers on ${nameNodes(hosts, count)} although no replica is up: something else has it.${describeMore(found)}`,
      hint: `On ${hosts[0] ?? 'the node'}: ss -ltnp sport = :${port}.`,
    };
  },
  'port-untaken': (found) => {
    const { port, hosts, count } = found;
    return {
      sentence: `Port ${port} takes connections on ${nameNodes(hosts, count)}, and nothing comes through them: whether a process answers is not known.${describeMore(found)}`,
      hint: `The label vitals.check.${port}=http:/path on the service asks for an answer; vitals.check.${port}=off leaves the port alone.`,
    };
  },
  'check-unreadable': ({ service, labels, count }) => ({
    sentence: `${count === 1 ? 'Its label' : 'Its labels'} ${nameLabels(labels, count)} cannot be read, so what ${count === 1 ? 'it asks' : 'they ask'} for is not asked.`,
    hint: `http:/path, tls, tcp or off: docker service update --label-add ${labels[0] ?? 'vitals.check'}=http:/health ${service}. There is no host to choose.`,
  }),
};

/** What its ports show of a node. */
export const ofNodes: Words<'node', 'node-mesh' | 'node-swarm-ports' | 'node-unreached'> = {
  'node-mesh': ({ host, ports, count, answering }) => ({
    sentence: `${formatPlural(count, 'published port')} (${joinNumbers(ports, count)}) do not answer here and do on other nodes${answering === 0 ? '' : `, while ${answering} others answer here`}: the routing mesh of this node.`,
    hint: `On ${host}: journalctl -u docker says why IPVS or iptables failed. Drain it, restart its engine, and set it active again.`,
  }),
  'node-swarm-ports': ({ host, ports, failure }) => ({
    sentence: `TCP ${ports.length === 1 ? 'port' : 'ports'} ${joinNumbers(ports, ports.length)}, which Swarm needs, ${describeState(failure, ports.length)} here and ${ports.length === 1 ? 'answers' : 'answer'} on other nodes: ${ports.some(isGossip) ? 'containers here lose those on other nodes' : 'workers and other managers lose this one'}.`,
    hint: `Is there a firewall on ${host}, or on the way to it? Swarm needs TCP 2377 on managers, TCP and UDP 7946 and UDP 4789 on all nodes.`,
  }),
  'node-unreached': ({ ports }) => ({
    sentence: `This server reaches none of the ${formatPlural(ports, 'port')} here: whether they answer is not known.`,
    hint: null,
  }),
};

/** What ports show of the swarm. */
export const ofSwarm: Words<'swarm', 'nodes-unreached'> = {
  'nodes-unreached': ({ nodes }) => ({
    sentence: `This server reaches no port of any of ${formatPlural(nodes, 'node')}: whether published ports answer is not known.`,
    hint: 'It has to be on a network that leads to the nodes’ addresses; VITALS_CHECKS=off stops asking.',
  }),
};

function describeDead(found: PortCase): string {
  const { port, mode, hosts, count, answering, failure } = found;
  const how = isSilent(found)
    ? ' (it takes connections, and nothing comes through them in time)'
    : failure === null
      ? ''
      : ` (${nameFailure(failure)})`;
  const { seen } = found;
  const where = nameNodes(hosts, count);
  if (seen?.kind === 'elsewhere')
    return `Port ${port} does not answer this server on ${where}${how}; it answers ${nameNodes(seen.hosts, seen.count)} there: the way from this server.`;
  if (seen?.kind === 'itself')
    return `Port ${port} on ${where} answers ${count === 1 ? 'that node' : 'those nodes'} alone, and nobody from outside${how}: a firewall there.`;
  if (answering === 0 && mode === 'ingress')
    return `Port ${port} does not answer on any node${describeNowhere(seen)}${how}, though replicas take traffic.`;
  if (mode === 'host')
    return `Port ${port} does not answer on ${where}${how}, though ${count === 1 ? 'the replica there is' : 'the replicas there are'} up.`;
  const others = answering === 1 ? 'the other one' : `the ${answering} others`;
  if (seen?.kind === 'nowhere')
    return `Port ${port} does not answer on ${where}${describeNowhere(seen)}${how}; it does on ${others}: the routing mesh there.`;
  if (count > answering && !isSilent(found) && (failure === 'timed-out' || failure === 'unreachable'))
    return `Port ${port} does not answer this server on ${where}${how}; it does on ${others}.`;
  return `Port ${port} does not answer on ${where}${how}; it does on ${others}: the routing mesh there.`;
}

/** Agents see it as this server does. */
const describeNowhere = (seen: PortSeen | null) =>
  seen?.kind === 'nowhere' ? `, asked from here and from ${formatPlural(seen.nodes, 'node')}` : '';

/** There were connections, and no process behind them. */
const isSilent = ({ failure, wrong }: PortCase) => failure === 'timed-out' && wrong?.kind === 'silent';

function adviseDead(found: PortCase): string {
  const { service, port, mode, hosts, answering, failure } = found;
  const [host] = hosts;
  if (found.seen?.kind === 'elsewhere')
    return `From the node of this server: ip route get to the address of ${host ?? 'the node'}; does a firewall between them drop or refuse TCP port ${port}?`;
  if (found.seen?.kind === 'itself')
    return `On ${host ?? 'the node'}: iptables -S and nft list ruleset say what is dropped of TCP port ${port} from outside.`;
  if (isSilent(found))
    return mode === 'host'
      ? `Does the process still take connections, and answer in time (a check waits 3 s at most)? docker service logs ${service} shows what it says.`
      : `Does the process still answer, and in time (a check waits 3 s at most)? docker service logs ${service} shows what it says. If so, on ${host ?? 'the nodes'}: does iptables -t nat -S DOCKER-INGRESS lead port ${port} on? Docker holds the port itself, and a firewall that was reloaded removes its rules: restarting Docker there puts them back.`;
  if (failure === 'timed-out' || failure === 'unreachable')
    return `Does a firewall drop TCP port ${port} on ${host ?? 'the nodes'}, or on the way to it? If not, does the process still take connections? docker service logs ${service}.`;
  if (mode === 'host' || answering === 0)
    return `Does the process listen on the target port, on all its addresses? docker service inspect ${service} names the port.`;
  return `On ${host ?? 'the node'}: journalctl -u docker says why IPVS or iptables failed. Drain it, restart its engine, and set it active again.`;
}

/** A dead address loses what is sent to it; where nothing listens it is refused; what answers wrongly is alive. */
function describePartly({ behind, failure, wrong, hosts }: PortCase): string {
  const what = behind === 'one' ? 'what listens there' : 'one of those behind it';
  if (failure === 'wrong') return `${what} ${describeWrong(wrong)}`;
  if (failure === 'refused')
    return behind === 'one' ? `${what} comes and goes` : 'nothing listens at an address behind it';
  if (behind === 'some') return 'an address behind it is dead';
  const lost = `connections are lost on the way to ${hosts.length === 1 ? 'this node' : 'these nodes'}`;
  return behind === 'one'
    ? `${lost}, or ${what} does not take them all`
    : `an address behind it is dead, or ${lost}`;
}

function advisePartly({ service, behind, failure, hosts }: PortCase): string {
  const host = hosts[0] ?? 'the node';
  const logs = `docker service logs ${service}`;
  if (failure === 'wrong') return `Which replica answers so? ${logs}.`;
  const renew = `docker service update --force ${service} gives all of them new addresses.`;
  if (failure === 'refused')
    return behind === 'one'
      ? `Is it started again and again, or at the end of what it can take? ${logs}.`
      : `Does each replica listen on the target port, on all its addresses? ${logs}. If so, is an ended task still in the load balancer of ${host}? ${renew}`;
  if (behind === 'some') return `On ${host}, is an ended task still in the load balancer? ${renew}`;
  const way = `Do other ports of ${host} lose connections, too? Then it is the way there: ip -s link shows what is dropped.`;
  return behind === 'one' ? `${way} Else the process: ${logs}.` : `${way} Else ${renew}`;
}

function nameNodes(hosts: readonly string[], count: number): string {
  return count > hosts.length ? `${count} nodes` : joinFew([...hosts], 'nodes');
}

function nameLabels(labels: readonly string[], count: number): string {
  return count > labels.length ? `${labels.join(', ')}, …` : joinNames(labels);
}

function joinNumbers(ports: readonly number[], count: number): string {
  const names = ports.map(String);
  return count > ports.length ? `${names.join(', ')}, …` : joinNames(names);
}

function describeMore({ more }: PortCase): string {
  return more === 0 ? '' : ` So ${more === 1 ? 'does 1 other port' : `do ${more} other ports`} of it.`;
}

const FAILURES: Readonly<Record<PortFailure, string>> = {
  refused: 'refused',
  'timed-out': 'timed out',
  unreachable: 'no way there',
  wrong: 'wrong answer',
};

function nameFailure(failure: PortFailure): string {
  return FAILURES[failure];
}

function describeFails(failure: PortFailure | null, count: number): string {
  const isOne = count === 1;
  if (failure === 'refused') return isOne ? 'is refused' : 'are refused';
  if (failure === 'wrong') return isOne ? 'gets a wrong answer' : 'get a wrong answer';
  if (failure === 'unreachable') return isOne ? 'finds no way there' : 'find no way there';
  return isOne ? 'times out' : 'time out';
}

function describeState(failure: PortFailure, count: number): string {
  if (failure === 'refused') return count === 1 ? 'is refused' : 'are refused';
  return count === 1 ? 'does not answer' : 'do not answer';
}

function describeWrong(wrong: WrongAnswer | null): string {
  switch (wrong?.kind) {
    case 'status':
      return `answers with HTTP status ${wrong.code}`;
    case 'no-http':
      return 'does not speak HTTP';
    case 'no-tls':
      return 'does not speak TLS';
    case 'silent':
      return 'gives nothing in time';
    default:
      return 'closes them without an answer';
  }
}
