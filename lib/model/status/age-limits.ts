/** A state that is expected for a while, and a problem after it. */
export type LateKind =
  | 'allocating'
  | 'scheduling'
  | 'assigned'
  | 'preparing'
  | 'waiting'
  | 'starting'
  | 'start-missed'
  | 'stopping'
  | 'container-missing'
  | 'node-gone'
  | 'unowned'
  | 'probe';

interface AgeLimit {
  /** How long it may last; what follows from the service's own settings is added to it. */
  ms: number;
  /** Why so long and no longer. */
  reason: string;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** How long a state may last before it is a problem. The one table; a rule that needs another time has a row here. */
export const AGE_LIMITS = {
  allocating: {
    ms: MINUTE_MS,
    reason: 'The allocator gives addresses within a second, and one that fails only writes into the log.',
  },
  scheduling: {
    ms: MINUTE_MS,
    reason: 'The scheduler looks at a task within a second, and leaves its reason where it finds no node.',
  },
  assigned: {
    ms: MINUTE_MS,
    reason: 'An agent that can be reached takes its tasks at once; one that cannot is down after 15 s.',
  },
  preparing: {
    ms: 10 * MINUTE_MS,
    reason:
      'A large image takes minutes to pull, and a pull, a mount and a network have no time limit in Docker.',
  },
  waiting: {
    ms: MINUTE_MS,
    reason: 'After the restart delay Swarm waits a minute at most for the task before it, and its grace.',
  },
  starting: {
    ms: MINUTE_MS,
    reason: 'A container starts within seconds of its task; what its check then takes is counted apart.',
  },
  'start-missed': {
    ms: 10 * SECOND_MS,
    reason: 'An agent reports the first healthy probe within a second, and it has no second look.',
  },
  stopping: {
    ms: MINUTE_MS,
    reason: 'Beyond the stop grace the engine kills it at once, and Swarm itself waits a minute.',
  },
  'container-missing': {
    ms: 10 * SECOND_MS,
    reason: 'An engine lists a container before its task runs, and its events come within a second.',
  },
  'node-gone': {
    ms: 10 * SECOND_MS,
    reason: 'A new node is listed within a second of its first task; one that left is not listed again.',
  },
  unowned: {
    ms: 10 * SECOND_MS,
    reason:
      'A task that ends is listed so within a second of its container; a list may be read seconds later.',
  },
  probe: {
    ms: 5 * SECOND_MS,
    reason: 'Beyond interval and timeout: a busy engine starts its probes a little late.',
  },
} as const satisfies Record<LateKind, AgeLimit>;

/** When what is given long ago may no longer hold: the scheduler looks again only when something changes. */
export const REASON_AGES_MS = 10 * MINUTE_MS;
