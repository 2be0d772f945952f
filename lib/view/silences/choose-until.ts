/** How long somebody wants it to last. */
export const TIME_CHOICES = ['hour', 'hours', 'morning', 'own'] as const;

export type TimeChoice = (typeof TIME_CHOICES)[number];

const HOUR_MS = 3_600_000;
const MORNING_HOUR = 8;
const MAX_MS = 30 * 24 * HOUR_MS;

/**
 * When a silence ends, epoch ms; `null`: what was typed is no time that one can end at.
 *
 * @param own as a field for a local date and time has it: `2026-12-01T08:00`
 */
export function toUntilMs(choice: TimeChoice, own: string, nowMs: number): number | null {
  switch (choice) {
    case 'hour':
      return nowMs + HOUR_MS;
    case 'hours':
      return nowMs + 4 * HOUR_MS;
    case 'morning': {
      const morning = new Date(nowMs);
      morning.setDate(morning.getDate() + 1);
      morning.setHours(MORNING_HOUR, 0, 0, 0);
      return morning.getTime();
    }
    case 'own': {
      const untilMs = new Date(own).getTime();
      const isToCome = untilMs - nowMs >= 60_000 && untilMs - nowMs <= MAX_MS;
      return isToCome ? untilMs : null;
    }
  }
}
