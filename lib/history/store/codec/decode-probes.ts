import type { ProbeRow } from './encode-probes.ts';
import { createNumberReader } from './small-numbers.ts';

/**
 * What {@link encodeProbes} wrote. Of bytes that were cut or are something else, the whole probes
 * before that.
 */
export function decodeProbes(bytes: Uint8Array, fromMs: number): ProbeRow[] {
  const rows: ProbeRow[] = [];
  const from = createNumberReader(bytes);
  let startMs = fromMs;
  let skewMs = 0;
  let output = 0;
  while (!from.isAtEnd()) {
    startMs += from.signed();
    skewMs += from.signed();
    const durationMs = from.unsigned();
    const exitCode = from.signed();
    output += from.signed();
    if (from.isOver() || !isSane(startMs, skewMs, durationMs, exitCode, output)) break;
    rows.push({ startMs, skewMs, durationMs, exitCode, output });
  }
  return rows;
}

const isSane = (...numbers: number[]) => numbers.every((number) => Number.isSafeInteger(number));
