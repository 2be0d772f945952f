import { type AgentPlace, findAgent } from '#lib/model/docker/agents.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { Source } from '#lib/model/docker/source.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';

/** Knows where each node's agent answers, from what a manager lists. */
export interface AgentDirectory {
  /** To be shown everything that the watch of the managers emits, after the live picture saw it. */
  observe(observation: Observation): void;
  /** The addresses of the node's agent; `null` when it has none to speak to. */
  addressesOf(node: SwarmNode): readonly string[] | null;
}

export interface AgentDirectoryOptions {
  /** Name or id of the agents' service. */
  serviceName: string;
  nowMs(): number;
  /** Hears of nodes without an agent, as engines that cannot be read, with the reason. */
  emit(observation: Observation): void;
  /** An agent came, went or moved. */
  onChange(nodes: readonly SwarmNode[]): void;
}

export function createAgentDirectory(options: AgentDirectoryOptions): AgentDirectory {
  const { serviceName, nowMs } = options;
  let nodes: readonly SwarmNode[] = [];
  let tasks: readonly Task[] = [];
  /** A full list that came before it was known which service is the agents'. */
  let early: readonly Task[] = [];
  let serviceId: string | null = null;
  /** Tasks and services were listed: before that nothing is known to be missing. */
  const listed = { services: false, tasks: false };
  const places = new Map<string, AgentPlace>();
  const emitted = new Map<string, Source>();

  function observe(observation: Observation): void {
    switch (observation.kind) {
      case 'nodes':
        nodes = observation.nodes;
        break;
      case 'services': {
        const found = observation.services.find(({ id, name }) => name === serviceName || id === serviceName);
        if (found) serviceId = found.id;
        else if (observation.complete) serviceId = null;
        listed.services ||= observation.complete;
        if (serviceId !== null && early.length > 0) {
          tasks = early.filter((task) => task.serviceId === serviceId);
          early = [];
        }
        if (!found && !observation.complete) return;
        break;
      }
      case 'service-gone':
        if (observation.serviceId !== serviceId) return;
        serviceId = null;
        break;
      case 'tasks': {
        const { serviceIds } = observation;
        if (serviceIds !== null && (serviceId === null || !serviceIds.includes(serviceId))) return;
        tasks = observation.tasks.filter((task) => task.serviceId === serviceId);
        listed.tasks ||= serviceIds === null;
        early = serviceIds === null && !listed.services ? observation.tasks : [];
        break;
      }
      default:
        return;
    }
    if (listed.services && listed.tasks) update();
  }

  function update(): void {
    let changed = false;
    const found = serviceId !== null;
    for (const node of nodes) {
      const place = findAgent(node, found ? tasks : [], { serviceName, found });
      const before = places.get(node.id);
      if (before && hasEqualContent(before, place)) continue;
      places.set(node.id, place);
      changed = true;
      emitSource(node, place);
    }
    for (const id of places.keys()) {
      if (nodes.some((node) => node.id === id)) continue;
      places.delete(id);
      forget(id);
    }
    if (changed) options.onChange(nodes);
  }

  function emitSource(node: SwarmNode, place: AgentPlace): void {
    if (place.kind === 'there') {
      forget(node.id);
      return;
    }
    const source: Source = {
      kind: 'engine',
      endpoint: `agent of ${node.hostname} (${node.id.slice(0, 10)})`,
      nodeId: node.id,
      state: place.waiting ? 'connecting' : 'unreachable',
      sinceMs: nowMs(),
      error: place.reason,
      lastReadMs: null,
      active: true,
      engineVersion: node.engineVersion,
      apiVersion: null,
      skewMs: 0,
    };
    const before = emitted.get(node.id);
    if (before && before.endpoint !== source.endpoint) forget(node.id);
    emitted.set(node.id, source);
    options.emit({ kind: 'engine', source });
  }

  function forget(nodeId: string): void {
    const source = emitted.get(nodeId);
    if (!source) return;
    emitted.delete(nodeId);
    options.emit({ kind: 'engine-gone', endpoint: source.endpoint });
  }

  return {
    observe,
    addressesOf(node) {
      const place = places.get(node.id);
      return place?.kind === 'there' ? place.addresses : null;
    },
  };
}
