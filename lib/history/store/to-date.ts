/** As far as dates go, in ms of the epoch, and half of it: what is added to one is one, too. */
const MAX_MS = 4e15;

/** Is it a moment that can be written as a date? Who may write to the database may write any number. */
export function isDate(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value) <= MAX_MS;
}

/** The moment, or the nearest one that is a date. */
export function toDate(value: unknown): number {
  return Math.min(Math.max(Number(value) || 0, -MAX_MS), MAX_MS);
}
