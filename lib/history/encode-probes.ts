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
  const bytes: number[] = [];
  let startMs = fromMs;
  let skewMs = 0;
  let output = 0;
  for (const row of rows) {
    pushSigned(bytes, row.startMs - startMs);
    pushSigned(bytes, row.skewMs - skewMs);
    pushUnsigned(bytes, row.durationMs);
    pushSigned(bytes, row.exitCode);
    pushSigned(bytes, row.output - output);
    ({ startMs, skewMs, output } = row);
  }
  return Uint8Array.from(bytes);
}

/** Small numbers of either sign as small ones without: 0, -1, 1, -2 … become 0, 1, 2, 3 … */
function pushSigned(bytes: number[], value: number): void {
  pushUnsigned(bytes, value < 0 ? -2 * value - 1 : 2 * value);
}

/** Seven bits a byte, the low ones first. Not with bit operators: they end at 32 bits. */
function pushUnsigned(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}
