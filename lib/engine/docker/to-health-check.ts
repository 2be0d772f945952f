import type { HealthCheck } from '#lib/model/health-check.ts';
import type { Masker } from './create-masker.ts';
import { isDockerObject, readCount, readTexts } from './raw.ts';
import { toDurationMs } from './to-duration-ms.ts';

/** Docker's defaults for what is zero in a container's config: moby `daemon/health.go`. */
const DEFAULTS = { intervalMs: 30_000, timeoutMs: 30_000, startPeriodMs: 0, retries: 3 };

/**
 * `Config.Healthcheck` of a container: image and service already merged by the engine. `invalid` is a Test whose first
 * word Docker does not know: it runs no probe, yet Swarm waits for one for ever.
 */
export function toHealthCheck(
  raw: unknown,
  mask: Masker,
): { healthCheck: HealthCheck | null; invalid: boolean } {
  if (!isDockerObject(raw)) return { healthCheck: null, invalid: false };
  const test = readTexts(raw.Test);
  const [form] = test;
  if (form === undefined || form === 'NONE') return { healthCheck: null, invalid: false };
  if (form !== 'CMD' && form !== 'CMD-SHELL') return { healthCheck: null, invalid: true };
  const healthCheck: HealthCheck = {
    test: mask.command(test),
    intervalMs: toDurationMs(raw.Interval) || DEFAULTS.intervalMs,
    timeoutMs: toDurationMs(raw.Timeout) || DEFAULTS.timeoutMs,
    startPeriodMs: toDurationMs(raw.StartPeriod) ?? DEFAULTS.startPeriodMs,
    retries: readCount(raw.Retries) || DEFAULTS.retries,
    source: 'unknown',
  };
  return { healthCheck, invalid: false };
}
