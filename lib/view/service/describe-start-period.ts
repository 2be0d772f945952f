import type { HealthCheck } from '#lib/model/docker/health-check.ts';
import { formatSetting } from '#lib/view/format/format-setting.ts';

/** The time in which failures do not count, and how often Docker looks meanwhile where that differs. */
export function describeStartPeriod({ startPeriodMs, startIntervalMs, intervalMs }: HealthCheck): string {
  if (startPeriodMs === 0) return 'none';
  const period = formatSetting(startPeriodMs);
  return startIntervalMs === intervalMs
    ? period
    : `${period}, until healthy a probe every ${formatSetting(startIntervalMs)}`;
}
