import { QueryError } from './query-error.ts';
import { readCount } from './read-count.ts';

const HOUR_MS = 3_600_000;

/**
 * `?fromMs=&untilMs=`, epoch ms: the hour that ends now, or before `untilMs`, when not given.
 *
 * @throws QueryError
 */
export function parseWindow(query: URLSearchParams, nowMs: number): { fromMs: number; untilMs: number } {
  const untilMs = readCount(query, 'untilMs') ?? nowMs;
  const fromMs = readCount(query, 'fromMs') ?? untilMs - HOUR_MS;
  if (fromMs >= untilMs) throw new QueryError('fromMs must be before untilMs (now, when not given).');
  return { fromMs, untilMs };
}
