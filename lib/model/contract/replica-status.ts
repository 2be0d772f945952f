/** A replica's status, worst first. Never a default: what is not known is `unknown`. */
export const REPLICA_STATUSES = [
  'failed',
  'lost',
  'unhealthy',
  'pending',
  'failing',
  'unknown',
  'paused',
  'preparing',
  'starting',
  'stopping',
  'running',
  'healthy',
  'complete',
] as const;

export type ReplicaStatus = (typeof REPLICA_STATUSES)[number];
