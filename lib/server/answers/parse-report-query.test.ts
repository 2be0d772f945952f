import { expect, test } from 'vitest';
import { parseReportQuery, readReportQuery } from './parse-report-query.ts';
import { QueryError } from './queries.ts';

const NOW = Date.UTC(2026, 10, 29, 12);
const of = (days: number, stack: string | null = null, service: string | null = null) => ({
  ...{ days, untilMs: null, stack, service },
  format: 'json',
});

test.each([
  ['', of(30)],
  ['days=1', of(1)],
  ['days=90&stack=shop', of(90, 'shop')],
  ['service=web&stack=', of(30, null, 'web')],
  ['until=', of(30)],
  ['until=2026-10-31', { ...of(30), untilMs: Date.UTC(2026, 10, 1) }],
  ['until=1795824000123', { ...of(30), untilMs: 1_795_824_000_123 }],
  ['until=2026-11-28', { ...of(30), untilMs: Date.UTC(2026, 10, 29) }],
  ['format=csv', { ...of(30), format: 'csv' }],
  ['format=md', { ...of(30), format: 'md' }],
  [`stack=${'x'.repeat(400)}`, of(30, 'x'.repeat(300))],
])('?%s', (query, expected) => expect(parseReportQuery(new URLSearchParams(query), NOW)).toEqual(expected));

test.each([
  'days=2',
  'days=030',
  'days=-1',
  'days=1e0',
  'format=xml',
  'until=2026-11-29',
  'until=2027-01-01',
  'until=2026-02-31',
  'until=1895824000123',
  'until=17',
])('?%s is refused, and a page passes it over', (query) => {
  expect(() => parseReportQuery(new URLSearchParams(query), NOW)).toThrow(QueryError);
  expect(readReportQuery(new URLSearchParams(query), NOW)).toEqual(of(30));
});
