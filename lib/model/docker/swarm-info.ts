/** What a manager says of the swarm as a whole (`/info`). */
export interface SwarmInfo {
  id: string | null;
  name: string | null;
  /** Why swarm data cannot be trusted now (no quorum, locked, …), in Docker's words; `null` when fine. */
  error: string | null;
  /** Its root certificate is being changed (`docker swarm ca --rotate`); `null`: it is not, or nobody says so. */
  rotation: RootRotation | null;
}

export interface RootRotation {
  /** The public key of whom every node is to have its certificate from; `null`: not reported. */
  issuer: string | null;
}

/** What stands in the way of a swarm's managers. */
export const SWARM_ERRORS = [
  'answer-too-large',
  'no-quorum',
  'timed-out',
  'no-leader',
  'locked',
  'certificates-expired',
  'connecting',
  'no-manager',
] as const;
export type SwarmError = (typeof SWARM_ERRORS)[number];

/** In Docker's words (moby daemon/cluster/errors.go, swarmkit raft.go) and those of our own client. */
const ERRORS: readonly [pattern: RegExp, error: SwarmError][] = [
  [/received message larger than max/i, 'answer-too-large'],
  [/does not have a leader|too few managers/i, 'no-quorum'],
  // Of a leader that hangs, and of a manager that is busy
  [/code = DeadlineExceeded/i, 'timed-out'],
  [/does not answer for its swarm/i, 'no-leader'],
  [/needs to be unlocked/i, 'locked'],
  [
    /certificates have expired|x509: certificate has expired|certificate \S{0,64}not valid after/i,
    'certificates-expired',
  ],
  [/being prepared or has trouble/i, 'connecting'],
  [/not a swarm manager|not part of a swarm/i, 'no-manager'],
];

/** Why the swarm as a whole cannot be managed; `null` when this is no such error. */
export function toSwarmError(error: string): SwarmError | null {
  return ERRORS.find(([pattern]) => pattern.test(error))?.[1] ?? null;
}
