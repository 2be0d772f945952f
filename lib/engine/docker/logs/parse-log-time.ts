const SPACE = 0x20;
const ZERO = 0x30;
const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;
/** `2026-11-24T10:00:00.123456789+00:00` */
const MAX_STAMP_BYTES = 35;
const MIN_STAMP_BYTES = 20;

export interface LogTime {
  /** The engine's clock, epoch ms with its fraction. */
  engineAtMs: number;
  /** Where the text begins, after the time and its blank. */
  textAt: number;
}

/** The time that Docker writes before each message (`timestamps=1`), if one begins at `from`; else `null`. */
export function parseLogTime(bytes: Buffer, from = 0): LogTime | null {
  const first = bytes[from] ?? 0;
  if (first < ZERO || first > ZERO + 9) return null;
  const blank = bytes.indexOf(SPACE, from);
  const end = blank === -1 ? bytes.length : blank;
  if (end - from > MAX_STAMP_BYTES || end - from < MIN_STAMP_BYTES) return null;
  const stamp = bytes.toString('latin1', from, end);
  if (!STAMP.test(stamp)) return null;
  const wholeMs = Date.parse(`${stamp.slice(0, 19)}${/(?:Z|[+-]\d\d:\d\d)$/.exec(stamp)?.[0] ?? 'Z'}`);
  if (Number.isNaN(wholeMs)) return null;
  const fraction = /\.(\d+)/.exec(stamp)?.[1] ?? '0';
  return { engineAtMs: wholeMs + Number(`0.${fraction}`) * 1000, textAt: Math.min(end + 1, bytes.length) };
}
