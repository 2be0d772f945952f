const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** So many slots at most: a mark with its count is 14 px wide, and an axis seldom wider than 1,700. */
export const SLOTS_MAX = 120;

const LENGTHS = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND_MS),
  ...[1, 2, 3, 5, 6, 10, 12, 15, 20, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 1.5, 2, 3, 4, 6, 8, 12, 24].map((hours) => hours * HOUR_MS),
];

/** The shortest round length of which no more than {@link SLOTS_MAX} fill a window. */
export function toSlotMs(lengthMs: number): number {
  const slotMs = LENGTHS.find((length) => lengthMs / length <= SLOTS_MAX);
  return slotMs ?? Math.ceil(lengthMs / SLOTS_MAX / HOUR_MS) * HOUR_MS;
}
