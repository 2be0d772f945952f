import type { HealthCheck } from '#lib/model/docker/health-check.ts';
import { formatSetting } from '#lib/view/format/times.ts';
import { countRetries, every } from '#words/counts.ts';

/** A health check's rhythm in a table: `every 5 s, 3 retries`. */
export function formatRhythm(check: HealthCheck): string {
  return every(formatSetting(check.intervalMs), countRetries(check.retries));
}
