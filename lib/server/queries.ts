import {
  parseTimeFrame,
  type TimeFrame,
  type TimeWindow,
  toTimeWindow,
} from '#lib/view/history/time-frame.ts';
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

/** The stretch of time that a page's address asks for. */
export function readWindow(
  query: Record<string, string | string[] | undefined>,
  fallback: TimeFrame,
  nowMs: number,
): TimeWindow {
  const read = (name: string) => {
    const value = query[name];
    return (Array.isArray(value) ? value[0] : value) ?? null;
  };
  return toTimeWindow(parseTimeFrame(read, fallback), nowMs);
}
