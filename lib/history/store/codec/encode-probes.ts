import { createNumberWriter } from './small-numbers.ts';

/** One kept probe in numbers; `output` is a row of `outputs`. */
export interface ProbeRow {
  startMs: number;
  skewMs: number;
  durationMs: number;
  exitCode: number;
  output: number;
}

/**
 * Probes of one task as bytes: each number as the difference to the probe before, in as few bytes as it needs. A probe
 * of a regular check takes 5 to 8 bytes.
 *
 * @param fromMs what the first start is counted from
 */
export function encodeProbes(rows: readonly ProbeRow[], fromMs: number): Uint8Array {
  const out = createNumberWriter();
  let startMs = fromMs;
  let skewMs = 0;
  let output = 0;
  for (const row of rows) {
    out.signed(row.startMs - startMs);
    out.signed(row.skewMs - skewMs);
    out.unsigned(row.durationMs);
    out.signed(row.exitCode);
    out.signed(row.output - output);
    ({ startMs, skewMs, output } = row);
  }
  return out.bytes();
}
