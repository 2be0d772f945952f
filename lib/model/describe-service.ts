import type { ReplicaCounts } from './count-replicas.ts';
import type { Replica } from './picture.ts';
import type { Service } from './service.ts';
import type { Verdict } from './verdict.ts';

/** A service's sentence. */
export function describeService(
  _service: Service,
  verdict: Verdict,
  counts: ReplicaCounts,
  _replicas: readonly Replica[],
): string {
  return `${verdict}: ${counts.running} of ${counts.desired} replicas are up.`;
}
