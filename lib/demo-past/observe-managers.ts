import { toInfo } from '#lib/demo/api/to-info.ts';
import { listNetworks } from '#lib/demo/api/to-network-json.ts';
import { toNodeJson } from '#lib/demo/api/to-node-json.ts';
import { toServiceJson } from '#lib/demo/api/to-service-json.ts';
import { toTaskJson } from '#lib/demo/api/to-task-json.ts';
import type { SimService, World } from '#lib/demo/world.ts';
import type { Masker } from '#lib/engine/docker/decode/create-masker.ts';
import { createSpecKeys } from '#lib/engine/docker/decode/create-spec-keys.ts';
import { toIdentity } from '#lib/engine/docker/decode/to-identity.ts';
import { toNetwork } from '#lib/engine/docker/decode/to-network.ts';
import { toNode } from '#lib/engine/docker/decode/to-node.ts';
import { toService } from '#lib/engine/docker/decode/to-service.ts';
import { toTask } from '#lib/engine/docker/decode/to-task.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { Source } from '#lib/model/docker/source.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { toEngineSource } from './to-engine-source.ts';

export interface ManagerObserver {
  /** All that a manager tells. */
  begin(): void;
  /** What it lists otherwise than before. */
  look(): void;
}

/** Reads what the managers of a world list, decoded as any manager's answer is. */
export function observeManagers(
  world: World,
  engines: readonly string[],
  mask: Masker,
  publish: (observation: Observation) => void,
): ManagerObserver {
  const specKeys = createSpecKeys();
  let version = -1;
  /** What was listed last: of services their versions and how many tasks they had, and tasks. */
  const versions = new Map<string, number>();
  const counts = new Map<string, number>();
  const tasks = new Map<string, { version: number; task: Task | null }>();

  function listNodes(): void {
    const nodes = world.nodes.flatMap((node) => toNode(toNodeJson(node, world.timeline.nowMs()), 0) ?? []);
    publish({ kind: 'nodes', nodes });
  }

  function listServices(): void {
    const changed = world.services.filter((one) => versions.get(one.id) !== one.version);
    if (changed.length === 0) return;
    for (const { id, version } of changed) versions.set(id, version);
    const services = changed.flatMap(
      (one) => toService(toServiceJson(world, one, true), 0, mask, specKeys) ?? [],
    );
    publish({ kind: 'services', services, complete: changed.length === world.services.length });
  }

  function listTasks(service: SimService): Task[] {
    const all = [...service.slots.values()].flat();
    return all.flatMap((task) => {
      const known = tasks.get(task.id);
      if (known?.version === task.version && task.json !== null) return known.task ?? [];
      const read = toTask(JSON.parse(toTaskJson(world, task)), 0, mask, specKeys);
      tasks.set(task.id, { version: task.version, task: read });
      return read ?? [];
    });
  }

  function look(): void {
    if (version === world.version) return;
    version = world.version;
    listNodes();
    listServices();
    // What was not listed since it changed, and what is listed no longer.
    const touched = world.services.filter(({ id, slots }) => {
      const all = [...slots.values()].flat();
      const isTouched = all.some(({ json }) => json === null) || counts.get(id) !== all.length;
      counts.set(id, all.length);
      return isTouched;
    });
    if (touched.length > 0)
      publish({ kind: 'tasks', tasks: touched.flatMap(listTasks), serviceIds: touched.map(({ id }) => id) });
  }

  return {
    begin() {
      const [first] = world.nodes;
      if (!first) return;
      const known = { apiVersion: first.release.apiVersion, engineVersion: first.release.version };
      const more = { agentLevel: null, lookalike: null, skewMs: 0 };
      const swarm = toIdentity(toInfo(world, first, null), { ...known, ...more })?.swarm;
      if (swarm) publish({ kind: 'swarm', swarm });
      const managers = world.nodes.filter(({ manager }) => manager);
      const sources = managers.map((node, index): Source => {
        const source = toEngineSource(node, engines[node.index] ?? '', world.timeline.nowMs());
        return { ...source, kind: 'manager', active: index === 0 };
      });
      publish({ kind: 'managers', sources });
      const networks = JSON.parse(listNetworks(world, new URLSearchParams())) as unknown[];
      publish({ kind: 'networks', networks: networks.flatMap((raw) => toNetwork(raw) ?? []) });
      listNodes();
      listServices();
      publish({ kind: 'tasks', tasks: world.services.flatMap(listTasks), serviceIds: null });
    },
    look,
  };
}
