import type { HealthCheck } from '#lib/model/docker/health-check.ts';
import type { Masker } from './create-masker.ts';
import { isDockerObject, readCount, readTexts } from './raw.ts';
import { toDurationMs } from './times.ts';
import { compareApiVersions } from './to-api-version.ts';

/** Docker's defaults for what is zero in a container's config: moby `daemon/health.go`. */
const DEFAULTS = { intervalMs: 30_000, timeoutMs: 30_000, startPeriodMs: 0, retries: 3 };
const DEFAULT_START_INTERVAL_MS = 5_000;

/**
 * `Config.Healthcheck` of a container: image and service already merged by the engine. `invalid` is a Test whose first
 * word Docker does not know: it runs no probe, yet Swarm waits for one for ever.
 */
export function toHealthCheck(
  raw: unknown,
  mask: Masker,
  apiVersion: string,
): { healthCheck: HealthCheck | null; invalid: boolean } {
  if (!isDockerObject(raw)) return { healthCheck: null, invalid: false };
  const test = readTexts(raw.Test);
  const [form] = test;
  if (form === undefined || form === 'NONE') return { healthCheck: null, invalid: false };
  if (form !== 'CMD' && form !== 'CMD-SHELL') return { healthCheck: null, invalid: true };
  const intervalMs = toDurationMs(raw.Interval) || DEFAULTS.intervalMs;
  const healthCheck: HealthCheck = {
    test: mask.command(test),
    intervalMs,
    timeoutMs: toDurationMs(raw.Timeout) || DEFAULTS.timeoutMs,
    startPeriodMs: toDurationMs(raw.StartPeriod) ?? DEFAULTS.startPeriodMs,
    startIntervalMs: toStartIntervalMs(raw.StartInterval, intervalMs, apiVersion),
    retries: readCount(raw.Retries) || DEFAULTS.retries,
    source: 'unknown',
  };
  return { healthCheck, invalid: false };
}

/** Docker 20.10 to 24 have none; where none is set, 25 and 26 take the interval, 27 on 5 s (moby daemon/health.go, monitor). */
function toStartIntervalMs(raw: unknown, intervalMs: number, apiVersion: string): number {
  if (compareApiVersions(apiVersion, '1.44') < 0) return intervalMs;
  const isOf27 = compareApiVersions(apiVersion, '1.46') >= 0;
  return toDurationMs(raw) || (isOf27 ? DEFAULT_START_INTERVAL_MS : intervalMs);
}
