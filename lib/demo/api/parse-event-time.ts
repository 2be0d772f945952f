import { ApiError } from './api-error.ts';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/**
 * `since` and `until`: unix seconds with an optional fraction, a date, or a Go duration (so long ago).
 *
 * @returns epoch ms; `null` when not given
 * @throws ApiError 400
 */
export function parseEventTime(text: string | null, nowMs: number): number | null {
  if (text === null || text === '') return null;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  if (parts.length > 0 && parts.map(([part]) => part).join('') === text) {
    return nowMs - parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 0), 0);
  }
  const date = Date.parse(text);
  if (Number.isNaN(date)) throw new ApiError(400, `failed to parse value as time or duration: "${text}"`);
  return date;
}
