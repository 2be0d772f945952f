import type { Service } from '#lib/model/docker/service.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { toIsAt } from './list-tasks.ts';
import type { ListedSwarm } from './listed-swarm.ts';
import { joinSlots, NOWHERE, type Slots } from './touch-plan.ts';

/**
 * What other lists said while one was under way. Its answer may be older than theirs, or rest on what was known when it was asked for:
 * Docker gives no id twice, so that nothing comes back that is gone, and of two writes the later one is kept.
 */
export interface Overlaps {
  /** Reads what some services have, or with `[]` all. */
  read<T>(serviceIds: readonly string[], read: (overlap: Overlap) => Promise<T>): Promise<T>;
  /** A service is known no longer. */
  removeService(serviceId: string): void;
  /** Some services were read, and the tasks of some in these slots; the listed ones are about to be replaced. */
  beforeSome(services: readonly Service[], slots: ReadonlyMap<string, Slots>): void;
  /** The same of all. */
  beforeAll(services: readonly Service[]): void;
}

interface Listed {
  services: Service[];
  tasks: Task[];
}

export interface Overlap {
  isRemoved(serviceId: string): boolean;
  /** Of one of the services that were asked for: what its answer says, and what is known besides by now. */
  join(serviceId: string, answered: readonly Task[]): Task[];
  /** Of all: what its answer says, and of services that were read meanwhile what these said. */
  joinAll(answered: Listed): Listed;
}

interface UnderWay {
  /** As they were known when they were asked for. */
  before: Map<string, readonly Task[]>;
  /** Of those listed anew since, all tasks that were ever known. */
  seen: Map<string, Set<string>>;
  removed: Set<string>;
  /** Services read meanwhile, and where: fresher than what a full list will say. */
  fresherServices: Map<string, Service>;
  fresher: Map<string, Slots>;
}

export function createOverlaps(listed: Pick<ListedSwarm, 'hasService' | 'tasksOf'>): Overlaps {
  const all = new Set<UnderWay>();

  function note({ before, seen }: UnderWay, serviceId: string): void {
    if (!before.has(serviceId)) return;
    const ids = seen.get(serviceId) ?? new Set();
    for (const { id } of listed.tasksOf(serviceId)) ids.add(id);
    seen.set(serviceId, ids);
  }

  function join({ before, seen }: UnderWay, serviceId: string, answered: readonly Task[]): Task[] {
    const everKnown = seen.get(serviceId);
    if (everKnown === undefined) return [...answered];
    const now = new Map(listed.tasksOf(serviceId).map((task) => [task.id, task]));
    const found = answered.filter(({ id }) => now.has(id) || !everKnown.has(id));
    const named = new Set(answered.map(({ id }) => id));
    for (const { id } of before.get(serviceId) ?? []) named.add(id);
    // It could not be asked for, or was made since: the next list tells what became of it.
    const came = [...now.values()].filter(({ id }) => !named.has(id));
    return [...found.map((task) => toLater(task, now.get(task.id))), ...came];
  }

  function joinAll({ removed, fresher, fresherServices }: UnderWay, answered: Listed): Listed {
    const isFresher = toIsAt(fresher);
    const isOld = ({ id }: Service) => removed.has(id) || fresherServices.has(id);
    const services = answered.services.filter((service) => !isOld(service));
    for (const service of fresherServices.values()) if (!removed.has(service.id)) services.push(service);
    const tasks = answered.tasks.filter((task) => !isFresher(task) && !removed.has(task.serviceId));
    for (const serviceId of fresher.keys())
      if (!removed.has(serviceId)) tasks.push(...listed.tasksOf(serviceId).filter(isFresher));
    return { services, tasks };
  }

  return {
    async read(serviceIds, read) {
      const before = new Map(serviceIds.map((id) => [id, listed.tasksOf(id)]));
      const one: UnderWay = {
        before,
        seen: new Map(),
        removed: new Set(),
        fresherServices: new Map(),
        fresher: new Map(),
      };
      all.add(one);
      try {
        return await read({
          isRemoved: (serviceId) => one.removed.has(serviceId),
          join: (serviceId, answered) => join(one, serviceId, answered),
          joinAll: (answered) => joinAll(one, answered),
        });
      } finally {
        all.delete(one);
      }
    },
    removeService(serviceId) {
      for (const one of all) one.removed.add(serviceId);
    },
    beforeSome(services, slots) {
      for (const one of all) {
        for (const service of services) one.fresherServices.set(service.id, service);
        for (const [id, own] of slots) {
          note(one, id);
          one.fresher.set(id, joinSlots(one.fresher.get(id) ?? NOWHERE, own));
        }
      }
    },
    beforeAll(services) {
      if (all.size === 0) return;
      const listedNow = new Set(services.map(({ id }) => id));
      for (const one of all)
        for (const id of one.before.keys()) {
          note(one, id);
          if (listed.hasService(id) && !listedNow.has(id)) one.removed.add(id);
        }
    },
  };
}

function toLater(task: Task, known: Task | undefined): Task {
  if (known === undefined || known.versionIndex === null || task.versionIndex === null) return task;
  return known.versionIndex > task.versionIndex ? known : task;
}
