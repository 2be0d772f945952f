import type { Service } from '#lib/model/docker/service.ts';
import { isWantedTask, type Task } from '#lib/model/docker/task.ts';
import type { Slots } from './touch-plan.ts';

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
  /** Where what follows some tasks of a service will be: in their slots; `null`: it may be anywhere. */
  slotsAfter(serviceId: string, is: (task: Task) => boolean): Slots;
  /** How the names of the tasks of this slot begin (swarmkit `api/naming`); `null`: not known. */
  namePrefix(serviceId: string, slot: number): string | null;
  /** Services with a task on any of these nodes. */
  servicesOn(nodeIds: ReadonlySet<string>): string[];
  setTasks(serviceId: string, tasks: Task[]): void;
  /** All of it, anew. */
  setAll(services: readonly Service[], tasks: readonly Task[]): void;
}

/** As Docker writes names of services. */
const NAME = /^[a-zA-Z0-9][\w.-]*$/;

export function createListedSwarm(): ListedSwarm {
  let known = new Map<string, Service>();
  let turns = known.keys();
  let tasksOf = new Map<string, Task[]>();
  let serviceOf = new Map<string, string>();

  return {
    hasService: (serviceId) => known.has(serviceId),
    addServices(services) {
      for (const service of services) known.set(service.id, service);
    },
    removeService: (serviceId) => known.delete(serviceId),
    countServices: () => known.size,
    nextService() {
      const next = turns.next();
      if (!next.done) return next.value;
      turns = known.keys();
      return turns.next().value ?? null;
    },
    countTasks: () => serviceOf.size,
    busyServices: () => tasksOf.keys(),
    tasksOf: (serviceId) => tasksOf.get(serviceId) ?? [],
    serviceOfTask: (taskId) => serviceOf.get(taskId) ?? null,
    slotsAfter(serviceId, is) {
      const service = known.get(serviceId);
      const tasks = tasksOf.get(serviceId) ?? [];
      if (service === undefined || !isSteady(service, tasks)) return null;
      const slots = tasks.filter(is).map(({ slot }) => slot);
      return slots.length > 0 && slots.every((slot) => slot !== null) ? new Set(slots) : null;
    },
    namePrefix(serviceId, slot) {
      const name = known.get(serviceId)?.name ?? '';
      return NAME.test(name) ? `${name}.${slot}.` : null;
    },
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
      known = new Map(services.map((service) => [service.id, service]));
      turns = known.keys();
      tasksOf = Map.groupBy(tasks, ({ serviceId }) => serviceId);
      serviceOf = new Map(tasks.map(({ id, serviceId }) => [id, serviceId]));
    },
  };
}

const SETTLED = ['completed', 'paused', 'rollback_completed', 'rollback_paused'];

/**
 * Does Swarm replace tasks of this service in their own slots alone? A job goes on in other slots, an update in slot after slot,
 * and what a global service has follows the nodes.
 */
function isSteady(service: Service, tasks: readonly Task[]): boolean {
  const { mode, update, specKey } = service;
  const isSettled = update === null || SETTLED.includes(update.state);
  if (mode.kind !== 'replicated' || !isSettled || specKey === null) return false;
  return tasks.every((task) => !isWantedTask(task) || task.specKey === specKey);
}
