import type { EngineClient, TaskPart } from '#lib/engine/port.ts';
import type { Task } from '#lib/model/docker/task.ts';
import type { ListedSwarm } from './listed-swarm.ts';
import type { Slots, Touched } from './touch-plan.ts';

/** `whole`: all its tasks are listed; else those that can have changed, in the slots that are asked for. */
export type AskedService = Touched & { whole: boolean };

/** More names than this are no less to ask for than all tasks of their services. */
const MAX_NAMES = 50;

/** Tasks of services as a manager lists them now, each service in full. */
export interface ListedTasks {
  tasks: Task[];
  /** Of each service, in which slots its tasks were asked for. */
  slots: Map<string, Slots>;
}

/** Of some services all tasks, of others those that can have changed, and of others no more than what some slots hold. */
export async function listTasks(
  client: Pick<EngineClient, 'listTasks' | 'relistTasks'>,
  listed: Pick<ListedSwarm, 'hasService' | 'tasksOf' | 'namePrefix'>,
  asked: readonly AskedService[],
): Promise<ListedTasks> {
  const { whole = [], wanted = [], inSlots = [] } = Object.groupBy(asked, toKind);
  const slots = new Map<string, Slots>(asked.map(({ serviceId }) => [serviceId, null]));
  const names = inSlots.flatMap((one) => toNames(one, listed) ?? []);
  const isFew = names.length <= MAX_NAMES;
  if (isFew) for (const one of inSlots) slots.set(one.serviceId, one.slots);
  else wanted.push(...inSlots.splice(0));
  const isAsked = toIsAt(slots);
  const relist = (some: readonly AskedService[], part?: TaskPart) => {
    const ids = toIds(some);
    return ids.length === 0 ? [] : client.relistTasks(ids, ids.flatMap(listed.tasksOf), part);
  };
  const lists = await Promise.all([
    whole.length > 0 ? client.listTasks(toIds(whole)) : [],
    relist(wanted),
    relist(inSlots, { namePrefixes: names, has: isAsked }),
  ]);
  // What other slots hold may have been listed anew meanwhile.
  const others = toIds(inSlots).flatMap((id) => listed.tasksOf(id).filter((task) => !isAsked(task)));
  return { tasks: [...lists.flat().filter(isAsked), ...others], slots };

  function toKind(one: AskedService): 'whole' | 'wanted' | 'inSlots' {
    if (one.whole || !listed.hasService(one.serviceId)) return 'whole';
    return toNames(one, listed) === null ? 'wanted' : 'inSlots';
  }
}

/** Is a task of one of these services, in one of these slots of it? */
export function toIsAt(slots: ReadonlyMap<string, Slots>): (task: Task) => boolean {
  return (task) => {
    const own = slots.get(task.serviceId);
    return own !== undefined && (own === null || (task.slot !== null && own.has(task.slot)));
  };
}

/** `null`: all of it is to be asked for. */
function toNames({ serviceId, slots }: Touched, listed: Pick<ListedSwarm, 'namePrefix'>): string[] | null {
  if (slots === null || slots.size === 0) return null;
  const names = [...slots].map((slot) => listed.namePrefix(serviceId, slot));
  return names.every((name) => name !== null) ? names : null;
}

export const toIds = (some: readonly AskedService[]) => some.map(({ serviceId }) => serviceId);
