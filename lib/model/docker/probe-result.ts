import { parseDockerError } from './docker-error.ts';
import type { ErrorKind } from './error-rows.ts';
import type { Probe } from './probe.ts';

/** How a probe that did not pass ended, as far as its exit code and Docker's own words show. */
export type ProbeResult =
  | { kind: 'exit'; exitCode: number }
  /** It had no exit within its timeout; `afterMs` is that timeout, where Docker names it. */
  | { kind: 'timeout'; afterMs: number | null }
  /** Docker could not even begin it in time. */
  | { kind: 'start-timeout' }
  /** The runtime could not run its command. */
  | { kind: 'not-run'; command: string | null; why: 'missing' | 'not-executable' | null }
  /** The engine could not run any command in it: the check and the app may be fine. */
  | { kind: 'engine'; why: EngineProblem };

/** Why an engine runs no probe, as far as its runtime says; `null`: in words that no rule knows. */
export type EngineProblem =
  | 'stopped'
  | 'processes'
  | 'open-files'
  | 'memory'
  | 'disk'
  | 'control-groups'
  | 'runtime'
  | null;

const ENGINE_PROBLEMS: Partial<Record<ErrorKind, EngineProblem>> = {
  'exec-stopped': 'stopped',
  processes: 'processes',
  'open-files': 'open-files',
  memory: 'memory',
  'disk-full': 'disk',
  'disk-broken': 'disk',
  'control-groups': 'control-groups',
  cpuset: 'control-groups',
  systemd: 'runtime',
  runtime: 'runtime',
  'init-out-of-memory': 'memory',
};

/**
 * Docker gives -1 to a probe that had no exit: its output then says whether it timed out or could not run (moby
 * daemon/health.go, `Health check exceeded timeout (3s)`; the rest are the OCI runtime's words).
 */
export function toProbeResult({ exitCode, output }: Pick<Probe, 'exitCode' | 'output'>): ProbeResult {
  // Windows has codes of 32 bits; some programs take them for signed ones.
  if (exitCode !== -1) return { kind: 'exit', exitCode };
  const timeout = /^Health check exceeded timeout(?: \(([^)]*)\))?/.exec(output);
  if (timeout !== null) return { kind: 'timeout', afterMs: parseGoDuration(timeout[1] ?? '') };
  if (/^timed out starting health check/.test(output)) return { kind: 'start-timeout' };
  // Engine 29.5 and later: its check is `CMD` and nothing else
  if (/^healthcheck for container \S{1,80} has no command/i.test(output))
    return { kind: 'not-run', command: null, why: null };
  const error = parseDockerError(output);
  switch (error?.kind) {
    case 'command-missing':
      return { kind: 'not-run', command: error.object ?? error.with, why: 'missing' };
    case 'command-denied':
      return { kind: 'not-run', command: error.object ?? error.with, why: 'not-executable' };
    case 'command-format':
    case 'interpreter-missing':
    case 'user':
    case 'group':
    case 'work-folder':
      return { kind: 'not-run', command: null, why: null };
    default:
      // Whatever else keeps a command from running is not the command's fault: what it says itself has an exit code.
      return { kind: 'engine', why: error === null ? null : (ENGINE_PROBLEMS[error.kind] ?? null) };
  }
}

/** Did the probe run and say no, had it too little time, or can it not run at all? */
export function toProbeCause(
  result: ProbeResult,
): 'probe-failing' | 'probe-timeout' | 'probe-command' | 'probe-engine' {
  switch (result.kind) {
    case 'exit':
      return result.exitCode === 126 || result.exitCode === 127 ? 'probe-command' : 'probe-failing';
    case 'timeout':
    case 'start-timeout':
      return 'probe-timeout';
    case 'not-run':
      return 'probe-command';
    case 'engine':
      return 'probe-engine';
  }
}

const UNIT_MS: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
  µs: 0.001,
  us: 0.001,
  ns: 0.000001,
};

/** Go's own form of a duration (`1m0s`, `1.5s`, `500ms`) in ms; `null` when it is not one. */
function parseGoDuration(text: string): number | null {
  if (!/^(\d+(\.\d+)?(h|ms|m|s|µs|us|ns))+$/.test(text)) return null;
  let totalMs = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|µs|us|ns)/g)) {
    totalMs += Number(amount) * (UNIT_MS[unit as string] ?? 0);
  }
  return totalMs;
}
