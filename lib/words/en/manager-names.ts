import type { ManagerProblem } from '#lib/model/contract/statement.ts';
import type { SwarmError } from '#lib/model/docker/swarm-info.ts';

const SHORT: Readonly<Record<SwarmError, string>> = {
  'answer-too-large': 'Too many tasks for one answer',
  'no-quorum': 'No quorum',
  'timed-out': 'A manager takes too long',
  'no-leader': 'No leader',
  locked: 'The swarm is locked',
  'certificates-expired': 'Certificates are not valid',
  connecting: 'Not connected to its swarm',
  'no-manager': 'No manager any more',
};

/** Why no manager is read, in a few words: every page has them in its head. The sentence is in `managers.ts`. */
export function nameManagerProblem(problem: ManagerProblem | null): string {
  if (problem === null || problem.isRelayed) return 'Swarm not read';
  if (problem.swarmError !== null) return SHORT[problem.swarmError];
  return problem.error === null ? 'No manager is read' : 'No manager answers';
}
