import type { ProbeRow } from './encode-probes.ts';

/**
 * What {@link encodeProbes} wrote. Of bytes that were cut or are something else, the whole probes
 * before that.
 */
export function decodeProbes(bytes: Uint8Array, fromMs: number): ProbeRow[] {
  const rows: ProbeRow[] = [];
  let at = 0;
  const readUnsigned = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
  };
  const readSigned = (): number => {
    const value = readUnsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  };
  let startMs = fromMs;
  let skewMs = 0;
  let output = 0;
  while (at < bytes.length) {
    startMs += readSigned();
    skewMs += readSigned();
    const durationMs = readUnsigned();
    const exitCode = readSigned();
    output += readSigned();
    if (at > bytes.length || !isSane(startMs, skewMs, durationMs, exitCode, output)) break;
    rows.push({ startMs, skewMs, durationMs, exitCode, output });
  }
  return rows;
}

const isSane = (...numbers: number[]) => numbers.every((number) => Number.isSafeInteger(number));
