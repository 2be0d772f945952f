import type { IncidentsQuery } from '#lib/model/contract/incident.ts';
import { QueryError, readCount, readMoment } from './queries.ts';

const LIMIT_DEFAULT = 50;
const LIMIT_MAX = 200;
const MAX_NAME = 300;

/**
 * The query of `GET /api/incidents`.
 *
 * @throws QueryError
 */
export function parseIncidentsQuery(query: URLSearchParams, nowMs: number): IncidentsQuery {
  const limit = readCount(query, 'limit') ?? LIMIT_DEFAULT;
  if (limit < 1 || limit > LIMIT_MAX) throw new QueryError(`limit is from 1 to ${LIMIT_MAX}.`);
  const state = readName(query, 'state');
  if (state !== null && state !== 'open' && state !== 'over')
    throw new QueryError(`state is open or over, not "${state.slice(0, 40)}".`);
  const sinceMs = readMoment(query, 'sinceMs', nowMs);
  const untilMs = readMoment(query, 'untilMs', nowMs);
  if (sinceMs !== null && untilMs !== null && sinceMs > untilMs)
    throw new QueryError('sinceMs must not be after untilMs.');
  return {
    state,
    sinceMs,
    untilMs,
    before: readName(query, 'before'),
    limit,
    service: readName(query, 'service'),
    node: readName(query, 'node'),
    stack: readName(query, 'stack'),
  };
}

function readName(query: URLSearchParams, name: string): string | null {
  return query.get(name)?.slice(0, MAX_NAME) || null;
}
