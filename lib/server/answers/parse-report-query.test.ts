import { expect, test } from 'vitest';
import { parseReportQuery, readReportQuery } from './parse-report-query.ts';
import { QueryError } from './queries.ts';

const of = (days: number, stack: string | null = null, service: string | null = null) => ({
  ...{ days, stack, service },
  format: 'json',
});

test.each([
  ['', of(30)],
  ['days=1', of(1)],
  ['days=90&stack=shop', of(90, 'shop')],
  ['service=web&stack=', of(30, null, 'web')],
  ['format=csv', { ...of(30), format: 'csv' }],
  [`stack=${'x'.repeat(400)}`, of(30, 'x'.repeat(300))],
])('?%s', (query, expected) => expect(parseReportQuery(new URLSearchParams(query))).toEqual(expected));

test.each(['days=2', 'days=030', 'days=-1', 'days=1e0', 'format=xml'])(
  '?%s is refused, and a page passes it over',
  (query) => {
    expect(() => parseReportQuery(new URLSearchParams(query))).toThrow(QueryError);
    expect(readReportQuery(new URLSearchParams(query))).toEqual(of(30));
  },
);
