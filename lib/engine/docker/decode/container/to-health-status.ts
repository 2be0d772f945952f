import { readOneOf } from '#lib/engine/docker/decode/raw.ts';
import type { HealthStatus } from '#lib/model/docker/container.ts';

const STATUSES: readonly HealthStatus[] = ['starting', 'healthy', 'unhealthy'];

/** Docker's health word; `null` for `none`, for nothing and for words it does not have. */
export function toHealthStatus(value: unknown): HealthStatus | null {
  return readOneOf(value, STATUSES);
}
