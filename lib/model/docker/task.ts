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
  /** Docker's last progress text (`started`, `starting`, …): not the error. */
  message: string;
  error: string | null;
  /** `null` until the container exists, and again after the task was orphaned. */
  containerId: string | null;
  /** Of the container, when it ended; 0 is also what Docker says before it ran. */
  exitCode: number | null;
  image: string;
  /** Equal for tasks of an equal spec, and to the service's `specKey`; `null`: not known. Says nothing else. */
  specKey: string | null;
  jobIteration: number | null;
  createdAtMs: number | null;
  updatedAtMs: number | null;
  /** `NetworksAttachments[].Addresses` without the prefix length, to find agents. */
  addresses: string[];
}
