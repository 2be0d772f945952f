import { type EngineClient, EngineError } from '#lib/engine/port.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Service } from '#lib/model/docker/service.ts';
import type { Task } from '#lib/model/docker/task.ts';
import type { Clock } from '#lib/watch/clock.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import type { ListedSwarm } from './listed-swarm.ts';

/** All that a manager lists, at one time. */
export interface WholeLists {
  nodes: SwarmNode[];
  services: Service[];
  tasks: Task[];
}

export interface WholeListsOptions {
  clock: Clock;
  client(): EngineClient;
  /** What was listed before. */
  listed: Pick<ListedSwarm, 'tasksOf'>;
  /** Waits for an answer; `null`: it was dropped meanwhile. */
  ask<T>(call: Promise<T>): Promise<T | null>;
  emitNodes(nodes: SwarmNode[]): void;
}

export const NO_NODE = 'answers /nodes with no node, not even its own: that cannot be right.';

/** Lists everything. Rejects where a list fails, or cannot be what the manager has. `null`: dropped meanwhile. */
export function createWholeLists(options: WholeListsOptions): { read(): Promise<WholeLists | null> } {
  const { clock, client, listed, ask, emitNodes } = options;
  /** What could not be listed last: it is asked for first, alone. */
  let suspect: keyof WholeLists | null = null;
  /** Its tasks fitted into one answer last: they are asked for with the rest. */
  let isSmall = false;

  async function list(): Promise<WholeLists | null> {
    let come: SwarmNode[] | null = null;
    const watch = <T>(name: keyof WholeLists, call: Promise<T>): Promise<T> =>
      call.catch((error: unknown) => {
        suspect = name;
        throw error;
      });
    const calls = {
      nodes: () => client().listNodes(),
      services: () => client().listServices(null),
      tasks: () => client().listTasks(null),
    };
    try {
      // Of a swarm of thousands the others are megabytes, in vain each time.
      if (
        suspect !== null &&
        (suspect !== 'tasks' || isSmall) &&
        (await ask<unknown>(calls[suspect]())) === null
      )
        return null;
      const nodesCall = calls.nodes().then((nodes) => {
        come = nodes;
        return nodes;
      });
      const early = isSmall ? watch('tasks', calls.tasks()) : null;
      const first = await ask(
        Promise.all([watch('nodes', nodesCall), watch('services', calls.services()), early]),
      );
      if (first === null) return null;
      const [nodes, services, earlyTasks] = first;
      const turns = planTurns(services, nodes.length);
      isSmall = turns === null;
      const tasks = earlyTasks ?? (await listTasks(turns, watch));
      if (tasks === null) return null;
      suspect = null;
      return { nodes, services, tasks };
    } catch (error) {
      // A manager with more tasks than fit into one answer lists its nodes all the same (moby/moby#37997).
      if (come !== null && error instanceof EngineError && error.kind === 'http') emitNodes(come);
      throw error;
    }
  }

  /** Each turn is waited for by itself: it may take as long as a whole list elsewhere. */
  async function listTasks(
    turns: readonly string[][] | null,
    watch: <T>(name: 'tasks', call: Promise<T>) => Promise<T>,
  ): Promise<Task[] | null> {
    if (turns === null) return ask(watch('tasks', client().listTasks(null)));
    const all: Task[] = [];
    const parts = client().listTasksInTurns(turns);
    for (;;) {
      const part = await ask(watch('tasks', parts.next()));
      if (part === null) return null;
      if (part.done) return all;
      for (const task of part.value) all.push(task);
    }
  }

  return {
    async read() {
      const lists = await list();
      if (lists === null || findContradiction(lists, listed) === null) return lists;
      // What was made or removed in between is listed by the one and not by the other: what is so twice is not believed.
      await ask(new Promise((resolve) => clock.setTimer(LIMITS.contradictionMs, () => resolve(true))));
      const again = await list();
      const contradiction = again && findContradiction(again, listed);
      if (contradiction !== null) throw new EngineError('garbled', `${client().endpoint} ${contradiction}`);
      return again;
    },
  };
}

/**
 * Which services' tasks are listed together where all of them are too many for one answer, which has no pages: a hundred
 * thousand are 170 MB, and more with the dead ones, and take longer than a manager may that is asked something.
 * `null`: one answer does.
 */
export function planTurns(services: readonly Service[], nodes: number): string[][] | null {
  const expected = services.map((service) => countExpected(service, nodes));
  if (expected.reduce((sum, count) => sum + count, 0) <= LIMITS.tasksAtOnce) return null;
  const turns: string[][] = [];
  let left = 0;
  services.forEach(({ id }, index) => {
    const count = expected[index] ?? 0;
    const turn = turns.at(-1);
    if (turn && turn.length < LIMITS.turnServices && count <= left) {
      turn.push(id);
      left -= count;
    } else {
      turns.push([id]);
      left = LIMITS.turnTasks - count;
    }
  });
  return turns;
}

function countExpected({ mode }: Service, nodes: number): number {
  switch (mode.kind) {
    case 'replicated':
      return mode.replicas;
    case 'replicated-job':
      return mode.totalCompletions;
    default:
      return nodes;
  }
}

export function isToRun({ state, desiredState }: Task): boolean {
  return state === 'running' && desiredState === 'running';
}

/** Why these cannot be what a manager has, to go on the name of one; `null`: they can. */
function findContradiction(
  { nodes, services, tasks }: WholeLists,
  listed: Pick<ListedSwarm, 'tasksOf'>,
): string | null {
  if (nodes.length === 0) return NO_NODE;
  const running = tasks.filter(isToRun).length;
  if (services.length === 0 && running > 0)
    return `answers /services with no service, though ${running} of the tasks that it lists are to run: that cannot be right.`;
  if (tasks.length > 0) return null;
  const had = services.filter(
    ({ id, mode }) => mode.kind === 'replicated' && mode.replicas > 0 && listed.tasksOf(id).some(isToRun),
  ).length;
  return had > 0
    ? `answers /tasks with no task, though ${had} of its services had some that are to run: that cannot be right.`
    : null;
}
