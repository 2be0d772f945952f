import { expect, test } from 'vitest';
import type { MomentReplica } from '#lib/model/contract/moment.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { OverviewFilter } from '#lib/view/overview/overview-filter.ts';
import { filterMoment } from './filter-moment.ts';
import { groupMoment } from './group-moment.ts';
import { type AskedMoment, parseAt, toMomentHref, withAt } from './parse-at.ts';
import { toMomentMatrix } from './to-moment-matrix.ts';

const NOW = Date.UTC(2026, 10, 29, 9, 12, 3);
const KNOWN = NOW - 86_400_000;

test.each<[string, string | null, number | null, AskedMoment | null]>([
  ['nothing is asked for', null, KNOWN, null],
  ['milliseconds', String(NOW - 5_000), KNOWN, { kind: 'moment', atMs: NOW - 5_000 }],
  ['a time with its zone', '2026-11-29T09:12:00Z', KNOWN, { kind: 'moment', atMs: NOW - 3_000 }],
  ['without its seconds', '2026-11-29T09:12Z', KNOWN, { kind: 'moment', atMs: NOW - 3_000 }],
  ['now', String(NOW), KNOWN, { kind: 'moment', atMs: NOW }],
  [
    'a browser whose clock is a second ahead',
    String(NOW + 1_000),
    KNOWN,
    { kind: 'moment', atMs: NOW + 1_000 },
  ],
  ['the future', String(NOW + 60_000), KNOWN, { kind: 'future', atMs: NOW + 60_000 }],
  ['the year 33658', '999999999999999', KNOWN, { kind: 'future', atMs: 999_999_999_999_999 }],
  ['before the history', String(KNOWN - 1), KNOWN, { kind: 'before', atMs: KNOWN - 1 }],
  ['when there is no history', String(NOW - 1), null, { kind: 'before', atMs: NOW - 1 }],
  ['1970', '0', KNOWN, { kind: 'before', atMs: 0 }],
  ['empty', '', KNOWN, { kind: 'nonsense' }],
  ['a word', 'yesterday', KNOWN, { kind: 'nonsense' }],
  ['no zone', '2026-11-29T09:12:00', KNOWN, { kind: 'nonsense' }],
  ['no such day', '2026-13-45T99:99:99Z', KNOWN, { kind: 'nonsense' }],
  ['a day that its month does not have', '2026-02-31T00:00:00Z', 0, { kind: 'nonsense' }],
  ['negative', '-5', KNOWN, { kind: 'nonsense' }],
  ['more digits than a time has', '1'.repeat(16), KNOWN, { kind: 'nonsense' }],
  ['a fraction', '1.5', KNOWN, { kind: 'nonsense' }],
])('%s', (_, text, knownFromMs, expected) => {
  expect(parseAt(text, NOW, knownFromMs)).toEqual(expected);
});

test('an address as of a moment keeps what else it says', () => {
  expect(withAt('/services/web', 5.4)).toBe('/services/web?at=5');
  expect(withAt('/events?kind=task', 5)).toBe('/events?kind=task&at=5');
});

test('a copied address keeps the filter, and no place or stretch of now', () => {
  expect(toMomentHref('/', '', 5)).toBe('/?at=5');
  expect(toMomentHref('/', '?q=a+b&stack=shop&at=3', 5)).toBe('/?q=a+b&stack=shop&at=5');
  expect(toMomentHref('/events', '?kind=task&range=1h&before=7&axis=1d', 5)).toBe('/events?kind=task&at=5');
});

const replica = (
  serviceName: string,
  status: ReplicaStatus,
  sentence: string | null = null,
): MomentReplica => ({
  serviceId: serviceName,
  serviceName,
  stack: null,
  key: '1',
  slot: 1,
  status,
  sinceMs: 0,
  sentence,
  taskId: null,
  nodeId: null,
  hostname: null,
  image: null,
});

test('those with the worst replica come first, and only what was wrong has its sentence said', () => {
  const groups = groupMoment(
    [
      replica('well', 'healthy'),
      replica('away', 'unknown', 'Its engine cannot be read.'),
      replica('api', 'healthy'),
      replica('api', 'failing', 'Failed 2 of 3 probes.'),
      replica('api', 'starting', 'It starts.'),
      replica('db', 'lost', 'Its node is down.'),
    ],
    ({ serviceName }) => serviceName,
  );
  expect(groups.map(({ name }) => name)).toEqual(['db', 'api', 'away', 'well']);
  expect(groups[1]?.counts.map(({ status, count }) => `${count} ${status}`)).toEqual([
    '1 failing',
    '1 starting',
    '1 healthy',
  ]);
  expect(groups.map(({ said }) => said.map(({ sentence }) => sentence))).toEqual([
    ['Its node is down.'],
    ['Failed 2 of 3 probes.'],
    ['Its engine cannot be read.'],
    [],
  ]);
});

const ASKS_NOTHING = { text: '', status: null, stack: null, node: null, image: '', problems: false };

test.each<[string, Partial<OverviewFilter>, string[]]>([
  ['nothing', {}, ['web', 'web', 'db', 'solo']],
  ['some of the name', { text: 'WE' }, ['web', 'web']],
  ['some of the image', { image: 'redis' }, ['db']],
  ['words that are in its name and its image', { text: 'db redis' }, ['db']],
  ['a stack', { stack: 'shop' }, ['web', 'web']],
  ['no stack', { stack: '-' }, ['db', 'solo']],
  ['a node: all replicas of what had one on it', { node: 'docker02' }, ['web', 'web']],
  ['a status', { status: 'lost' }, ['web', 'web']],
  ['what was wrong, or not known', { problems: true }, ['web', 'web', 'db']],
  ['a port, which is not kept', { text: ':8080' }, []],
])('a moment is filtered as the overview is: by %s', (_, filter, expected) => {
  const replicas = [
    { ...replica('web', 'healthy'), stack: 'shop', hostname: 'docker01', image: 'nginx:1' },
    { ...replica('web', 'lost'), stack: 'shop', hostname: 'docker02', image: 'nginx:1' },
    { ...replica('db', 'unknown'), hostname: 'docker03', image: 'redis:7' },
    replica('solo', 'healthy'),
  ];
  const left = filterMoment(replicas, { ...ASKS_NOTHING, ...filter });
  expect(left.map(({ serviceName }) => serviceName)).toEqual(expected);
});

test('the matrix has a column for each node and one for what had none; of what is too much the least bad is left out', () => {
  const on = (name: string, hostname: string | null, status: ReplicaStatus) => ({
    ...replica(name, status),
    hostname,
  });
  const { columns, rows } = toMomentMatrix([
    on('web', 'b', 'healthy'),
    on('web', 'b', 'unknown'),
    on('web', 'a', 'healthy'),
    on('db', null, 'pending'),
  ]);
  expect(columns).toEqual(['a', 'b', null]);
  expect(
    rows.map(({ service, cells }) => [
      service.name,
      ...cells.map((counts) => counts?.map(({ status, count }) => `${count} ${status}`).join() ?? ''),
    ]),
  ).toEqual([
    ['db', '', '', '1 pending'],
    ['web', '1 healthy', '1 unknown,1 healthy', ''],
  ]);
  const many = Array.from({ length: 300 }, (_, n) => on(`s${n}`, `n${n}`, n === 299 ? 'lost' : 'healthy'));
  const cut = toMomentMatrix(many);
  expect([cut.rows[0]?.service.name, cut.moreRows, cut.moreColumns]).toEqual(['s299', 150, 260]);
  expect(cut.columns).toContain('n299');
});
