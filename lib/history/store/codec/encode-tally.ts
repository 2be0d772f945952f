import { AVAILABILITIES, type Availability } from '#lib/model/contract/availability.ts';
import { createNumberReader, createNumberWriter } from './small-numbers.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
const HOURS = 24;

/** Milliseconds of each availability, in their order. */
export type Sums = number[];

/** What a service was in each hour of a day. */
export type DayTally = Sums[];

export const NO_SUMS: readonly number[] = AVAILABILITIES.map(() => 0);

export function createDayTally(): DayTally {
  return Array.from({ length: HOURS }, () => [...NO_SUMS]);
}

/** An hour as bytes after the number of hours that are equal: a day that is up throughout takes nine. */
export function encodeTally(day: DayTally): Uint8Array {
  const out = createNumberWriter();
  for (let hour = 0; hour < day.length; ) {
    const sums = day[hour] ?? NO_SUMS;
    let end = hour + 1;
    while (end < day.length && isSame(sums, day[end] ?? NO_SUMS)) end += 1;
    out.unsigned(end - hour);
    for (const ms of sums) out.unsigned(Math.max(0, Math.round(ms)));
    hour = end;
  }
  return out.bytes();
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.every((ms, index) => ms === b[index]);
}

/** What {@link encodeTally} wrote; of bytes that are something else, what fits into a day. */
export function decodeTally(bytes: Uint8Array): DayTally {
  const day = createDayTally();
  readTallyRuns(bytes, (hour, count, sums) => {
    for (let at = hour; at < hour + count; at += 1) day[at] = [...sums];
  });
  return day;
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

export function addToHour(day: DayTally, hourMs: number, state: Availability, lastedMs: number): void {
  const sums = day[Math.floor((hourMs % DAY_MS) / HOUR_MS)];
  const index = AVAILABILITIES.indexOf(state);
  // A clock that was set back must not make an hour longer than it is.
  if (sums) sums[index] = Math.min(HOUR_MS, (sums[index] ?? 0) + lastedMs);
}
