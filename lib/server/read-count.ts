import { QueryError } from './query-error.ts';

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
