import { AVAILABILITIES, type Availability } from '#lib/model/contract/availability.ts';
import { createNumberReader, createNumberWriter } from './small-numbers.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
export const WEEK_MS = 7 * DAY_MS;
const HOURS = WEEK_MS / HOUR_MS;

/** Milliseconds of each availability, in their order. */
export type Sums = number[];

/** What a service was in each hour of a week, which begins with a Thursday (UTC), as the epoch does. */
export type WeekTally = Sums[];

const NO_SUMS: readonly number[] = AVAILABILITIES.map(() => 0);

export function createWeekTally(): WeekTally {
  return Array.from({ length: HOURS }, () => [...NO_SUMS]);
}

/** An hour as bytes after the number of hours that are equal: a week that is up throughout takes ten. */
export function encodeTally(week: WeekTally): Uint8Array {
  const out = createNumberWriter();
  for (let hour = 0; hour < week.length; ) {
    const sums = week[hour] ?? NO_SUMS;
    let end = hour + 1;
    while (end < week.length && isSame(sums, week[end] ?? NO_SUMS)) end += 1;
    out.unsigned(end - hour);
    for (const ms of sums) out.unsigned(Math.max(0, Math.round(ms)));
    hour = end;
  }
  return out.bytes();
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.every((ms, index) => ms === b[index]);
}

/** What {@link encodeTally} wrote; of bytes that are something else, what fits into a week. */
export function decodeTally(bytes: Uint8Array): WeekTally {
  const week = createWeekTally();
  readTallyRuns(bytes, (hour, count, sums) => {
    for (let at = hour; at < hour + count; at += 1) week[at] = [...sums];
  });
  return week;
}

/**
 * The same without making it: hours that are equal together, `count` of them from `hour` on. `sums` are of each of these
 * hours, and another call's afterwards.
 */
export function readTallyRuns(
  bytes: Uint8Array,
  take: (hour: number, count: number, sums: readonly number[]) => void,
): void {
  const input = createNumberReader(bytes);
  const sums = [...NO_SUMS];
  for (let hour = 0; hour < HOURS && !input.isAtEnd(); ) {
    const count = Math.min(HOURS - hour, input.unsigned());
    for (let index = 0; index < sums.length; index += 1) sums[index] = Math.min(HOUR_MS, input.unsigned());
    if (input.isOver() || count === 0) return;
    take(hour, count, sums);
    hour += count;
  }
}

export const toDay = (atMs: number) => Math.floor(atMs / DAY_MS);
export const toWeek = (atMs: number) => Math.floor(atMs / WEEK_MS);

/** Calls `add` for each hour that the stretch touches, with the milliseconds of it. Nothing of one that ends before it begins. */
export function splitIntoHours(
  fromMs: number,
  untilMs: number,
  add: (hourMs: number, lastedMs: number) => void,
): void {
  for (let atMs = fromMs; atMs < untilMs; ) {
    const hourMs = Math.floor(atMs / HOUR_MS) * HOUR_MS;
    const endMs = Math.min(untilMs, hourMs + HOUR_MS);
    add(hourMs, endMs - atMs);
    atMs = endMs;
  }
}

export function addToHour(week: WeekTally, hourMs: number, state: Availability, lastedMs: number): void {
  const sums = week[Math.floor((hourMs % WEEK_MS) / HOUR_MS)];
  const index = AVAILABILITIES.indexOf(state);
  // A clock that was set back must not make an hour longer than it is.
  if (sums) sums[index] = Math.min(HOUR_MS, (sums[index] ?? 0) + lastedMs);
}
