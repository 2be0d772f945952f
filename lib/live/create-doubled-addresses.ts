import type { Found } from '#lib/model/contract/found.ts';
import type { Task } from '#lib/model/docker/task.ts';
import {
  type DoubledTasks,
  findDoubledAtMs,
  findDoubledRoot,
} from '#lib/model/findings/roots/swarm-roots.ts';

/** Addresses of one network that several running tasks have, for longer than lists may be behind each other. */
export interface DoubledAddresses {
  /** All tasks of this service that a manager lists now. */
  set(serviceId: string, tasks: readonly Task[]): void;
  /** @returns the services of the tasks whose address another has from now on, or no more */
  decide(nowMs: number): { found: Found<'swarm'> | null; serviceIds: string[] };
  /** Does another task have its address, as last decided? */
  has(taskId: string): boolean;
  /** Our clock, when time alone makes one; infinite: it does not. */
  nextDueMs(): number;
}

/** @param nameOf a task's service and node, as people know them */
export function createDoubledAddresses(
  nameOf: (task: Task) => { service: string; host: string | null },
): DoubledAddresses {
  const index = createAddressIndex();
  /** By task, the service that it is of. */
  let doubled = new Map<string, string>();
  let dueAtMs = Number.POSITIVE_INFINITY;

  return {
    set: index.set,
    decide(nowMs) {
      const all = index.doubled();
      dueAtMs = Number.POSITIVE_INFINITY;
      if (all.length === 0 && doubled.size === 0) return { found: null, serviceIds: [] };
      const before = doubled;
      const ripe = all.filter((one) => {
        const atMs = findDoubledAtMs(one);
        if (atMs > nowMs) dueAtMs = Math.min(dueAtMs, atMs);
        return atMs <= nowMs;
      });
      doubled = new Map(ripe.flatMap(({ tasks }) => tasks.map(({ id, serviceId }) => [id, serviceId])));
      return {
        found: findDoubledRoot(ripe, nameOf),
        serviceIds: [...listMissing(before, doubled), ...listMissing(doubled, before)],
      };
    },
    has: (taskId) => doubled.has(taskId),
    nextDueMs: () => dueAtMs,
  };
}

/** The values of those whose key the other does not have. */
function listMissing(from: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] {
  return [...from].filter(([id]) => !other.has(id)).map(([, value]) => value);
}

/** Which running task has which address, so that one given twice is found where a task changes. */
interface AddressIndex {
  set(serviceId: string, tasks: readonly Task[]): void;
  doubled(): readonly DoubledTasks[];
}

const NONE: readonly DoubledTasks[] = [];

function createAddressIndex(): AddressIndex {
  /** By network and address, the first that has it; a second is in `doubled` with it. */
  const holders = new Map<string, Task>();
  const doubled = new Map<string, Map<string, Task>>();
  const byService = new Map<string, Map<string, Task>>();

  function add(task: Task): void {
    for (const place of listPlaces(task)) {
      const holder = holders.get(place);
      if (holder === undefined || holder.id === task.id) holders.set(place, task);
      else {
        const all = doubled.get(place) ?? new Map([[holder.id, holder]]);
        doubled.set(place, all.set(task.id, task));
      }
    }
  }

  function remove(task: Task): void {
    for (const place of listPlaces(task)) {
      const all = doubled.get(place);
      all?.delete(task.id);
      if (holders.get(place)?.id === task.id) holders.delete(place);
      const [left] = all?.values() ?? [];
      if (left !== undefined) holders.set(place, left);
      if (all !== undefined && all.size < 2) doubled.delete(place);
    }
  }

  return {
    set(serviceId, tasks) {
      const before = byService.get(serviceId);
      const now = new Map<string, Task>();
      for (const task of tasks) if (hasAddress(task)) now.set(task.id, task);
      if (before === undefined && now.size === 0) return;
      for (const [id, task] of before ?? []) if (now.get(id) !== task) remove(task);
      for (const [id, task] of now) if (before?.get(id) !== task) add(task);
      if (now.size === 0) byService.delete(serviceId);
      else byService.set(serviceId, now);
    },
    doubled: () =>
      doubled.size === 0
        ? NONE
        : [...doubled].map(([place, tasks]) => ({
            address: place.slice(place.indexOf(' ') + 1),
            tasks: [...tasks.values()],
          })),
  };
}

/** One that ended, or was told to, gives its address back. */
function hasAddress({ state, desiredState, addresses }: Task): boolean {
  return state === 'running' && desiredState === 'running' && addresses.length > 0;
}

/** Its addresses, each with its network: another network may use the same. One of no known network is no claim. */
function listPlaces({ addresses, networkIds }: Task): string[] {
  return addresses.flatMap((address, at) => {
    const networkId = networkIds[at] ?? null;
    return networkId === null ? [] : [`${networkId} ${address}`];
  });
}
