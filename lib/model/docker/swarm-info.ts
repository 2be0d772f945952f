/** What a manager says of the swarm as a whole (`/info`). */
export interface SwarmInfo {
  id: string | null;
  name: string | null;
  /** Why swarm data cannot be trusted now (no quorum, locked, …), in Docker's words; `null` when fine. */
  error: string | null;
}

/** What stands in the way of a swarm's managers, in Docker's words (moby daemon/cluster/errors.go, swarmkit raft.go) and ours. */
const REASONS: readonly [pattern: RegExp, words: string][] = [
  [
    /received message larger than max/i,
    'The manager cannot list its tasks: the answer is larger than it allows. Lower the task history limit (docker swarm update --task-history-limit), and remove services that are done',
  ],
  [
    /does not have a leader|too few managers|code = DeadlineExceeded/i,
    'No quorum: too few managers are online to agree on anything. What runs goes on running, but Swarm replaces, updates and schedules nothing until more than half of them are back',
  ],
  [
    /does not answer for its swarm/i,
    'A manager answers, but not for its swarm: it has no leader, or is looking for one. What runs goes on running, but until then Swarm replaces, updates and schedules nothing',
  ],
  [
    /needs to be unlocked/i,
    'The swarm is locked since its manager was restarted: docker swarm unlock, with the unlock key, opens it',
  ],
  [
    /certificates have expired|x509: certificate has expired|certificate \S{0,64}not valid after/i,
    'The swarm’s certificates have expired: its nodes refuse each other until the manager’s clock is right or the certificates are renewed',
  ],
  [/being prepared or has trouble/i, 'The manager is still connecting to its swarm, or cannot reach it'],
  [/not a swarm manager|not part of a swarm/i, 'The engine that was asked is no longer a manager of a swarm'],
];

/** Why the swarm as a whole cannot be managed, in plain words without a full stop; `null` when this is no such error. */
export function describeSwarmError(error: string): string | null {
  return REASONS.find(([pattern]) => pattern.test(error))?.[1] ?? null;
}
