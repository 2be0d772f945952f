import { hasSlotNumbers, type Service } from './service.ts';

/** Docker's task states in their order (swarmkit api/types.proto, TaskState). `remove` occurs only as a desired state. */
export const TASK_STATES = [
  'new',
  'pending',
  'assigned',
  'accepted',
  'preparing',
  'ready',
  'starting',
  'running',
  'complete',
  'shutdown',
  'failed',
  'rejected',
  'remove',
  'orphaned',
] as const;

export type TaskState = (typeof TASK_STATES)[number];

/** Has a task in this state still to get as far as `later`? Of a state that nobody knows: no. */
export function isBefore(state: TaskState | 'unknown', later: TaskState): boolean {
  return state !== 'unknown' && TASK_STATES.indexOf(state) < TASK_STATES.indexOf(later);
}

/** A task as a manager lists it. */
export interface Task {
  id: string;
  serviceId: string;
  /** `null` for tasks of global services and global jobs. */
  slot: number | null;
  /** `null` until a node is chosen. */
  nodeId: string | null;
  /** A state this version does not know is kept as `unknown`: never guessed. */
  state: TaskState | 'unknown';
  desiredState: TaskState | 'unknown';
  /** When the state was reported; the agent's clock for agent states. Docker may rewrite it. */
  stateAtMs: number | null;
  /** Docker's last progress text (`started`, `starting`, …), not the error; of an unknown state, Docker's word for it before that. */
  message: string;
  error: string | null;
  /** `null` until the container exists, and again after the task was orphaned. */
  containerId: string | null;
  /** Of the container, when it ended; 0 is also what Docker says before it ran. */
  exitCode: number | null;
  image: string;
  /** `sha256:…`, where its spec pins one. */
  imageDigest: string | null;
  /** Equal for tasks of an equal spec, and to the service's `specKey`; `null`: not known. Says nothing else. */
  specKey: string | null;
  jobIteration: number | null;
  createdAtMs: number | null;
  updatedAtMs: number | null;
  /** Of two writes of one swarm the later one has the greater. `null`: not known. */
  versionIndex: number | null;
  /** `NetworksAttachments[].Addresses` without the prefix length, to find agents. */
  addresses: string[];
  /** Of each of these, the network that it is in; `null`: not reported. */
  networkIds: readonly (string | null)[];
}

const ENDED: ReadonlySet<TaskState | 'unknown'> = new Set(TASK_STATES.slice(TASK_STATES.indexOf('complete')));

/** Is this a state that a task does not leave again? States only grow (swarmkit api/types.proto, TaskState). */
export function isEnded(state: TaskState | 'unknown'): boolean {
  return ENDED.has(state);
}

/** Is the task over, whatever is still wanted of it? */
export function isEndedTask(task: Task): boolean {
  return isEnded(task.state);
}

/** Nothing happens to it any more, until it is forgotten: it has ended, and Swarm wants it stopped. */
export function isOverTask(task: Task): boolean {
  return isEndedTask(task) && !isWantedTask(task) && task.desiredState !== 'remove';
}

/** Has an agent taken the task and not yet reported its end? Tasks that never found a node are not up. */
export function isUpTask(task: Task): boolean {
  switch (task.state) {
    case 'assigned':
    case 'accepted':
    case 'preparing':
    case 'ready':
    case 'starting':
    case 'running':
    case 'unknown':
      return true;
    default:
      return false;
  }
}

const STOPS: ReadonlySet<TaskState | 'unknown'> = new Set([
  'shutdown',
  'failed',
  'rejected',
  'remove',
  'orphaned',
]);

/**
 * Does Swarm want the task to be there? True for desired states up to `running` and for `complete`, which is what the
 * tasks of jobs are told to reach. A desired state this version does not know counts as wanted: it must not vanish.
 */
export function isWantedTask(task: Task): boolean {
  return !STOPS.has(task.desiredState);
}

/**
 * Order of the tasks of one slot: the one to show first. Wanted ones before those told to stop, one that should run
 * before one that waits to (desired `ready`), then newest first. In a start-first update two are wanted at once: the one
 * that runs is the replica until the new one does (swarmkit manager/orchestrator/update/updater.go, updateTask).
 */
export function compareTasks(a: Task, b: Task): number {
  return rank(a) - rank(b) || (b.createdAtMs ?? 0) - (a.createdAtMs ?? 0) || (a.id < b.id ? -1 : 1);
}

function rank(task: Task): number {
  if (!isWantedTask(task)) return 3;
  if (task.desiredState !== 'running' && task.desiredState !== 'complete') return 2;
  return task.state === 'running' ? 0 : 1;
}

/**
 * Whether a task is of the service's present spec. Where that cannot be compared, by its time: what Swarm makes after the
 * update began is new. Ports are no part of a task's own spec, yet Swarm replaces tasks for them (swarmkit
 * `manager/orchestrator/task.go`, IsTaskDirty).
 */
export function isOfNewSpec(service: Service, task: Task): boolean {
  const startedAtMs = service.update?.startedAtMs ?? null;
  const isAfterStart = startedAtMs === null || task.createdAtMs === null || task.createdAtMs >= startedAtMs;
  if (service.specKey === null || task.specKey === null) return isAfterStart;
  if (service.specKey !== task.specKey) return false;
  const onlyBeside = service.changes.some(({ kind, field }) => kind === 'names' && field === 'ports');
  return onlyBeside ? isAfterStart : true;
}

/**
 * Which replica of its service a task is of: `Replica.key`. Replicated jobs number their slots from 0, and Docker's
 * JSON leaves a 0 out: there no slot means slot 0. That also gathers the stray tasks that 20.10 gives such jobs in that
 * one slot instead of counting each.
 */
export function toSlotKey(service: Service, task: Task): string {
  if (hasSlotNumbers(service)) return String(task.slot ?? 0);
  if (service.mode.kind === 'unknown' && task.slot !== null) return String(task.slot);
  return task.nodeId ?? task.id;
}
