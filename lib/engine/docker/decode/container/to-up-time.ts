import type { UpTime } from '#lib/engine/port.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Hours are rounded, and what is longer is counted from them (docker/go-units `HumanDuration`). */
const HALF_HOUR_MS = HOUR_MS / 2;

const WORDS: Readonly<Record<string, UpTime>> = {
  'less than a second': { leastMs: 0, mostMs: SECOND_MS },
  'about a minute': { leastMs: MINUTE_MS, mostMs: 2 * MINUTE_MS },
  'about an hour': { leastMs: HOUR_MS, mostMs: 1.5 * HOUR_MS },
};

const UNITS_MS: Readonly<Record<string, number>> = {
  second: SECOND_MS,
  minute: MINUTE_MS,
  hour: HOUR_MS,
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 30 * DAY_MS,
  year: 365 * DAY_MS,
};

/** How long a container has run, by the words of a list, such as `Up 5 minutes (healthy)`; `null`: they do not say it. */
export function toUpTime(status: string | null): UpTime | null {
  const [, words = '', count = '', unit = ''] =
    /^Up (less than a second|about a minute|about an hour|(\d{1,6}) (second|minute|hour|day|week|month|year)s?)(?: \(|$)/i.exec(
      status ?? '',
    ) ?? [];
  const known = WORDS[words.toLowerCase()];
  if (known) return known;
  const unitMs = UNITS_MS[unit.toLowerCase()];
  if (unitMs === undefined) return null;
  const roundedMs = unitMs >= HOUR_MS ? HALF_HOUR_MS : 0;
  const number = Number(count);
  const most = unitMs === HOUR_MS ? number * unitMs + HALF_HOUR_MS : (number + 1) * unitMs;
  return { leastMs: Math.max(0, number * unitMs - roundedMs), mostMs: most };
}
