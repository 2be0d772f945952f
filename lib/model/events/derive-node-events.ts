import type { NodePicture } from '#lib/model/contract/picture.ts';
import type { SwarmEventDraft, SwarmEventKind, SwarmEventLevel } from '#lib/model/contract/swarm-event.ts';
import { lowerFirst } from '#lib/model/text/lower-first.ts';

const AVAILABILITY = {
  active: 'takes tasks again',
  pause: 'takes no new tasks now: it is paused',
  drain: 'is being drained: its replicas move to other nodes',
} as const;

/**
 * What happened to a node from one picture to a later one; `null` where it is not there.
 *
 * @param before its engine's state is the last one that said something: `live`, `unreachable` or `unconfigured`
 */
export function deriveNodeEvents(
  before: NodePicture | null,
  after: NodePicture | null,
  nowMs: number,
): SwarmEventDraft[] {
  const node = after ?? before;
  if (node === null) return [];
  const events: SwarmEventDraft[] = [];
  const add: Add = (kind, level, text, more = {}) =>
    events.push({
      atMs: Math.min(more.atMs ?? nowMs, nowMs),
      kind,
      level,
      serviceId: null,
      serviceName: null,
      replicaKey: null,
      nodeId: node.id,
      hostname: node.hostname,
      taskId: null,
      text: `${node.hostname} ${text}`,
      evidence: more.evidence ? { label: 'error', text: more.evidence } : null,
    });
  if (after === null) add('node', 'info', 'was removed from the swarm.');
  else if (before === null) add('node', 'info', `joined the swarm as a ${after.role}.`);
  else {
    addNode(before, after, add);
    addManager(before, after, add);
    addEngine(before, after, add);
  }
  return events;
}

type Add = (
  kind: SwarmEventKind,
  level: SwarmEventLevel,
  text: string,
  more?: { atMs?: number; evidence?: string | null },
) => void;

function addNode(before: NodePicture, after: NodePicture, add: Add): void {
  if (before.status !== after.status) {
    const why = after.statusMessage ? `: ${lowerFirst(after.statusMessage)}` : '';
    if (after.status === 'ready') add('node', 'good', 'is ready again.');
    else if (after.status === 'down') add('node', 'bad', `is down${why}.`);
    else add('node', 'warn', `is ${after.status}${why}.`);
  }
  if (before.availability !== after.availability) add('node', 'info', `${AVAILABILITY[after.availability]}.`);
  if (before.engineVersion !== after.engineVersion && before.engineVersion && after.engineVersion)
    add('node', 'info', `runs Docker ${after.engineVersion} now, before it ${before.engineVersion}.`);
}

function addManager(before: NodePicture, after: NodePicture, add: Add): void {
  if (before.role !== after.role)
    add(
      'manager',
      'info',
      after.role === 'manager' ? 'is a manager now.' : 'is a worker now, no longer a manager.',
    );
  if (!before.leader && after.leader) add('manager', 'warn', 'is the leader of the swarm now.');
  if (before.reachability === after.reachability || before.role !== 'manager' || after.role !== 'manager')
    return;
  if (after.reachability === 'unreachable') add('manager', 'bad', 'cannot be reached by the other managers.');
  else if (after.reachability === 'reachable')
    add('manager', 'good', 'is reached by the other managers again.');
}

function addEngine(before: NodePicture, after: NodePicture, add: Add): void {
  const { state, sinceMs, error } = after.engine;
  if (before.engine.state === state) return;
  if (state === 'unreachable')
    add('engine', 'warn', 'has an engine that we cannot reach: the health of its replicas is unknown.', {
      atMs: sinceMs,
      evidence: error,
    });
  else if (state === 'live' && before.engine.state === 'unreachable')
    add('engine', 'good', 'has an engine that we can reach again.', { atMs: sinceMs });
}
