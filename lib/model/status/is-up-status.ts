import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';

/** Is a replica of this status up: does its container run, and does Docker not call it bad? */
export function isUpStatus(status: ReplicaStatus): boolean {
  return status === 'healthy' || status === 'running' || status === 'failing';
}
