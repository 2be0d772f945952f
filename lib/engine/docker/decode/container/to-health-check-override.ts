import type { Masker } from '#lib/engine/docker/decode/create-masker.ts';
import { isDockerObject, readCount, readTexts } from '#lib/engine/docker/decode/raw.ts';
import { toDurationMs } from '#lib/engine/docker/decode/times.ts';
import type { HealthCheckOverride } from '#lib/model/docker/health-check.ts';

/**
 * `ContainerSpec.Healthcheck` of a service: only what it overrides of the image's check, so zero is "not set"
 * (moby `daemon/commit.go`, merge). `disabled` is `--no-healthcheck`.
 */
export function toHealthCheckOverride(
  raw: unknown,
  mask: Masker,
): {
  override: HealthCheckOverride | null;
  disabled: boolean;
} {
  if (!isDockerObject(raw)) return { override: null, disabled: false };
  const test = readTexts(raw.Test);
  if (test[0] === 'NONE') return { override: null, disabled: true };
  const override: HealthCheckOverride = {
    test: test.length > 0 ? mask.command(test) : null,
    intervalMs: toDurationMs(raw.Interval) || null,
    timeoutMs: toDurationMs(raw.Timeout) || null,
    startPeriodMs: toDurationMs(raw.StartPeriod) || null,
    retries: readCount(raw.Retries) || null,
  };
  const empty = Object.values(override).every((value) => value === null);
  return { override: empty ? null : override, disabled: false };
}
