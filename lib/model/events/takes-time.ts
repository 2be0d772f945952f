import { type FindingCause, NODE_CAUSES, SERVICE_CAUSES, SWARM_CAUSES } from '#lib/model/contract/finding.ts';
import type { IncidentRecord } from '#lib/model/contract/incident.ts';

/** Seen in the first picture if it is so: whose absence from that says that it is over. */
const SEEN_AT_ONCE: ReadonlySet<FindingCause | null> = new Set<FindingCause>([
  ...([
    'node-down',
    'node-left',
    'node-cut-off',
    'engine-unread',
    'manager-unreachable',
    'node-unknown',
  ] as const),
  ...(['promotion-stuck', 'demotion-stuck', 'update-paused', 'rollback-paused', 'no-node-fits'] as const),
  ...([
    'quorum-lost',
    'no-quorum',
    'quorum-edge',
    'managers-unreachable',
    'swarm-error',
    'source-lost',
  ] as const),
]);
const OF_SUBJECTS: ReadonlySet<FindingCause | null> = new Set<FindingCause>([
  ...NODE_CAUSES,
  ...SERVICE_CAUSES,
  ...SWARM_CAUSES,
]);

/**
 * Is something that lasted in it found by watching for a while: by connections, by what hangs, by how several are at one moment?
 * How a replica is, its engine says when it is asked first.
 */
export function takesTime({ nodes, services, reason }: IncidentRecord): boolean {
  const lasting = [...nodes, ...services].filter(({ untilMs }) => untilMs === null);
  return [reason, ...lasting].some(({ cause }) => OF_SUBJECTS.has(cause) && !SEEN_AT_ONCE.has(cause));
}
