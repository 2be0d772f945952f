import type { Cause } from '#lib/model/contract/diagnosis.ts';
import { CAUSES } from '#lib/model/contract/diagnosis.ts';
import type { FindingCause } from '#lib/model/contract/finding.ts';
import { nameCause } from '#lib/words/en/causes.ts';
import type { Fact } from '#lib/words/words.ts';

/** Problems of a service itself; those of replicas are named by their causes. */
const OF_SERVICES: Readonly<Partial<Record<FindingCause, string>>> = {
  'update-paused': 'Update paused',
  'rollback-paused': 'Rollback paused',
  'update-rolled-back': 'Update rolled back',
  'update-stuck': 'Update stands still',
  'update-unclosed': 'Update never closed',
  'task-lingering': 'Old tasks still run',
  'drain-ignored': 'Runs on a drained node',
  'container-forgotten': 'Forgotten containers',
  'copy-running': 'Two copies run',
  'slot-doubled': 'Too many tasks',
  'version-old': 'An old version runs on',
  'ports-ungiven': 'Ports not published',
  'replicas-missing': 'Replicas missing',
  'node-left-out': 'Nodes left out',
  'tasks-unlisted': 'Tasks not listed',
  'builds-differ': 'Different builds',
  'others-done': 'Others are done',
  'port-dead': 'Port does not answer',
  'port-cut': 'Port cut off from nodes',
  'port-partly': 'Port answers in part',
  'port-wrong': 'Port answers wrongly',
  'port-unowned': 'Port without replica',
  'port-untaken': 'Port only connects',
};

const isOfReplica = (cause: FindingCause): cause is Cause => (CAUSES as readonly string[]).includes(cause);

/** What several services share, in two to four words. */
export function nameProblem(cause: FindingCause | null): string {
  if (cause === null) return 'Other problems';
  return OF_SERVICES[cause] ?? (isOfReplica(cause) ? nameCause(cause) : 'Other problems');
}

export const nodes = 'Nodes';
export const theSwarm = 'The swarm';
/** How a line is that says what the whole swarm has. */
export const ofSwarm = 'Problem';
export const moreMarked = (services: Fact) => `And ${services}, marked in the list below.`;
export const showMore = (count: Fact) => `Show ${count} more`;
export const upOf = (running: Fact, desired: Fact) => `${running} of ${desired}`;
export const moreFresh = (count: Fact) => ` and ${count} more`;
export const showFresh = 'Show';
export const sortAgain = 'Sort again';
/** How many lines of a group are still about what its title says. */
export const stillOf = (still: Fact | null, services: Fact) =>
  still === null ? `${services}, no longer` : `${services}, ${still} still`;
/** What was said of the whole swarm: something else may be said in its place, and be worse. */
export const noLongerSaid = 'No longer said';
