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
  | 'drain'
  | 'container-missing'
  | 'end-missed'
  | 'surplus'
  | 'version-old'
  | 'node-gone'
  | 'unowned'
  | 'address-doubled'
  | 'tasks-unlisted'
  | 'unmade'
  | 'probe';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/**
 * How long a state may last before it is a problem, in ms; what follows from the service's own settings is added to it. The
 * one table, each row with why so long and no longer: a rule that needs another time has a row here.
 */
export const AGE_LIMITS_MS = {
  // The allocator gives addresses within a second, and one that fails only writes into the log.
  allocating: MINUTE_MS,
  // The scheduler looks at a task within a second, and leaves its reason where it finds no node.
  scheduling: MINUTE_MS,
  // An agent that can be reached takes its tasks at once; one that cannot is down after 15 s.
  assigned: MINUTE_MS,
  // A large image takes minutes to pull, and a pull, a mount and a network have no time limit in Docker.
  preparing: 10 * MINUTE_MS,
  // After the restart delay Swarm waits a minute at most for the task before it, and its grace.
  waiting: MINUTE_MS,
  // A container starts within seconds of its task; what its check then takes is counted apart.
  starting: MINUTE_MS,
  // An agent reports the first healthy probe within a second, and it has no second look.
  'start-missed': 10 * SECOND_MS,
  // Beyond the stop grace the engine kills it at once, and Swarm itself waits a minute.
  stopping: MINUTE_MS,
  // The orchestrators tell all tasks of a drained node to stop within a second (swarmkit orchestrator/restart, Restart).
  drain: MINUTE_MS,
  // An engine lists a container before its task runs, and its events come within a second.
  'container-missing': 10 * SECOND_MS,
  // An agent reports the end of a container within a second; while managers look for a leader, nobody takes it for 20.
  'end-missed': MINUTE_MS,
  // The orchestrator tells what is too many to stop within a second of the change.
  surplus: MINUTE_MS,
  // The updater begins within a second of a change, and goes by the same comparison.
  'version-old': MINUTE_MS,
  // A new node is listed within a second of its first task; one that left is not listed again.
  'node-gone': 10 * SECOND_MS,
  // A task that ends is listed so within a second of its container; a list may be read seconds later.
  unowned: 10 * SECOND_MS,
  // An address is given back within a second of the end of its task; a list may be read seconds later.
  'address-doubled': 10 * SECOND_MS,
  // Another manager takes over within seconds, and lists everything then.
  'tasks-unlisted': 30 * SECOND_MS,
  // An orchestrator makes tasks within a second of a change; a manager that is behind lists them seconds later.
  unmade: MINUTE_MS,
  // Beyond interval and timeout: a busy engine starts its probes a little late.
  probe: 5 * SECOND_MS,
} as const satisfies Record<LateKind, number>;

/**
 * How long a swarm may be without a leader before too few managers are said to be there: an election takes seconds, and those
 * that hold it answer in the same words.
 */
export const LEADERLESS_MS = 20 * SECOND_MS;

/** When what is given long ago may no longer hold: the scheduler looks again only when something changes. */
export const REASON_AGES_MS = 10 * MINUTE_MS;
