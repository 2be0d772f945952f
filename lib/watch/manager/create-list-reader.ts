import { type EngineClient, EngineError } from '#lib/engine/port.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { Service } from '#lib/model/docker/service.ts';
import type { Task } from '#lib/model/docker/task.ts';
import type { Clock, Timer } from '#lib/watch/clock.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { createHangCheck, reachesMost, toCutOff } from './create-hang-check.ts';
import { createWholeLists, isToRun, NO_NODE } from './create-whole-lists.ts';
import { type AskedService, listTasks, toIsAt } from './list-tasks.ts';
import { createListedSwarm, type ListedSwarm } from './listed-swarm.ts';
import { joinSlots, NOWHERE, type Slots } from './touch-plan.ts';

/** Lists of a manager, each read and emitted as a whole; when which is read is decided elsewhere. */
export interface ListReader {
  readonly listed: Pick<
    ListedSwarm,
    | 'hasService'
    | 'countServices'
    | 'nextService'
    | 'countTasks'
    | 'busyServices'
    | 'tasksOf'
    | 'serviceOfTask'
    | 'slotsAfter'
    | 'servicesOn'
  >;
  /** From now on reads from this manager. */
  use(client: EngineClient): void;
  /** Each resolves to false when it was dropped meanwhile, and rejects when it fails. */
  readAll(): Promise<boolean>;
  /** The tasks of these services, and those services that are new or touched themselves. */
  readServices(asked: readonly AskedService[]): Promise<boolean>;
  readNodes(): Promise<boolean>;
  /** An event told that it is gone. */
  removeService(serviceId: string): void;
  /** What is under way is worth nothing. */
  drop(): void;
}

export interface ListReaderOptions {
  client: EngineClient;
  clock: Clock;
  emit(observation: Observation): void;
  /** Every list of the nodes, before it is emitted. */
  onNodes(nodes: SwarmNode[]): void;
  /** The manager answered. */
  onActivity(): void;
  /** A list takes too long. */
  onOverdue(): void;
  /** There are other managers to turn to. */
  hasOthers: boolean;
  /** How long a manager may take to say whether it reaches a leader, ms. */
  patienceMs(): number;
  /** It does not say so, or reaches none. */
  onHang(error: unknown): void;
}

export function createListReader(options: ListReaderOptions): ListReader {
  const { clock, emit, onNodes, onActivity, onOverdue } = options;
  const listed = createListedSwarm();
  const lateTimers = new Set<Timer>();
  let client = options.client;
  let epoch = 0;
  /** Services read while a full list was under way, and where: fresher than what it will say. */
  let fresher = new Map<string, Slots>();
  const hang = createHangCheck({ ...options, client: () => client });
  const whole = createWholeLists({ clock, client: () => client, listed, ask, emitNodes });

  /** Waits for a list. `null`: dropped meanwhile. */
  async function ask<T>(call: Promise<T>): Promise<T | null> {
    const mine = epoch;
    const timer = clock.setTimer(LIMITS.lateMs, onOverdue);
    lateTimers.add(timer);
    const endWait = hang.begin();
    try {
      const answer = await call;
      endWait(true);
      if (mine !== epoch) return null;
      onActivity();
      return answer;
    } finally {
      endWait(false);
      timer.cancel();
      lateTimers.delete(timer);
    }
  }

  function emitNodes(nodes: SwarmNode[]): void {
    onNodes(nodes);
    emit({ kind: 'nodes', nodes });
  }

  function removeService(serviceId: string): void {
    if (listed.removeService(serviceId)) emit({ kind: 'service-gone', serviceId });
  }

  async function readAll(): Promise<boolean> {
    fresher = new Map();
    const answer = await whole.read();
    if (!answer) return false;
    const { nodes, services, tasks: all } = answer;
    if (options.hasOthers && !reachesMost(nodes)) throw toCutOff(client.endpoint);
    const isFresher = toIsAt(fresher);
    const tasks = all.filter((task) => !isFresher(task));
    for (const serviceId of fresher.keys()) tasks.push(...listed.tasksOf(serviceId).filter(isFresher));
    listed.setAll(services, tasks);
    emitNodes(nodes);
    emit({ kind: 'services', services, complete: true });
    emit({ kind: 'tasks', tasks, serviceIds: null });
    return true;
  }

  async function readServices(asked: readonly AskedService[]): Promise<boolean> {
    const ids = asked.map(({ serviceId }) => serviceId);
    const specs = asked
      .filter(({ serviceId, spec }) => spec || !listed.hasService(serviceId))
      .map(({ serviceId }) => serviceId);
    const answer = await ask(
      Promise.all([listTasks(client, listed, asked), specs.length > 0 ? client.listServices(specs) : []]),
    );
    if (!answer) return false;
    const [{ tasks, slots }, services] = answer;
    const missing = specs.filter((id) => !services.some((service) => service.id === id));
    const grouped: Map<string, Task[]> = Map.groupBy(tasks, ({ serviceId }) => serviceId);
    // Docker knows no tasks of a service that it does not know: one of the two answers cannot be right, or has changed since.
    const isOdd = (id: string) => listed.hasService(id) && (grouped.get(id) ?? []).some(isToRun);
    if (missing.some(isOdd)) throw toOddAnswer('/services without one whose tasks are to run');
    if (ids.some((id) => !missing.includes(id) && !grouped.has(id) && hasLostTasks(id, listed, services)))
      throw toOddAnswer('/tasks with none of a service that had some that are to run');
    if (services.length > 0) emit({ kind: 'services', services, complete: false });
    listed.addServices(services);
    for (const id of missing) removeService(id);
    for (const id of ids) {
      listed.setTasks(id, grouped.get(id) ?? []);
      fresher.set(id, joinSlots(fresher.get(id) ?? NOWHERE, slots.get(id) ?? null));
    }
    emit({ kind: 'tasks', tasks, serviceIds: ids });
    return true;
  }

  const toOddAnswer = (what: string) =>
    new EngineError('http', `${client.endpoint} answers ${what}: that cannot be right.`);

  async function readNodes(): Promise<boolean> {
    const nodes = await ask(client.listNodes());
    if (nodes?.length === 0) throw new EngineError('garbled', `${client.endpoint} ${NO_NODE}`);
    if (nodes) emitNodes(nodes);
    return nodes !== null;
  }

  return {
    listed,
    use(next) {
      client = next;
    },
    readAll,
    readServices,
    readNodes,
    removeService,
    drop() {
      epoch += 1;
      for (const timer of lateTimers) timer.cancel();
      lateTimers.clear();
      hang.drop();
      client.dropSwarmLists();
    },
  };
}

/** Had a service tasks, of which a list has none? Those that end stay listed for a while. Read whole, the lists show whether that can be. */
function hasLostTasks(id: string, listed: ListedSwarm, services: readonly Service[]): boolean {
  if (!listed.tasksOf(id).some(isToRun)) return false;
  const mode = services.find((service) => service.id === id)?.mode;
  return mode === undefined || (mode.kind === 'replicated' && mode.replicas > 0);
}
