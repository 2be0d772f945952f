const FIRST_MS = 250;
const MAX_MS = 8000;

/**
 * How long to wait before the next try: doubling from 0.25 s to 8 s, each shortened at random by up to half, so that a
 * thousand browsers do not return to a restarted server in the same instant. `random` is between 0 and 1.
 */
export function retryDelay(failures: number, random: number): number {
  const ceiling = Math.min(MAX_MS, FIRST_MS * 2 ** Math.min(failures, 10));
  return Math.round(ceiling * (1 - random / 2));
}
