import type { Masker } from '#lib/engine/docker/decode/create-masker.ts';
import { readNumber, readObject } from '#lib/engine/docker/decode/raw.ts';
import { toTimeMs } from '#lib/engine/docker/decode/times.ts';
import type { Probe } from '#lib/model/docker/probe.ts';

/** Docker keeps this many bytes of a probe's output and appends `...` to what it cut: moby `daemon/health.go`. */
const MAX_OUTPUT_BYTES = 4096;
const CUT_MARK = '...';
const MAX_OUTPUT_CHARS = MAX_OUTPUT_BYTES + CUT_MARK.length;

/** One entry of `State.Health.Log`; `null` without its times or its exit code. */
export function toProbe(raw: unknown, skewMs: number, mask: Masker): Probe | null {
  const entry = readObject(raw);
  const startedAtMs = toTimeMs(entry.Start, skewMs);
  const endedAtMs = toTimeMs(entry.End, skewMs);
  const exitCode = readNumber(entry.ExitCode);
  if (startedAtMs === null || endedAtMs === null || exitCode === null) return null;
  // Docker's are no longer than this: what is, is neither looked at nor kept.
  const output = typeof entry.Output === 'string' ? entry.Output.slice(0, MAX_OUTPUT_CHARS) : '';
  return {
    startedAtMs,
    endedAtMs,
    durationMs: Math.max(0, endedAtMs - startedAtMs),
    exitCode,
    output: mask.text(output),
    truncated: isTruncated(output),
  };
}

function isTruncated(output: string): boolean {
  if (!output.endsWith(CUT_MARK)) return false;
  return Buffer.byteLength(output) - CUT_MARK.length >= MAX_OUTPUT_BYTES;
}
