import type { EngineClient } from '#lib/engine/port.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { Task } from '#lib/model/docker/task.ts';
import type { Clock } from '#lib/watch/clock.ts';
import { toNewSource } from '#lib/watch/connection/source.ts';
import type { Hint } from '#lib/watch/hint.ts';
import { type Log, toSentence } from '#lib/watch/log.ts';
import { createEngineWatch, type EngineWatch } from './create-engine-watch.ts';
import { createNodeOwners, type NodeOwners } from './create-node-owners.ts';
import { createSharedPace } from './create-read-budget.ts';
import { createEngineMembers, type Member } from './engine-members.ts';
import { type EngineAccess, planEndpoints } from './plan-endpoints.ts';
import { indexClaims } from './refuse-endpoint.ts';

/** One engine watch for each way in, started and stopped as nodes come and go. */
export interface EnginePool {
  /** The nodes a manager lists. Also to be called when `toEndpoint` of a pattern would answer differently now. */
  setNodes(nodes: readonly SwarmNode[]): void;
  /** Tasks as a manager lists them: a container of theirs that its engine did not tell of is asked for. */
  expect(tasks: readonly Task[]): void;
  /** Reads this container's probes if newer ones are known to exist. Settles within 2 s, never rejects. */
  refresh(nodeId: string, containerId: string): Promise<void>;
  /** The client of the engine that is read for this node, for what the pool does not read itself; `null`: none is. */
  clientOf(nodeId: string): EngineClient | null;
  /** Calls `listener` with what engines see that a manager's lists will soon say too. */
  onHint(listener: (hint: Hint) => void): void;
  close(): void;
}

export interface EnginePoolOptions {
  engineAccess: EngineAccess;
  /** May throw when the endpoint's own settings are wrong. Its clients are closed by the pool. */
  makeClient(endpoint: string): EngineClient;
  clock: Clock;
  emit(observation: Observation): void;
  log?: Log;
}

export function createEnginePool(options: EnginePoolOptions): EnginePool {
  const { engineAccess, clock, log } = options;
  const members = createEngineMembers({
    makeClient: options.makeClient,
    startWatch,
    onNoClient: (endpoint, error) => options.emit(toUnreachable(endpoint, error, clock.nowMs())),
  });
  const hintListeners: ((hint: Hint) => void)[] = [];
  const owners = createNodeOwners(
    () => claims,
    (endpoint) => members.all.get(endpoint)?.watch?.endpoint ?? endpoint,
  );
  let nodes: readonly SwarmNode[] = [];
  let claims = indexClaims(engineAccess.kind, nodes, new Map());
  let closed = false;
  const pace = createSharedPace(clock, {
    containers: members.countContainers,
    engines: () => members.all.size,
  });

  function release(endpoint: string, nodeId: string) {
    const waiting = owners.release(endpoint, nodeId);
    if (closed) return;
    for (const other of waiting) members.all.get(other)?.watch?.recheck();
  }

  function startWatch(endpoint: string, client: EngineClient): EngineWatch {
    return createEngineWatch({
      client,
      clock,
      pace,
      emit: (observation) =>
        options.emit(toExpected(observation, members.all.get(endpoint)?.expected ?? null)),
      onHint(hint) {
        for (const listener of hintListeners) listener(hint);
      },
      accept: (nodeId) => owners.accept(endpoint, nodeId),
      onRelease: (nodeId) => release(endpoint, nodeId),
      ...(log ? { log } : {}),
    });
  }

  function remove(endpoint: string, member: Member) {
    const { shown, nodeId } = members.remove(endpoint, member);
    if (nodeId !== null && owners.of(nodeId) === endpoint)
      options.emit({ kind: 'containers', nodeId, containers: [] });
    options.emit({ kind: 'engine-gone', endpoint: shown });
    if (nodeId !== null) release(endpoint, nodeId);
  }

  function reconcile(recheck: boolean) {
    const planned = planEndpoints(engineAccess, nodes);
    const expectedOf = new Map([...planned].map(([endpoint, { expected }]) => [endpoint, expected]));
    claims = indexClaims(engineAccess.kind, nodes, expectedOf);
    for (const [endpoint, member] of members.all) if (!planned.has(endpoint)) remove(endpoint, member);
    for (const [endpoint, { client, expected }] of planned) {
      const member = members.all.get(endpoint);
      if (!member) members.add(endpoint, client, expected);
      else {
        member.expected = expected;
        if (recheck) member.watch?.recheck();
      }
    }
  }

  reconcile(false);

  return {
    setNodes(next) {
      if (closed) return;
      const before = new Set(nodes.map(({ id }) => id));
      const changed = next.length !== before.size || next.some(({ id }) => !before.has(id));
      const isBack = hasReadied(nodes, next);
      nodes = next;
      reconcile(changed || isBack || engineAccess.kind === 'pattern');
      verifyDown(nodes, members.all);
      if (changed) verifyForNew(nodes, before, owners, members.all);
    },
    expect(tasks) {
      for (const { nodeId, containerId, state } of tasks) {
        if (nodeId === null || containerId === null || !EXPECTED.has(state)) continue;
        members.all.get(owners.of(nodeId) ?? '')?.watch?.expect(containerId);
      }
    },
    async refresh(nodeId, containerId) {
      const endpoint = owners.of(nodeId);
      if (endpoint !== null) await members.all.get(endpoint)?.watch?.refresh(containerId);
    },
    clientOf(nodeId) {
      const endpoint = owners.of(nodeId);
      return (endpoint !== null && members.all.get(endpoint)?.client) || null;
    },
    onHint: (listener) => hintListeners.push(listener),
    close() {
      closed = true;
      members.close();
    },
  };
}

/** Its container is made, and not known to be over. */
const EXPECTED: ReadonlySet<string> = new Set(['ready', 'starting', 'running']);

/** An engine that answers for a node that is down left the swarm and may have joined it as another node. */
function verifyDown(nodes: readonly SwarmNode[], members: ReadonlyMap<string, Member>) {
  const down = new Set(nodes.filter(({ status }) => status === 'down').map(({ id }) => id));
  for (const { watch } of members.values()) if (down.has(watch?.nodeId() ?? '')) watch?.verify();
}

/**
 * A node that is new may be an engine that left and joined again, with its streams open: it is asked before anybody
 * finds that nothing leads to the new node. At the start there is nobody to ask yet.
 */
function verifyForNew(
  nodes: readonly SwarmNode[],
  known: ReadonlySet<string>,
  owners: Pick<NodeOwners, 'of'>,
  members: ReadonlyMap<string, Member>,
) {
  const unread = nodes.filter(({ id }) => !known.has(id) && owners.of(id) === null);
  if (known.size === 0 || unread.length === 0) return;
  for (const { watch, expected } of members.values())
    if (expected === null || unread.some(({ id }) => expected.has(id))) watch?.verify();
}

/** Is a node ready that was not? One that is new is listed before its engine knows that it has joined. */
function hasReadied(before: readonly SwarmNode[], next: readonly SwarmNode[]): boolean {
  const isReady = ({ status }: SwarmNode) => status === 'ready';
  const ready = new Set(before.filter(isReady).map(({ id }) => id));
  return next.some((node) => isReady(node) && !ready.has(node.id));
}

/** An engine that never said whose it is: where it should be one node's, what is wrong with the way there is that node's. */
function toExpected(observation: Observation, expected: Member['expected']): Observation {
  if (observation.kind !== 'engine' || observation.source.nodeId !== null) return observation;
  const [nodeId] = expected?.size === 1 ? expected : [];
  return nodeId === undefined ? observation : { ...observation, source: { ...observation.source, nodeId } };
}

/** An endpoint that no client can be made for. */
function toUnreachable(endpoint: string, error: unknown, nowMs: number): Observation {
  const source = toNewSource('engine', endpoint, nowMs);
  return { kind: 'engine', source: { ...source, state: 'unreachable', error: toSentence(error) } };
}
