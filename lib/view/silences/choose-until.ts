/** How long somebody wants it to last. */
export const TIME_CHOICES = ['hour', 'hours', 'morning', 'own'] as const;

export type TimeChoice = (typeof TIME_CHOICES)[number];

const HOUR_MS = 3_600_000;
const MORNING_HOUR = 8;
const MIN_MS = 60_000;
const MAX_MS = 30 * 24 * HOUR_MS;

/**
 * When a silence ends, epoch ms; `null`: what was typed is no time that one can end at.
 *
 * @param own as a field for a date and time has it: `2026-12-01T08:00`
 * @param zone what clocks are shown in, so what is chosen by a clock is meant in it
 */
export function toUntilMs(
  choice: TimeChoice,
  own: string,
  nowMs: number,
  zone: 'utc' | 'local',
): number | null {
  switch (choice) {
    case 'hour':
      return nowMs + HOUR_MS;
    case 'hours':
      return nowMs + 4 * HOUR_MS;
    case 'morning': {
      const today = toMorning(nowMs, 0, zone);
      return today - nowMs >= MIN_MS ? today : toMorning(nowMs, 1, zone);
    }
    case 'own': {
      const untilMs = new Date(zone === 'utc' ? `${own}Z` : own).getTime();
      const isToCome = untilMs - nowMs >= MIN_MS && untilMs - nowMs <= MAX_MS;
      return isToCome ? untilMs : null;
    }
  }
}

function toMorning(nowMs: number, daysOn: number, zone: 'utc' | 'local'): number {
  const now = new Date(nowMs);
  return zone === 'utc'
    ? Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + daysOn, MORNING_HOUR)
    : new Date(now.getFullYear(), now.getMonth(), now.getDate() + daysOn, MORNING_HOUR).getTime();
}
