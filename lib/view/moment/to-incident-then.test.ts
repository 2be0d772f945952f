import { expect, test } from 'vitest';
import type { IncidentDetail } from '#lib/model/contract/incident.ts';
import { toIncidentThen } from './to-incident-then.ts';

const MINUTE_MS = 60_000;
const NOTHING = { cause: null, sentence: null, evidence: null, hint: null };

/** docker07 is lost at 0; api fails with it at once and web a minute later; all is whole after three, and the node back after five. */
function buildDetail(): IncidentDetail {
  const service = (name: string, fromMs: number) => ({
    ...{ ...NOTHING, id: name, name, stack: null, fromMs, untilMs: 3 * MINUTE_MS },
    ...{ replicas: 2, keys: ['1', '2'], ends: 2 },
  });
  const event = (id: number, atMs: number) => ({
    ...({ id, atMs, kind: 'task', level: 'bad', text: '', evidence: null, taskId: null } as const),
    ...{ serviceId: null, serviceName: null, replicaKey: null, nodeId: null, hostname: null },
  });
  const span = (status: 'lost' | 'healthy', fromMs: number, untilMs: number | null) => ({
    ...{ status, fromMs, untilMs, taskId: null, sentence: null, reason: null },
  });
  return {
    incident: {
      ...{
        id: 'x-docker07',
        kind: 'node',
        state: 'over',
        title: 'docker07 lost',
        course: [],
        reason: NOTHING,
      },
      ...{ startedAtMs: 0, recoveredAtMs: 3 * MINUTE_MS, endedAtMs: 5 * MINUTE_MS },
      ...{ isStartSeen: true, isEndSeen: true, isCritical: true, unknown: 0, returns: 0 },
      nodes: [{ ...NOTHING, id: 'n7', hostname: 'docker07', fromMs: 0, untilMs: 5 * MINUTE_MS }],
      services: [service('api', 0), service('web', MINUTE_MS)],
      counts: { nodes: 1, services: 2, replicas: 4, moved: 4, ends: 4 },
    },
    events: [event(1, 0), event(2, MINUTE_MS), event(3, 3 * MINUTE_MS)],
    isCut: false,
    before: [],
    lanes: ['api', 'web'].map((name) => ({
      ...{ serviceId: name, serviceName: name, key: '1', slot: 1, hostname: null },
      spans:
        name === 'api'
          ? [span('lost', 0, 3 * MINUTE_MS), span('healthy', 3 * MINUTE_MS, null)]
          : [span('lost', MINUTE_MS, 3 * MINUTE_MS)],
    })),
    history: { kind: 'disk', sentence: '' },
  } as IncidentDetail;
}

const at = (minutes: number) => toIncidentThen(buildDetail(), minutes * MINUTE_MS);

test('an incident at a moment of it is as far as it had come', () => {
  const early = at(0.5);
  expect(early?.incident).toMatchObject({
    ...{ state: 'open', recoveredAtMs: null, endedAtMs: null },
    services: [{ name: 'api', untilMs: null }],
    counts: { services: 1, replicas: 2 },
  });
  expect(early?.events.map(({ id }) => id)).toEqual([1]);
  expect(early?.lanes).toMatchObject([{ serviceName: 'api', spans: [{ status: 'lost', untilMs: null }] }]);
  expect(early?.notWhole).toBe(1);
  expect(at(2)?.notWhole).toBe(2);
});

test('how it went on is left out, and what had ended by then had', () => {
  const later = at(4);
  expect(later?.incident).toMatchObject({
    state: 'recovered',
    recoveredAtMs: 3 * MINUTE_MS,
    endedAtMs: null,
  });
  expect(later?.incident.nodes).toMatchObject([{ untilMs: null }]);
  expect(later?.notWhole).toBe(0);
  expect(at(5)?.incident).toEqual(buildDetail().incident);
});

test('before its first sign there was none', () => {
  expect(toIncidentThen(buildDetail(), -1)).toBeNull();
});
