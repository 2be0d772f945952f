import { CAUSES } from './diagnosis.ts';
import { type FindingCause, NODE_CAUSES, SERVICE_CAUSES, SWARM_CAUSES } from './finding.ts';

/** Every cause that a finding may have. Apart from what a finding is: pages need the names of none. */
export const FINDING_CAUSES: readonly FindingCause[] = [
  ...new Set([...CAUSES, ...NODE_CAUSES, ...SERVICE_CAUSES, ...SWARM_CAUSES]),
];
