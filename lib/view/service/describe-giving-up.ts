import type { HealthCheck } from '#lib/model/docker/health-check.ts';
import { formatSetting } from '#lib/view/format/format-setting.ts';
import { plural } from '#lib/view/format/plural.ts';

/**
 * When Docker gives up: after `retries` failures in a row. Counted from the start of the first failing probe that is
 * `retries - 1` intervals if probes fail at once, plus every probe's timeout if each runs out of time, because the
 * interval begins when the probe before has ended.
 */
export function describeGivingUp(check: HealthCheck): string {
  const leastMs = (check.retries - 1) * check.intervalMs;
  const mostMs = leastMs + check.retries * check.timeoutMs;
  const failures = plural(check.retries, 'failure');
  return check.retries === 1
    ? `${failures}, at once or within ${formatSetting(mostMs)}`
    : `${failures} in a row, ${formatSetting(leastMs)} to ${formatSetting(mostMs)} after the first`;
}
