import type { Observation } from '#lib/model/docker/observation.ts';
import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';
import type { FactChange } from './fact-change.ts';
import type { FactStore } from './fact-store.ts';
import {
  foldContainer,
  foldContainerGone,
  foldContainers,
  foldLastWords,
  foldUsageSigns,
} from './fold-containers.ts';
import { foldEngine, foldEngineGone } from './fold-engines.ts';
import { foldPorts } from './fold-ports.ts';
import { foldServiceGone, foldServices, foldTasks } from './fold-tasks.ts';
import { holdNames } from './hold-names.ts';

/**
 * Folds one observation into the store, and answers what it changed. What is equal to what was known keeps its identity
 * and is no change: lists that say the same again cost a comparison and no more.
 */
export function foldObservation(store: FactStore, observation: Observation): FactChange[] {
  switch (observation.kind) {
    case 'swarm':
      store.swarm = observation.swarm;
      store.swarmId = observation.swarm.id ?? store.swarmId;
      return [{ kind: 'swarm' }];
    case 'managers':
      store.managers = observation.sources;
      return [{ kind: 'managers' }];
    case 'nodes':
      return foldNodes(store, observation);
    case 'networks':
      return foldNetworks(store, observation);
    case 'networks-unread': {
      const { error, listedAtMs } = observation;
      store.networksUnread = { error, listedAtMs };
      return [{ kind: 'networks' }];
    }
    case 'services':
      return foldServices(store, observation);
    case 'service-gone':
      return foldServiceGone(store, observation.serviceId);
    case 'tasks':
      return foldTasks(store, observation);
    case 'engine':
      return foldEngine(store, observation.source);
    case 'engine-gone':
      return foldEngineGone(store, observation.endpoint);
    case 'containers':
      return foldContainers(store, observation);
    case 'container':
      return foldContainer(store, observation.container);
    case 'last-words':
      return foldLastWords(store, observation);
    case 'usage-signs':
      return foldUsageSigns(store, observation);
    case 'container-gone':
      return foldContainerGone(store, observation.nodeId, observation.containerId, true);
    case 'ports':
      return foldPorts(store.ports, observation);
  }
}

function foldNodes(
  store: FactStore,
  { nodes: listedNodes }: Extract<Observation, { kind: 'nodes' }>,
): FactChange[] {
  const nodes = holdNames(store.heldNames, store.nodes, listedNodes);
  const changes: FactChange[] = [];
  const listed = new Set(nodes.map((node) => node.id));
  for (const [id, node] of store.nodes) {
    if (listed.has(id)) continue;
    store.nodes.delete(id);
    store.heldNames.delete(id);
    store.times.forget(id);
    store.engineByNode = null;
    changes.push({ kind: 'node-gone', node });
  }
  for (const each of nodes) {
    const updatedAtMs = store.times.settle(each.id, 'updated', each.updatedAtMs);
    const node = updatedAtMs === each.updatedAtMs ? each : { ...each, updatedAtMs };
    const before = store.nodes.get(node.id) ?? null;
    if (before && hasEqualContent(before, node)) continue;
    store.nodes.set(node.id, node);
    if (before === null) store.engineByNode = null;
    changes.push({ kind: 'node', node, before });
  }
  return changes;
}

function foldNetworks(
  store: FactStore,
  { networks }: Extract<Observation, { kind: 'networks' }>,
): FactChange[] {
  const wasUnread = store.networksUnread !== null;
  store.networksUnread = null;
  const before = store.networks;
  const now = new Map(networks.map((network) => [network.id, network]));
  if (!wasUnread && before !== null && hasEqualContent([...before.values()], [...now.values()])) return [];
  store.networks = now;
  return [{ kind: 'networks' }];
}
