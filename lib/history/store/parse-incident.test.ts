import { expect, test } from 'vitest';
import { buildIncident } from '#lib/testing/build-incident.ts';
import { parseIncident } from './parse-incident.ts';

const kept = buildIncident();
const but = (fields: object) => JSON.stringify({ ...kept, ...fields });

test('what was kept of an incident is read, also of a release that kept less', () => {
  expect(parseIncident(JSON.stringify(kept))).toEqual({ ...kept, rollback: null });
});

test.each([
  ['nothing', null],
  ['no JSON', '{"id":'],
  ['another thing', '{}'],
  ['no thing', 'null'],
  ['a list that is deeper than a thread can send', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ['a text without an end', `"${'x'.repeat(100)}`],
  ['a kind that nobody knows', but({ kind: 'weather' })],
  ['a moment that is no date', but({ startedAtMs: 1e300 })],
  ['nodes that are none', but({ nodes: [null] })],
  ['a service without its name', but({ services: [{ id: 'a', fromMs: 1, untilMs: null, keys: [] }] })],
  ['no counts', but({ counts: null })],
])('%s in the place of one is passed over: the others are shown', (_what, body) =>
  expect(parseIncident(body)).toBeNull(),
);
