import type { FindingCause, NodeCause, SwarmCause } from '#lib/model/contract/finding.ts';
import type { IncidentRecord } from '#lib/model/contract/incident.ts';
import { describeDuration } from '#lib/model/text/describe-duration.ts';
import { lowerFirst } from '#lib/model/text/lower-first.ts';
import { nameCause } from './causes.ts';
import { formatPlural, joinNames } from './lists.ts';

/** An incident in words: what it is called, and its course in short. */
interface IncidentPhrase {
  title: string;
  /** In order of time; nothing in it ticks. */
  course: string[];
  /** Why, and what to do, of all of its nodes; `null`: as its reason says. */
  why: Pick<IncidentRecord['reason'], 'sentence' | 'hint'> | null;
}

/** What the first of several nodes says of itself, of all of them. */
const OF_SEVERAL: Readonly<Partial<Record<FindingCause, IncidentPhrase['why']>>> = {
  'node-down': {
    sentence: 'The managers list them as down: what ran there counts as lost, and Swarm starts it elsewhere.',
    hint: 'Are they up, and do their engines run? On each: systemctl status docker.',
  },
  'engine-unread': {
    sentence: 'Their engines cannot be read: the health of what runs there is not known.',
    hint: 'Are they up, and do their engines run? If so, does the way from this server to them still lead there? The page of each says what it answers.',
  },
  'node-cut-off': {
    sentence:
      'Down for Swarm, but their engines answer: they cannot reach the managers, and what runs there runs on.',
    hint: 'Do they reach the managers on TCP port 2377?',
  },
  'manager-unreachable': {
    sentence: 'The other managers do not reach them: they do not count for the quorum.',
    hint: 'Are they up, and do their engines run? If so, do the other managers reach them on TCP port 2377?',
  },
};

/** Only where the same is wrong with all of them. */
function describeWhy({ nodes, counts, reason }: IncidentRecord): IncidentPhrase['why'] {
  const isOfAll = counts.nodes > 1 && nodes.every(({ cause }) => cause === reason.cause);
  return (isOfAll && reason.cause !== null && OF_SEVERAL[reason.cause]) || null;
}

const NODE_NAMES: Readonly<Record<NodeCause, string>> = {
  'node-down': 'lost',
  'node-left': 'lost',
  'node-cut-off': 'cut off from the managers',
  'node-unknown': 'state not known',
  'manager-unreachable': 'not reached by the other managers',
  'engine-unread': 'engine not read',
  'engine-unconfigured': 'engine not set up',
  'runtime-stuck': 'runtime hangs',
  'containers-forgotten': 'forgotten containers',
  'promotion-stuck': 'promotion stuck',
  'demotion-stuck': 'demotion stuck',
  'clock-off': 'clock off',
  'node-disk': 'disk full',
  'node-limit': 'at its limits',
  'node-runtime': 'runtime fails',
  'node-log-driver': 'log driver missing',
  'node-name-server': 'names not looked up',
  'node-log-server': 'log server not reached',
  'node-volume-server': 'file server not reached',
  'node-network': 'network fails',
  'node-registry': 'pulls nothing of a registry',
  'node-probes': 'probes fail together',
  'node-kills': 'processes killed together',
  'node-mesh': 'routing mesh broken',
  'node-swarm-ports': 'Swarm’s ports not reached',
  'node-unreached': 'not reached from here',
  'node-not-understood': 'not understood',
  'name-flips': 'listed as another',
};

const SWARM_NAMES: Readonly<Record<SwarmCause, string>> = {
  'source-lost': 'The server that it is read from cannot be read',
  'managers-unreachable': 'No manager can be read',
  'swarm-error': 'The swarm is not managed',
  'no-quorum': 'The swarm has no quorum',
  'none-leads': 'The swarm has no leader',
  'quorum-edge': 'One more manager lost, and the swarm cannot be managed',
  'quorum-lost': 'The swarm has no quorum',
  'nodes-left': 'Nodes left the swarm',
  'root-rotating': 'The root certificate is being changed',
  'name-server-unreached': 'Name server does not answer',
  'log-server-unreached': 'Log server not reached',
  'volume-server-unreached': 'File server not reached',
  'registry-unpulled': 'Nothing can be pulled of a registry',
  'address-doubled': 'An address is given twice',
  'nodes-unreached': 'Nodes are not reached from here',
  'addresses-gone': 'A network has no address left',
  'addresses-few': 'A network has few addresses left',
  'networks-unlisted': 'Networks cannot be listed',
  'failing-together': 'Services failed together',
};

const SERVICE_NAMES: Readonly<Partial<Record<FindingCause, string>>> = {
  'update-paused': 'paused',
  'rollback-paused': 'rollback paused',
  'update-stuck': 'stuck',
  'port-dead': 'a port does not answer',
  'port-cut': 'a port does not answer some nodes',
  'port-partly': 'some connections to a port fail',
  'port-wrong': 'a port gives a wrong answer',
  'replicas-missing': 'replicas missing',
  'node-left-out': 'a node has no replica',
  'no-node-fits': 'no node takes it',
  'tasks-unlisted': 'its tasks are not listed',
  'task-lingering': 'a task does not end',
  'drain-ignored': 'a drained node still runs replicas',
  'container-forgotten': 'a forgotten container runs',
  'copy-running': 'a replica runs twice',
  'slot-doubled': 'more runs than is wanted',
  'version-old': 'an old version runs on',
  'ports-ungiven': 'ports are not published',
};

/** Another release may know one more. */
function nameOf(cause: FindingCause | null): string {
  if (cause === null) return 'not well';
  const names: Partial<Record<string, string>> = { ...NODE_NAMES, ...SERVICE_NAMES };
  return names[cause] ?? lowerFirst(nameCause(cause as Parameters<typeof nameCause>[0]));
}

/** Made of what is kept: the same record, the same words. */
export function describeIncident(incident: IncidentRecord): IncidentPhrase {
  return {
    title: withQuorum(describeTitle(incident), incident),
    course: describeCourse(incident),
    why: describeWhy(incident),
  };
}

/** What its nodes brought upon the swarm is what an operator has to know first. */
function withQuorum(title: string, { kind, ofSwarm }: IncidentRecord): string {
  if (ofSwarm !== 'quorum-lost' && ofSwarm !== 'no-quorum') return title;
  return `No quorum: ${kind === 'engine' ? lowerFirst(title) : title}`;
}

/** In its course, as what followed. */
const OF_SWARM: Readonly<Partial<Record<SwarmCause, string>>> = {
  'none-leads': 'no leader',
  'managers-unreachable': 'no manager can be read',
  'swarm-error': 'the swarm is not managed',
};

function describeTitle({ kind, nodes, services, reason, counts, rollback }: IncidentRecord): string {
  const service = services[0]?.name ?? 'A service';
  switch (kind) {
    case 'swarm':
      return SWARM_NAMES[reason.cause as SwarmCause] ?? 'The swarm as a whole has a problem';
    case 'node':
      return describeNodes(nodes, counts.nodes) ?? `Node of ${service}: ${nameOf(reason.cause)}`;
    case 'engine':
      // Which node it is, is not shown to whom stacks limit.
      if (nodes.length === 0) return `Engine of a node of ${service} cannot be read`;
      return counts.nodes === 1
        ? `Engine of ${nodes[0]?.hostname ?? 'a node'} cannot be read`
        : `Engines of ${listNodes(nodes, counts.nodes)} cannot be read`;
    case 'update':
      return `Update of ${service}: ${describeUpdate(reason, rollback)}`;
    case 'crash-loop':
      return `${service}: crash loop`;
    case 'service':
      return `${service}: ${nameOf(reason.cause)}`;
  }
}

/** What was wrong with it, and what became of it. A rollback that waits for somebody says so itself. */
function describeUpdate({ cause }: IncidentRecord['reason'], rollback: IncidentRecord['rollback']): string {
  const outcome = rollback === 'started' ? 'being rolled back' : 'rolled back';
  if (cause === null) return outcome;
  return rollback === null || cause === 'rollback-paused' ? nameOf(cause) : `${nameOf(cause)}, ${outcome}`;
}

/** Of several each as it is: that an engine is not read does not mean that its node is lost. */
function describeNodes(nodes: IncidentRecord['nodes'], count: number): string | null {
  const byName = Map.groupBy(nodes, ({ cause }) => nameOf(cause));
  const [first] = byName.keys();
  if (first === undefined) return null;
  if (byName.size === 1) return describeAs(first, listNodes(nodes, count));
  if (count > FEW) return describeAs([...byName.keys()].join(', '), listNodes(nodes, count));
  return [...byName].map(([name, some]) => describeAs(name, listNodes(some, some.length))).join(', ');
}

function describeAs(name: string, who: string): string {
  return name === 'lost' ? `${who} lost` : `${who}: ${name}`;
}

const FEW = 3;

function listNodes(nodes: IncidentRecord['nodes'], count: number): string {
  if (count > FEW) return formatPlural(count, 'node');
  return joinNames(nodes.map(({ hostname, id }) => hostname ?? id));
}

function describeCourse(incident: IncidentRecord): string[] {
  const { kind, counts, startedAtMs, recoveredAtMs, endedAtMs, isEndSeen, unknown, returns } = incident;
  const parts: string[] = [];
  const ofSwarm = incident.ofSwarm && OF_SWARM[incident.ofSwarm];
  if (ofSwarm) parts.push(ofSwarm);
  const touched = describeTouched(incident);
  if (touched !== null) parts.push(touched);
  if (counts.ends > 0 && kind !== 'node' && kind !== 'engine')
    parts.push(counts.ends === 1 ? 'failed once' : `failed ${counts.ends} times`);
  if (counts.moved > 0) parts.push(`${counts.moved} up again on other nodes`);
  if (unknown > 0 && endedAtMs === null) parts.push(`${unknown} not known`);
  // That is what a crash loop does.
  if (returns > 0 && kind !== 'crash-loop')
    parts.push(returns === 1 ? 'came back once' : `came back ${returns} times`);
  // Of one that began before we looked nobody knows how long it took.
  const after = (ms: number) =>
    incident.isStartSeen ? ` after ${describeDuration(roundSpan(ms - startedAtMs))}` : '';
  const isLater = endedAtMs !== null && recoveredAtMs !== null && endedAtMs - recoveredAtMs >= 1_000;
  if (recoveredAtMs !== null && (endedAtMs === null || isLater))
    parts.push(`all services whole${after(recoveredAtMs)}`);
  if (endedAtMs === null) return parts;
  if (!isEndSeen) parts.push('over by the time Swarm Vitals looked again');
  else if (isLater) parts.push(`${describeBack(incident)}${after(endedAtMs)}`);
  else parts.push(`${counts.services > 0 ? 'all well' : 'over'}${after(endedAtMs)}`);
  return parts;
}

/** Tenths of a second say nothing of what lasts for longer. */
function roundSpan(ms: number): number {
  return ms < 1_000 ? ms : Math.floor(ms / 1_000) * 1_000;
}

function describeTouched({ counts, kind, services }: IncidentRecord): string | null {
  const { replicas } = counts;
  if (counts.services === 0) return null;
  if (kind === 'node' || kind === 'engine' || kind === 'swarm' || counts.services > 1) {
    const of = formatPlural(counts.services, 'service');
    return replicas === 0 ? of : `${formatPlural(replicas, 'replica')} of ${of}`;
  }
  const [key] = services[0]?.keys ?? [];
  if (replicas === 0) return null;
  return replicas === 1 && key !== undefined && /^\d{1,8}$/.test(key)
    ? `replica ${key}`
    : formatPlural(replicas, 'replica');
}

function describeBack({ kind, counts }: IncidentRecord): string {
  if (kind === 'swarm') return 'over';
  const who = counts.nodes === 1 ? 'the node' : 'the nodes';
  return kind === 'engine' ? 'engines read again' : `${who} well again`;
}
