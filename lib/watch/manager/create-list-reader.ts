import { type EngineClient, EngineError } from '#lib/engine/port.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { Service } from '#lib/model/docker/service.ts';
import type { Task } from '#lib/model/docker/task.ts';
import type { Clock, Timer } from '#lib/watch/clock.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { createHangCheck, reachesMost, toCutOff } from './create-hang-check.ts';
import { createOverlaps, type Overlap } from './create-overlaps.ts';
import { createWholeLists, isToRun, NO_NODE } from './create-whole-lists.ts';
import { type AskedService, listTasks, toIds } from './list-tasks.ts';
import { createListedSwarm, type ListedSwarm } from './listed-swarm.ts';

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
  const overlaps = createOverlaps(listed);
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
    overlaps.removeService(serviceId);
    if (listed.removeService(serviceId)) emit({ kind: 'service-gone', serviceId });
  }

  async function readAll({ joinAll }: Overlap): Promise<boolean> {
    const answer = await whole.read();
    if (!answer) return false;
    const { nodes } = answer;
    if (options.hasOthers && !reachesMost(nodes)) throw toCutOff(client.endpoint);
    const { services, tasks } = joinAll(answer);
    overlaps.beforeAll(services);
    listed.setAll(services, tasks);
    emitNodes(nodes);
    emit({ kind: 'services', services, complete: true });
    emit({ kind: 'tasks', tasks, serviceIds: null });
    return true;
  }

  async function readServices(
    asked: readonly AskedService[],
    { isRemoved, join }: Overlap,
  ): Promise<boolean> {
    const specs = asked
      .filter(({ serviceId, spec }) => spec || !listed.hasService(serviceId))
      .map(({ serviceId }) => serviceId);
    const answer = await ask(
      Promise.all([listTasks(client, listed, asked), specs.length > 0 ? client.listServices(specs) : []]),
    );
    if (!answer) return false;
    const [{ tasks: answered, slots }, answeredServices] = answer;
    const ids = toIds(asked).filter((id) => !isRemoved(id));
    const services = answeredServices.filter(({ id }) => !isRemoved(id));
    const missing = specs.filter((id) => !isRemoved(id) && !services.some((service) => service.id === id));
    const grouped: Map<string, Task[]> = Map.groupBy(answered, ({ serviceId }) => serviceId);
    const odd = findOdd({ ids, missing, services, grouped }, listed);
    if (odd !== null)
      throw new EngineError('http', `${client.endpoint} answers ${odd}: that cannot be right.`);
    if (services.length > 0) emit({ kind: 'services', services, complete: false });
    listed.addServices(services);
    for (const id of missing) removeService(id);
    const joined = new Map(
      ids.map((id) => [id, missing.includes(id) ? [] : join(id, grouped.get(id) ?? [])]),
    );
    overlaps.beforeSome(services, new Map(ids.map((id) => [id, slots.get(id) ?? null])));
    for (const [id, tasks] of joined) listed.setTasks(id, tasks);
    emit({ kind: 'tasks', tasks: [...joined.values()].flat(), serviceIds: ids });
    return true;
  }

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
    readAll: () => overlaps.read([], readAll),
    readServices: (asked) => overlaps.read(toIds(asked), (overlap) => readServices(asked, overlap)),
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

interface AnsweredServices {
  ids: readonly string[];
  missing: readonly string[];
  services: readonly Service[];
  grouped: ReadonlyMap<string, readonly Task[]>;
}

/**
 * What of an answer cannot be; `null`: all of it can. Docker knows no tasks of a service that it does not know: one of the two answers
 * cannot be right, or has changed since.
 */
function findOdd({ ids, missing, services, grouped }: AnsweredServices, listed: ListedSwarm): string | null {
  const isOdd = (id: string) => listed.hasService(id) && (grouped.get(id) ?? []).some(isToRun);
  if (missing.some(isOdd)) return '/services without one whose tasks are to run';
  const isLost = (id: string) =>
    !missing.includes(id) && !grouped.has(id) && hasLostTasks(id, listed, services);
  return ids.some(isLost) ? '/tasks with none of a service that had some that are to run' : null;
}
