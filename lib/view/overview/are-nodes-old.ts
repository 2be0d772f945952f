import type { Finding } from '#lib/model/contract/finding.ts';

/** While these hold, no manager tells anything new of nodes: a node that dies now stays ready in their lists. */
const CAUSES: ReadonlySet<string> = new Set([
  'quorum-lost',
  'managers-unreachable',
  'swarm-error',
  'no-quorum',
  'none-leads',
  'source-lost',
]);

/** Whether what is known of nodes is what managers said before, and not what is. */
export const areNodesOld = (findings: readonly Pick<Finding, 'cause' | 'level'>[]): boolean =>
  findings.some(({ cause, level }) => level === 'problem' && CAUSES.has(cause));
