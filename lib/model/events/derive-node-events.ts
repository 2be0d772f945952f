import type { EventMessage } from '#lib/model/contract/event-message.ts';
import type { NodePicture } from '#lib/model/contract/picture.ts';
import type { SwarmEventDraft, SwarmEventKind, SwarmEventLevel } from '#lib/model/contract/swarm-event.ts';

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
  const { hostname: host } = node;
  const add: Add = (kind, level, message, atMs = nowMs) =>
    events.push({
      atMs: Math.min(atMs, nowMs),
      kind,
      level,
      serviceId: null,
      serviceName: null,
      replicaKey: null,
      nodeId: node.id,
      hostname: host,
      taskId: null,
      message,
    });
  if (after === null) add('node', 'info', { about: 'node-removed', facts: { host } });
  else if (before === null) add('node', 'info', { about: 'node-joined', facts: { host, role: after.role } });
  else {
    addNode(before, after, add);
    addManager(before, after, add);
    addEngine(before, after, add);
  }
  return events;
}

type Add = (kind: SwarmEventKind, level: SwarmEventLevel, message: EventMessage, atMs?: number) => void;

const STATUS_LEVELS: Readonly<Record<NodePicture['status'], SwarmEventLevel>> = {
  ready: 'good',
  down: 'bad',
  disconnected: 'warn',
  unknown: 'warn',
};

function addNode(before: NodePicture, after: NodePicture, add: Add): void {
  const { hostname: host, status, availability } = after;
  if (before.status !== status) {
    const message = after.statusMessage === '' ? null : after.statusMessage;
    add('node', STATUS_LEVELS[status], { about: 'node-status', facts: { host, status, message } });
  }
  if (before.availability !== availability)
    add('node', 'info', { about: 'node-availability', facts: { host, availability } });
  if (before.engineVersion !== after.engineVersion && before.engineVersion && after.engineVersion) {
    const facts = { host, before: before.engineVersion, after: after.engineVersion };
    add('node', 'info', { about: 'engine-version', facts });
  }
}

function addManager(before: NodePicture, after: NodePicture, add: Add): void {
  const { hostname: host, role } = after;
  if (before.role !== role) add('manager', 'info', { about: 'node-role', facts: { host, role } });
  if (!before.leader && after.leader) add('manager', 'warn', { about: 'node-leads', facts: { host } });
  if (before.reachability === after.reachability || before.role !== 'manager' || role !== 'manager') return;
  if (after.reachability === 'unreachable')
    add('manager', 'bad', { about: 'manager-unreachable', facts: { host } });
  else if (after.reachability === 'reachable')
    add('manager', 'good', { about: 'manager-reachable', facts: { host } });
}

function addEngine(before: NodePicture, after: NodePicture, add: Add): void {
  const { hostname: host } = after;
  const { state, sinceMs, error } = after.engine;
  if (before.engine.state === state) return;
  if (state === 'unreachable')
    add('engine', 'warn', { about: 'engine-unreachable', facts: { host, error } }, sinceMs);
  else if (state === 'live' && before.engine.state === 'unreachable')
    add('engine', 'good', { about: 'engine-reachable', facts: { host } }, sinceMs);
}
