import type { HealthCheck } from '#lib/model/docker/health-check.ts';
import { formatSetting } from './format-setting.ts';
import { plural } from './plural.ts';

/** A health check's rhythm in a table: `every 5 s, 3 retries`. */
export function formatRhythm(check: HealthCheck): string {
  return `every ${formatSetting(check.intervalMs)}, ${plural(check.retries, 'retry', 'retries')}`;
}
