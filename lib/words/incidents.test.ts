import { expect, test } from 'vitest';
import type { IncidentRecord } from '#lib/model/contract/incident.ts';
import { toIncident } from '#lib/model/events/to-incident.ts';
import { buildIncident, buildIncidentNode, buildIncidentService } from '#lib/testing/build-incident.ts';
import * as page from './en/pages/incident.ts';
import { english } from './english.ts';

const counts = { nodes: 0, services: 1, replicas: 1, moved: 0, ends: 0 };
const ofService = (over: Partial<IncidentRecord>): Partial<IncidentRecord> => ({
  kind: 'service',
  nodes: [],
  counts,
  ...over,
});
const why = (cause: IncidentRecord['reason']['cause']) => ({
  cause,
  sentence: null,
  evidence: null,
  hint: null,
});
const node = (hostname: string, cause: IncidentRecord['reason']['cause'] = 'node-down') =>
  buildIncidentNode({ id: hostname, hostname, cause });

test.each<[title: string, course: string, record: Partial<IncidentRecord>]>([
  ['docker07 lost', '1 replica of 1 service', {}],
  [
    'docker07 lost',
    '12 replicas of 9 services → 12 up again on other nodes → all services whole after 42 s → the node well again after 19 min 6 s',
    {
      counts: { nodes: 1, services: 9, replicas: 12, moved: 12, ends: 0 },
      recoveredAtMs: 42_300,
      endedAtMs: 1_146_000,
    },
  ],
  [
    'docker01, docker02 and docker03 lost',
    '1 replica of 1 service → all services whole after 8 s',
    {
      nodes: [node('docker01'), node('docker02'), node('docker03')],
      counts: { ...counts, nodes: 3 },
      recoveredAtMs: 8_000,
    },
  ],
  [
    'docker01 lost, docker02: engine not read',
    '1 replica of 1 service',
    {
      nodes: [node('docker01'), node('docker02', 'engine-unread')],
      counts: { ...counts, nodes: 2 },
    },
  ],
  [
    '5 nodes: lost, engine not read',
    '1 replica of 1 service',
    {
      nodes: [node('docker01'), node('docker02', 'engine-unread')],
      counts: { ...counts, nodes: 5 },
    },
  ],
  [
    'No quorum: engines of node-01 and node-02 cannot be read',
    '1 replica of 1 service',
    {
      kind: 'engine',
      ofSwarm: 'no-quorum',
      nodes: [node('node-01', 'engine-unread'), node('node-02', 'engine-unread')],
      counts: { ...counts, nodes: 2 },
    },
  ],
  ['No quorum: docker07 lost', '1 replica of 1 service', { ofSwarm: 'quorum-lost' }],
  ['docker07 lost', 'no leader → 1 replica of 1 service', { ofSwarm: 'none-leads' }],
  ['docker07 lost', '1 replica of 1 service', { ofSwarm: 'quorum-edge' }],
  ['40 nodes lost', '1 replica of 1 service', { counts: { ...counts, nodes: 40 } }],
  [
    'Engine of docker09 cannot be read',
    '7 replicas of 3 services → 7 not known',
    {
      kind: 'engine',
      nodes: [node('docker09', 'engine-unread')],
      counts: { ...counts, nodes: 1, services: 3, replicas: 7 },
      unknown: 7,
    },
  ],
  [
    'Engine of a node of web cannot be read',
    '1 replica of 1 service',
    { kind: 'engine', nodes: [], counts: { ...counts, nodes: 0 } },
  ],
  [
    'Engines of 12 nodes cannot be read',
    'over after 8 s',
    {
      kind: 'engine',
      services: [],
      counts: { ...counts, nodes: 12, services: 0, replicas: 0 },
      endedAtMs: 8_000,
    },
  ],
  [
    'docker02: disk full',
    '4 replicas of 2 services',
    {
      nodes: [node('docker02', 'node-disk')],
      counts: { ...counts, nodes: 1, services: 2, replicas: 4 },
    },
  ],
  [
    'Update of web: out of memory',
    '3 replicas → failed 11 times → came back once → all well after 1 min',
    ofService({
      kind: 'update',
      reason: why('out-of-memory'),
      services: [buildIncidentService({ replicas: 3, keys: ['1', '2', '3'] })],
      counts: { ...counts, replicas: 3, ends: 11 },
      returns: 1,
      recoveredAtMs: 60_000,
      endedAtMs: 60_000,
    }),
  ],
  ['Update of web: paused', 'replica 1', ofService({ kind: 'update', reason: why('update-paused') })],
  ['Update of web: rolled back', 'replica 1', ofService({ kind: 'update', reason: why(null) })],
  [
    'Update of web: exited by itself, being rolled back',
    'replica 1',
    ofService({ kind: 'update', reason: why('exit-code'), rollback: 'started' }),
  ],
  [
    'Update of web: exited by itself, rolled back',
    'replica 1',
    ofService({ kind: 'update', reason: why('exit-code'), rollback: 'completed' }),
  ],
  [
    'Update of web: rollback paused',
    'replica 1',
    ofService({ kind: 'update', reason: why('rollback-paused'), rollback: 'started' }),
  ],
  [
    'web: crash loop',
    'replica 1 → failed 4 times',
    ofService({ kind: 'crash-loop', counts: { ...counts, ends: 4 } }),
  ],
  ['web: probes failed', 'replica 1', ofService({ reason: why('probe-failing') })],
  [
    'web: exited by itself',
    'replica 1 → failed once → over by the time Swarm Vitals looked again',
    ofService({
      reason: why('exit-code'),
      counts: { ...counts, ends: 1 },
      endedAtMs: 90_000,
      isEndSeen: false,
    }),
  ],
  [
    'The swarm has no quorum',
    '',
    {
      kind: 'swarm',
      nodes: [],
      services: [],
      reason: why('quorum-lost'),
      counts: { ...counts, services: 0 },
    },
  ],
])('%s: %s', (title, course, record) => {
  const phrase = english.incident(buildIncident(record));
  expect([phrase.title, phrase.course.join(' → ')]).toEqual([title, course]);
});

test.each([
  [
    'Their engines cannot be read: the health of what runs there is not known.',
    'engine-unread',
    'engine-unread',
  ],
  ['Its own.', 'engine-unread', 'node-down'],
  ['Its own.', 'node-disk', 'node-disk'],
] as const)('why several nodes are in one: %s (%s, %s)', (sentence, first, second) => {
  const reason = { cause: first, sentence: 'Its own.', evidence: null, hint: null };
  const nodes = [first, second].map((cause, at) =>
    buildIncidentNode({ id: `n${at}`, hostname: `docker0${at}`, cause }),
  );
  const record = buildIncident({ kind: 'engine', reason, nodes, counts: { ...counts, nodes: 2 } });
  expect(toIncident(record, english).reason.sentence).toBe(sentence);
  const [one] = nodes.map((node) =>
    buildIncident({ reason, nodes: [node], counts: { ...counts, nodes: 1 } }),
  );
  expect(one && toIncident(one, english).reason.sentence).toBe('Its own.');
});

test('one is one in what the page of an incident counts', () => {
  expect([page.endedBadly(true), page.endedBadly(false)]).toEqual([
    'task that ended badly',
    'tasks that ended badly',
  ]);
  expect([page.lanesCut(1), page.lanesCut(2)]).toEqual([
    '1 more replica is not drawn.',
    '2 more replicas are not drawn.',
  ]);
  expect([page.notListed(1), page.notListed(1_200)]).toEqual([
    '1 more service is not listed.',
    '1,200 more services are not listed.',
  ]);
  expect(page.notKnown(1)).toBe('1 of its replicas is not known now: it is not over before it is.');
});
