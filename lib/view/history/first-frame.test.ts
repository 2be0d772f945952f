import { describe, expect, test } from 'vitest';
import type { ReplicaHistory, ServiceHistory } from '#lib/model/contract/history.ts';
import { decideFirstFrame, findReplicaKnown, findServiceKnown } from './first-frame.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = 100 * DAY;

describe('what a chart opens on', () => {
  test.each<[what: string, knownMs: number | null, usualMs: number, lengthMs: number]>([
    ['nothing is known', null, DAY, 5 * MINUTE],
    ['a server that has just begun to look', 2_000, DAY, 5 * MINUTE],
    ['just as long as a choice', 5 * MINUTE, DAY, 5 * MINUTE],
    ['a moment longer, as reading takes', 5 * MINUTE + 4_000, DAY, 5 * MINUTE],
    ['longer', 6 * MINUTE, DAY, 15 * MINUTE],
    ['half an hour', 30 * MINUTE, DAY, HOUR],
    ['two hours', 2 * HOUR, DAY, 6 * HOUR],
    ['seven hours', 7 * HOUR, DAY, DAY],
    ['more than usual', 30 * DAY, DAY, DAY],
    ['a replica, two minutes', 2 * MINUTE, 15 * MINUTE, 5 * MINUTE],
    ['a replica, a week', 7 * DAY, 15 * MINUTE, 15 * MINUTE],
    ['a clock that was set back', -HOUR, DAY, 5 * MINUTE],
  ])('%s', (_, knownMs, usualMs, lengthMs) =>
    expect(decideFirstFrame(knownMs === null ? null : NOW - knownMs, usualMs, NOW)).toEqual({
      kind: 'newest',
      lengthMs,
    }),
  );
});

const span = (fromMs: number) =>
  ({ fromMs, untilMs: null, status: 'healthy', taskId: null, sentence: null }) as const;
const ended = (atMs: number) => ({
  taskId: 't',
  nodeId: null,
  hostname: null,
  image: 'web',
  fromMs: 0,
  untilMs: atMs,
  end: { atMs, cause: null, sentence: '', evidence: null, exitCode: 0, oomKilled: false },
  hasLastLines: false,
});
/** Since long before anybody looked. */
const living = { ...ended(0), untilMs: null, end: null };

describe('since when something is known', () => {
  const replica: ReplicaHistory = {
    serviceId: 's',
    serviceName: 'web',
    key: '1',
    fromMs: 0,
    untilMs: NOW,
    timeoutMs: null,
    intervalMs: null,
    probes: { kind: 'exact', probes: [], outputs: [] },
    spans: [],
    tasks: [],
    uptime: {
      h1: { percent: null, knownMs: 0, windowMs: HOUR },
      h24: { percent: null, knownMs: 0, windowMs: DAY },
      d7: { percent: null, knownMs: 0, windowMs: 7 * DAY },
    },
    history: { kind: 'disk', sentence: '' },
  };
  const probe = { taskId: 't', startedAtMs: 40, durationMs: 1, exitCode: 0, output: 0 };
  test.each<[string, Partial<ReplicaHistory>, number | null]>([
    ['nothing', {}, null],
    ['a task of before we looked says nothing of that time', { tasks: [living] }, null],
    ['its statuses', { tasks: [living], spans: [span(50), span(60)] }, 50],
    [
      'a probe of before, which Docker kept',
      { spans: [span(50)], probes: { kind: 'exact', probes: [probe], outputs: [''] } },
      40,
    ],
    ['an end of before', { spans: [span(50)], tasks: [ended(30), living] }, 30],
  ])('of a replica: %s', (_, parts, knownMs) =>
    expect(findReplicaKnown({ ...replica, ...parts })).toBe(knownMs),
  );

  const slot = { key: '1', slot: 1, hostname: null, current: true, segments: [living], spans: [span(50)] };
  const port = { port: 80, nodeId: 'n', spans: [{ fromMs: 20, untilMs: null, state: 'answers' as const }] };
  test.each<[string, Pick<ServiceHistory, 'slots' | 'ports'>, number | null]>([
    ['nothing', { slots: [], ports: [] }, null],
    ['the first of its slots', { slots: [slot, { ...slot, spans: [span(45)] }], ports: [] }, 45],
    ['what its ports answered', { slots: [slot], ports: [port] }, 20],
  ])('of a service: %s', (_, { slots, ports }, knownMs) =>
    expect(findServiceKnown({ ...replica, slots, ports, restartsByCause: [] } satisfies ServiceHistory)).toBe(
      knownMs,
    ),
  );
});
