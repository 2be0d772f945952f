import { describeDuration } from './describe-duration.ts';
import { describeExit } from './describe-exit.ts';

/**
 * A probe's exit code in words, as {@link describeExit} has them. Docker gives -1 to a probe that had no exit: its
 * output then says whether it timed out (moby daemon/health.go, `Health check exceeded timeout (3s)`).
 */
export function describeExitCode(exitCode: number, output: string | null = null): string {
  if (exitCode < 0) return describeNoExit(output ?? '');
  return describeExit(exitCode);
}

/** The OCI runtime's words where the command is not in the image or is no program, a shell that an image lacks included. */
function describeNoStart(output: string): string {
  if (/^timed out starting health check/.test(output)) return 'timed out at its start';
  const command = /exec: "([^"]+)"/.exec(output)?.[1] ?? null;
  if (command === null) return 'could not run';
  if (/permission denied/.test(output)) return `could not run: ${command} is not executable`;
  return /no such file|not found/.test(output)
    ? `could not run: ${command} is not in the image`
    : 'could not run';
}

function describeNoExit(output: string): string {
  const timeout = /^Health check exceeded timeout(?: \(([^)]*)\))?/.exec(output);
  if (timeout === null) return describeNoStart(output);
  const durationMs = parseGoDuration(timeout[1] ?? '');
  return durationMs === null ? 'timed out' : `timed out after ${describeDuration(durationMs)}`;
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
