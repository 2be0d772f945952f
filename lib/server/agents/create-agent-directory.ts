import type { FactListener, Facts } from '#lib/facts/create-facts.ts';
import type { FactChange } from '#lib/facts/fact-change.ts';
import { type AgentPlace, findAgent } from '#lib/model/docker/agents.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Service } from '#lib/model/docker/service.ts';
import type { Source } from '#lib/model/docker/source.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';
import { toNewSource } from '#lib/watch/connection/source.ts';
import { english } from '#lib/words/english.ts';

/** Knows where each node's agent answers, from what a manager lists. */
export interface AgentDirectory {
  observe: FactListener;
  /** The addresses of the node's agent; `null` when it has none to speak to. */
  addressesOf(node: SwarmNode): readonly string[] | null;
  /** Calls `listener` with all nodes when an agent came, went or moved. */
  subscribe(listener: (nodes: readonly SwarmNode[]) => void): void;
}

export interface AgentDirectoryOptions {
  /** Name or id of the agents' service. */
  serviceName: string;
  /** Is given nodes without an agent, as engines that cannot be read, with the reason. */
  facts: Facts;
  nowMs(): number;
}

export function createAgentDirectory(options: AgentDirectoryOptions): AgentDirectory {
  const { serviceName, facts, nowMs } = options;
  const listeners: ((nodes: readonly SwarmNode[]) => void)[] = [];
  let serviceId: string | null = null;
  const places = new Map<string, AgentPlace>();
  /** What was made known of nodes without an agent. */
  const missing = new Map<string, Source>();

  const isAgents = ({ id, name }: Service) => name === serviceName || id === serviceName;

  function isNews(change: FactChange): boolean {
    switch (change.kind) {
      case 'node':
      case 'node-gone':
      case 'tasks-listed':
        return true;
      case 'service':
        return serviceId === null || change.service.id === serviceId;
      case 'service-gone':
        return change.service.id === serviceId;
      case 'task':
      case 'task-gone':
        return change.task.serviceId === serviceId;
      default:
        return false;
    }
  }

  function update(): void {
    serviceId = [...facts.services()].find(isAgents)?.id ?? null;
    // Before all was listed nothing is known to be missing.
    if (!facts.areServicesListed() || !facts.areTasksListed()) return;
    const nodes = [...facts.nodes()];
    const tasks = serviceId === null ? [] : facts.tasksOf(serviceId);
    const tasksOn = Map.groupBy(tasks, ({ nodeId }) => nodeId);
    let isChanged = false;
    for (const node of nodes) {
      const found = serviceId !== null;
      const place = findAgent(node, tasksOn.get(node.id) ?? [], { serviceName, found });
      const before = places.get(node.id);
      if (before && hasEqualContent(before, place)) continue;
      places.set(node.id, place);
      isChanged = true;
      emit(node, place);
    }
    for (const id of places.keys()) {
      if (facts.nodeOf(id)) continue;
      places.delete(id);
      takeBack(id);
    }
    if (isChanged) for (const listener of listeners) listener(nodes);
  }

  function emit(node: SwarmNode, place: AgentPlace): void {
    if (place.kind === 'there') {
      takeBack(node.id);
      return;
    }
    const endpoint = `agent of ${node.hostname} (${node.id.slice(0, 10)})`;
    const source: Source = {
      ...toNewSource('engine', endpoint, nowMs()),
      nodeId: node.id,
      state: place.waiting ? 'connecting' : 'unreachable',
      error: english.agentGap(place.gap),
      engineVersion: node.engineVersion,
    };
    const before = missing.get(node.id);
    if (before && before.endpoint !== source.endpoint) takeBack(node.id);
    missing.set(node.id, source);
    facts.apply({ kind: 'engine', source });
  }

  function takeBack(nodeId: string): void {
    const source = missing.get(nodeId);
    if (!source) return;
    missing.delete(nodeId);
    facts.apply({ kind: 'engine-gone', endpoint: source.endpoint });
  }

  return {
    observe(changes) {
      if (changes.some(isNews)) update();
    },
    subscribe: (listener) => listeners.push(listener),
    addressesOf(node) {
      const place = places.get(node.id);
      return place?.kind === 'there' ? place.addresses : null;
    },
  };
}
