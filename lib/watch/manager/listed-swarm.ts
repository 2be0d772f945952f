import type { Service } from '#lib/model/docker/service.ts';
import type { Task } from '#lib/model/docker/task.ts';

/** What a manager listed last, as far as it says what to list next. */
export interface ListedSwarm {
  hasService(serviceId: string): boolean;
  addServices(services: readonly Service[]): void;
  /** @returns whether it was known */
  removeService(serviceId: string): boolean;
  countServices(): number;
  /** Some service, each in its turn; `null`: there is none. */
  nextService(): string | null;
  countTasks(): number;
  /** Those that have tasks. */
  busyServices(): Iterable<string>;
  tasksOf(serviceId: string): readonly Task[];
  serviceOfTask(taskId: string): string | null;
  /** Services with a task on any of these nodes. */
  servicesOn(nodeIds: ReadonlySet<string>): string[];
  setTasks(serviceId: string, tasks: Task[]): void;
  /** All of it, anew. */
  setAll(services: readonly Service[], tasks: readonly Task[]): void;
}

export function createListedSwarm(): ListedSwarm {
  let serviceIds = new Set<string>();
  let turns = serviceIds.values();
  let tasksOf = new Map<string, Task[]>();
  let serviceOf = new Map<string, string>();

  return {
    hasService: (serviceId) => serviceIds.has(serviceId),
    addServices(services) {
      for (const { id } of services) serviceIds.add(id);
    },
    removeService: (serviceId) => serviceIds.delete(serviceId),
    countServices: () => serviceIds.size,
    nextService() {
      const next = turns.next();
      if (!next.done) return next.value;
      turns = serviceIds.values();
      return turns.next().value ?? null;
    },
    countTasks: () => serviceOf.size,
    busyServices: () => tasksOf.keys(),
    tasksOf: (serviceId) => tasksOf.get(serviceId) ?? [],
    serviceOfTask: (taskId) => serviceOf.get(taskId) ?? null,
    servicesOn(nodeIds) {
      const found: string[] = [];
      for (const [serviceId, tasks] of tasksOf)
        if (tasks.some(({ nodeId }) => nodeId !== null && nodeIds.has(nodeId))) found.push(serviceId);
      return found;
    },
    setTasks(serviceId, tasks) {
      for (const { id } of tasksOf.get(serviceId) ?? []) serviceOf.delete(id);
      if (tasks.length > 0) tasksOf.set(serviceId, tasks);
      else tasksOf.delete(serviceId);
      for (const { id } of tasks) serviceOf.set(id, serviceId);
    },
    setAll(services, tasks) {
      serviceIds = new Set(services.map(({ id }) => id));
      turns = serviceIds.values();
      tasksOf = Map.groupBy(tasks, ({ serviceId }) => serviceId);
      serviceOf = new Map(tasks.map(({ id, serviceId }) => [id, serviceId]));
    },
  };
}
