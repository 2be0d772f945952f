import type { ManagerProblem, StatusStatement } from '#lib/model/contract/statement.ts';
import type { SwarmError } from '#lib/model/docker/swarm-info.ts';

const ERRORS: Readonly<Record<SwarmError, string>> = {
  'answer-too-large':
    'The manager cannot list its tasks: the answer is larger than it allows. Lower the task history limit (docker swarm update --task-history-limit), and remove services that are done',
  'no-quorum':
    'No quorum: too few managers are online to agree on anything. What runs goes on running, but Swarm replaces, updates and schedules nothing until more than half of them are back',
  'timed-out': 'A manager takes too long to answer for its swarm: it is busy, or has no leader',
  'no-leader':
    'A manager answers, but not for its swarm: it has no leader, or is looking for one. What runs goes on running, but until then Swarm replaces, updates and schedules nothing',
  locked:
    'The swarm is locked since its manager was restarted: docker swarm unlock, with the unlock key, opens it',
  'certificates-expired':
    'The swarm’s certificates have expired, or are not valid yet by the manager’s clock: its nodes refuse each other until that clock is right or the certificates are renewed',
  connecting: 'The manager is still connecting to its swarm, or cannot reach it',
  'no-manager': 'The engine that was asked is no longer a manager of a swarm',
};

/** Why the swarm as a whole cannot be managed, without a full stop. */
export function describeSwarmError(error: SwarmError): string {
  return ERRORS[error];
}

/** Why no manager is read: `No manager answers: connection refused.` */
export function describeManagerProblem({ error, swarmError, isRelayed }: ManagerProblem): string {
  if (isRelayed) return `The server that this swarm is read from cannot be read: ${error ?? 'it is silent.'}`;
  if (swarmError !== null) return `${describeSwarmError(swarmError)}.`;
  return error === null ? 'No manager is read' : `No manager answers: ${error}`;
}

/** Why the swarm is not read now: what is wrong with its managers, or that it never answered. */
export function describeUnread(doubt: StatusStatement, problem: ManagerProblem | null): string {
  return problem === null ? describeStatus(doubt) : describeManagerProblem(problem);
}

/** Why nothing can be said of a service now, for a monitor. */
export function describeStatus(statement: StatusStatement): string {
  switch (statement.kind) {
    case 'not-read-yet':
      return `The swarm was not read yet. ${statement.sentence}`;
    case 'not-read':
      return `The swarm is not read now. ${describeManagerProblem(statement.problem)}`;
    case 'silent':
      return 'Nothing was heard of the swarm for three minutes and more.';
    case 'no-service':
      return `There is no service "${statement.service}" in this swarm now.`;
  }
}
