import { toJson } from './to-json.ts';

/** The answer to a request with a query: 400 with a sentence when that is wrong. */
export async function answerQuery(
  request: Request,
  answer: (query: URLSearchParams) => Promise<Response>,
): Promise<Response> {
  try {
    return await answer(new URL(request.url).searchParams);
  } catch (error) {
    if (error instanceof QueryError) return toJson({ error: error.message }, 400);
    throw error;
  }
}

/** A request's query is wrong: 400, with a sentence that names the parameter. */
export class QueryError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'QueryError';
  }
}

/**
 * What nobody would heed is refused: an answer that looks narrowed and is not would be taken for it.
 *
 * @throws QueryError
 */
export function refuseOthers(query: URLSearchParams, taken: readonly string[]): void {
  const other = [...query.keys()].find((name) => !taken.includes(name));
  if (other !== undefined)
    throw new QueryError(`${other.slice(0, 40)} is not taken here; what is: ${taken.join(', ')}.`);
}

/**
 * A whole number of a query.
 *
 * @returns `null` when it is not given
 * @throws QueryError
 */
export function readCount(query: URLSearchParams, name: string): number | null {
  const text = query.get(name);
  if (text === null || text === '') return null;
  if (!/^\d{1,15}$/.test(text))
    throw new QueryError(`${name} is a whole number, not "${text.slice(0, 40)}".`);
  return Number(text);
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** No history goes back further (`VITALS_HISTORY_DAYS`). */
const MAX_DAYS = 3_650;

/**
 * `?fromMs=&untilMs=`, epoch ms: the hour that ends now, or before `untilMs`, when not given.
 *
 * @throws QueryError
 */
export function parseWindow(query: URLSearchParams, nowMs: number): { fromMs: number; untilMs: number } {
  const untilMs = readMoment(query, 'untilMs', nowMs) ?? nowMs;
  const fromMs = readMoment(query, 'fromMs', nowMs) ?? Math.max(0, untilMs - HOUR_MS);
  if (fromMs >= untilMs) throw new QueryError('fromMs must be before untilMs (now, when not given).');
  if (untilMs - fromMs > MAX_DAYS * DAY_MS)
    throw new QueryError(`From fromMs to untilMs are no more than ${MAX_DAYS} days.`);
  return { fromMs, untilMs };
}

/**
 * A moment of the past, epoch ms. A day later is taken, too: the clock of whoever asks may be another.
 *
 * @returns `null` when it is not given
 * @throws QueryError
 */
export function readMoment(query: URLSearchParams, name: string, nowMs: number): number | null {
  const atMs = readCount(query, name);
  if (atMs !== null && atMs > nowMs + DAY_MS)
    throw new QueryError(`${name} is more than a day ahead of this server's clock, which is at ${nowMs}.`);
  return atMs;
}
