import type { EventsQuery } from '#lib/model/contract/history.ts';
import { SWARM_EVENT_KINDS, SWARM_EVENT_LEVELS } from '#lib/model/contract/swarm-event.ts';
import { QueryError, readCount, readMoment } from './queries.ts';

const LIMIT_DEFAULT = 100;
const LIMIT_MAX = 1_000;

/**
 * The query of `GET /api/events`.
 *
 * @throws QueryError
 */
export function parseEventsQuery(query: URLSearchParams, nowMs: number): EventsQuery {
  const limit = readCount(query, 'limit') ?? LIMIT_DEFAULT;
  if (limit < 1 || limit > LIMIT_MAX) throw new QueryError(`limit is from 1 to ${LIMIT_MAX}.`);
  const sinceMs = readMoment(query, 'sinceMs', nowMs);
  const untilMs = readMoment(query, 'untilMs', nowMs);
  if (sinceMs !== null && untilMs !== null && sinceMs > untilMs)
    throw new QueryError('sinceMs must not be after untilMs.');
  return {
    sinceMs,
    untilMs,
    before: readCount(query, 'before'),
    limit,
    service: query.get('service') || null,
    node: query.get('node') || null,
    kinds: readWords(query, 'kind', SWARM_EVENT_KINDS),
    levels: readWords(query, 'level', SWARM_EVENT_LEVELS),
  };
}

function readWords<T extends string>(query: URLSearchParams, name: string, known: readonly T[]): T[] {
  const words = query
    .getAll(name)
    .flatMap((text) => text.split(','))
    .filter((word) => word !== '');
  for (const word of words) {
    if (!known.includes(word as T))
      throw new QueryError(`${name} is one or more of ${known.join(', ')}, not "${word.slice(0, 40)}".`);
  }
  return words as T[];
}
