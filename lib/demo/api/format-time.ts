/** Docker's zero time: "never". */
const NEVER = '0001-01-01T00:00:00Z';

/** As Go prints a time in UTC with nanoseconds: trailing zeros are dropped. */
export function formatTime(ms: number | null): string {
  if (ms === null) return NEVER;
  const whole = Math.floor(ms);
  const nanos = (whole % 1000) * 1_000_000 + Math.floor((ms - whole) * 1e6);
  const fraction =
    nanos === 0
      ? ''
      : String(nanos + 1e9)
          .slice(1)
          .replace(/0+$/, '');
  const seconds = new Date(whole).toISOString().slice(0, 19);
  return fraction === '' ? `${seconds}Z` : `${seconds}.${fraction}Z`;
}

/** Nanoseconds since the epoch, as digits: a number cannot hold them. */
export function toNanos(ms: number): string {
  const whole = Math.floor(ms);
  return `${whole}${String(Math.floor((ms - whole) * 1e6)).padStart(6, '0')}`;
}

/** As `docker ps` says how long something lasts: `Less than a second`, `About a minute`, `3 hours` (moby `go-units`). */
export function formatAge(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 1) return 'Less than a second';
  if (seconds === 1) return '1 second';
  if (seconds < 60) return `${seconds} seconds`;
  const minutes = Math.floor(seconds / 60);
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.round(seconds / 3600);
  if (hours === 1) return 'About an hour';
  if (hours < 48) return `${hours} hours`;
  if (hours < 24 * 7 * 2) return `${Math.floor(hours / 24)} days`;
  if (hours < 24 * 30 * 2) return `${Math.floor(hours / 24 / 7)} weeks`;
  return `${Math.floor(hours / 24 / 30)} months`;
}
