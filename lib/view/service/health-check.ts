import type { HealthCheck, HealthCheckSource } from '#lib/model/docker/health-check.ts';
import { formatSetting } from '#lib/view/format/times.ts';
import { countFailures } from '#words/counts.ts';
import * as words from '#words/pages/service.ts';

/** A health check's command as it is typed: `["CMD-SHELL", "curl -f localhost"]` is `curl -f localhost`. */
export function formatCommand(test: string[]): string {
  const [kind, ...words] = test;
  if (kind === 'CMD-SHELL') return words.join(' ');
  const command = kind === 'CMD' ? words : test;
  return command
    .map((word) => (word === '' || /[\s"'\\$]/.test(word) ? JSON.stringify(word) : word))
    .join(' ');
}

/** The time in which failures do not count, and how often Docker looks meanwhile where that differs. */
export function describeStartPeriod({ startPeriodMs, startIntervalMs, intervalMs }: HealthCheck): string {
  if (startPeriodMs === 0) return words.none;
  const period = formatSetting(startPeriodMs);
  return startIntervalMs === intervalMs ? period : words.untilHealthy(period, formatSetting(startIntervalMs));
}

/**
 * When Docker gives up: after `retries` failures in a row. Counted from the start of the first failing probe that is
 * `retries - 1` intervals if probes fail at once, plus every probe's timeout if each runs out of time, because the
 * interval begins when the probe before has ended.
 */
export function describeGivingUp(check: HealthCheck): string {
  const minMs = (check.retries - 1) * check.intervalMs;
  const maxMs = minMs + check.retries * check.timeoutMs;
  const failures = countFailures(check.retries);
  return check.retries === 1
    ? words.atOnceOrWithin(failures, formatSetting(maxMs))
    : words.inARow(failures, formatSetting(minMs), formatSetting(maxMs));
}

/** Where a health check is defined, in words. */
export function describeSource(source: HealthCheckSource): string {
  switch (source) {
    case 'image':
      return words.fromImage;
    case 'service':
      return words.fromService;
    case 'mixed':
      return words.imageAndService;
    case 'unknown':
      return words.sourceUnknown;
  }
}
