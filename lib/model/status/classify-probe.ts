import type { Cause } from '#lib/model/contract/diagnosis.ts';
import type { Probe } from '#lib/model/docker/probe.ts';

/** Why a failed probe failed, as far as its exit code and Docker's own words tell (moby daemon/health.go, probe). */
export function classifyProbe({
  exitCode,
  output,
}: Pick<Probe, 'exitCode' | 'output'>): Extract<Cause, 'probe-failing' | 'probe-timeout' | 'probe-command'> {
  if (exitCode === 126 || exitCode === 127) return 'probe-command';
  if (exitCode >= 0) return 'probe-failing';
  return /^(Health check exceeded timeout|timed out starting health check)/.test(output)
    ? 'probe-timeout'
    : 'probe-command';
}
