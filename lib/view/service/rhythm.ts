import type { HealthCheck } from '#lib/model/docker/health-check.ts';
import { plural } from '#lib/view/format/numbers.ts';
import { formatSetting } from '#lib/view/format/times.ts';

/** A health check's rhythm in a table: `every 5 s, 3 retries`. */
export function formatRhythm(check: HealthCheck): string {
  return `every ${formatSetting(check.intervalMs)}, ${plural(check.retries, 'retry', 'retries')}`;
}
