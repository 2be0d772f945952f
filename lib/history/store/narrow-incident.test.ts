import { expect, test } from 'vitest';
import type { IncidentRecord } from '#lib/model/contract/incident.ts';
import type { Scope } from '#lib/model/contract/scope.ts';
import { isNarrowed, narrowIncident } from '#lib/model/events/narrow-incident.ts';
import { buildIncident, buildIncidentService } from '#lib/testing/build-incident.ts';
import { english } from '#lib/words/english.ts';

const SHOP: Scope = { isWall: false, rights: [{ role: 'operator', stacks: ['shop'] }] };
const narrow = (over: Partial<IncidentRecord>) => narrowIncident(buildIncident(over), SHOP, english);

const web = buildIncidentService({
  ...{ id: 'web', name: 'shop_web', stack: 'shop', fromMs: 2_000, untilMs: 5_000, ends: 1 },
  ...{ cause: 'node-down', sentence: 'Lost with its node: docker07 is down.' },
});
const db = buildIncidentService({
  ...{ id: 'db', name: 'data_db', stack: 'data', fromMs: 1_000, untilMs: 9_000, ends: 3 },
  ...{ cause: 'exit-code', sentence: 'data_db ends.', evidence: { label: 'It says', text: 'data_db says' } },
});
const loose = buildIncidentService({ id: 'loose', name: 'loose', stack: null });

test('an incident of a node is told with their services alone, in their own time, and not which node it was', () => {
  const own = narrow({
    ...{ id: 'rs-docker07', startedAtMs: 1_000, endedAtMs: 9_000, services: [db, web, loose] },
    counts: { nodes: 4, services: 30, replicas: 90, moved: 7, ends: 44 },
    returns: 3,
    unknown: 5,
  });
  expect(own).toMatchObject({
    kind: 'node',
    startedAtMs: 2_000,
    endedAtMs: 5_000,
    nodes: [],
    services: [{ id: 'web' }],
    counts: { nodes: 0, services: 1, replicas: 1, moved: 0, ends: 1 },
    returns: 0,
    unknown: 0,
    reason: { cause: 'node-down', evidence: null, hint: null },
  });
  expect(own?.id).toBe(`${(2_000).toString(36)}-shop-web-1`);
  const told = JSON.stringify([own, own && english.incident(own)]);
  expect(told).not.toMatch(/data|loose|rs-|44|90/);
  // Their own replica's sentence names the node that it was on, as its own page does.
  expect(told.match(/docker07/g)).toHaveLength(1);
});

test('one that touches none of their services is none to them', () => {
  expect(narrow({ services: [db, loose] })).toBeNull();
});

test.each([
  ['of another service that explains theirs', { kind: 'update', rootKey: 'update db' }],
  ['of the swarm as a whole', { kind: 'swarm', rootKey: 'swarm' }],
] as const)('why is said by their own service where the incident is %s', (_, over) => {
  const own = narrow({
    ...{ ...over, services: [db, web], nodes: [], rollback: 'started' },
    reason: { ...db, cause: 'quorum-lost' },
  });
  expect(own).toMatchObject({ kind: 'service', rollback: null, reason: { sentence: web.sentence } });
  expect(JSON.stringify(own)).not.toContain('data_db');
});

test('an update of their own service stays one', () => {
  const own = narrow({ kind: 'update', rootKey: 'update web', services: [web], rollback: 'completed' });
  expect(own).toMatchObject({ kind: 'update', rollback: 'completed' });
});

test('it lasts for as long as one of theirs is not whole, whatever became of the others', () => {
  const lasting = narrow({ services: [db, { ...web, untilMs: null }] });
  expect(lasting).toMatchObject({ endedAtMs: null, recoveredAtMs: null });
  const over = narrow({ services: [{ ...db, untilMs: null }, web], endedAtMs: null });
  expect(over).toMatchObject({ endedAtMs: 5_000, isEndSeen: true });
});

test('where an engine is that cannot be read is not said', () => {
  const sentence =
    'Health not known: the engine of docker07 cannot be reached: tcp://10.0.0.7:2375 did not answer.';
  const own = narrow({ services: [{ ...web, sentence, hint: 'ssh 10.0.0.7' }] });
  expect(own?.services[0]?.sentence).toBe('Health not known: the engine of docker07 cannot be reached.');
  expect(JSON.stringify(own)).not.toContain('10.0.0.7');
});

test('a link to it leads there also when it is called otherwise by now', () => {
  const own = narrow({ services: [{ ...web, keys: [] }] });
  if (own === null) throw new Error('it is theirs');
  for (const [id, isIt] of [
    [own.id, true],
    [`${(2_000).toString(36)}-shop-web-1`, true],
    [`${(2_000).toString(36)}-data-db`, false],
    [`${(200_000).toString(36)}-shop-web`, false],
  ] as const)
    expect(isNarrowed(id, own), id).toBe(isIt);
});
