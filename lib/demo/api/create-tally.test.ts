import { expect, it } from 'vitest';
import { createTally, toKind } from './create-tally.ts';

const kindOf = (path: string, filters?: object) =>
  toKind({ path, query: new URLSearchParams(filters ? { filters: JSON.stringify(filters) } : {}) });

it('knows a question by what is asked, not of whom', () => {
  expect(kindOf('/containers/0123abcd/json')).toBe('/containers/{id}/json');
  expect(kindOf('/containers/0123abcd/stats')).toBe('/containers/{id}/stats');
  expect(kindOf('/containers/json', { 'is-task': ['true'] })).toBe('/containers/json is-task=true');
  expect(kindOf('/containers/json', { id: ['a', 'b'], 'is-task': ['true'] })).toBe(
    '/containers/json id,is-task=true',
  );
  expect(kindOf('/tasks', { service: ['x'], 'desired-state': ['running'] })).toBe(
    '/tasks desired-state,service',
  );
  expect(kindOf('/tasks/abc')).toBe('/tasks/{id}');
  expect(kindOf('/events', { type: ['container'] })).toBe('/events');
});

it('adds up what was asked and sent', () => {
  const tally = createTally();
  tally.ask('/info');
  tally.send('/info', 10);
  tally.ask('/info');
  tally.send('/info', 20);
  expect(tally.read()).toEqual({ '/info': { requests: 2, bytes: 30 } });
});
