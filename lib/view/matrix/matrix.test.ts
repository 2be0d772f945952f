import { describe, expect, test } from 'vitest';
import type { NodePicture, Replica, ServicePicture } from '#lib/model/contract/picture.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { createMatrixModel, MAX_OPEN_SERVICES, type MatrixInput } from './create-matrix-model.ts';
import { listFoldLabels, selectFoldLabels, toLabelValues } from './label-choices.ts';
import { isCountedApart, joinCells, toMatrixCell } from './matrix-cell.ts';
import { toRowCells } from './matrix-rows.ts';
import { clampSpot, moveSpot, parseSpot } from './move-spot.ts';

const replica = (key: string, nodeId: string | null, overrides: Partial<Replica> = {}): Replica =>
  buildReplica({ key, slot: Number(key), nodeId, hostname: nodeId, ...overrides });
const service = (
  name: string,
  replicas: Replica[],
  overrides: Partial<ServicePicture> = {},
): ServicePicture =>
  buildServicePicture({ id: name, name, stack: name.split('_')[0] ?? null, replicas, ...overrides });
const node = (id: string, overrides: Partial<NodePicture> = {}): NodePicture =>
  buildNodePicture({ id, hostname: id, ...overrides });
const nodes = (count: number) => Array.from({ length: count }, (_, at) => node(`n${at + 1}`));
const unread: NodePicture['engine'] = { ...node('n').engine, state: 'unreachable', sinceMs: 4_000 };

const QUIET: Omit<MatrixInput, 'services' | 'nodes' | 'loud'> = {
  rows: 'auto',
  columns: 'auto',
  stacks: new Map(),
  groups: new Set(),
  pinned: null,
  maxNodes: 24,
  maxUneasy: 60,
};
const build = (input: Pick<MatrixInput, 'services' | 'nodes'> & Partial<MatrixInput>) =>
  createMatrixModel().updateNow({ ...QUIET, ...input }, 1_000);

/** `shop: n1 3 healthy, n2 1/2 failed` of each row. */
function draw({ rows, columns }: ReturnType<typeof build>): string[] {
  return rows.map((row) => {
    const cells = [...toRowCells(row, columns)].sort(([a], [b]) => a - b);
    const texts = cells.map(([at, cell]) => {
      const count = isCountedApart(cell) ? `${cell.worst}/${cell.total}` : String(cell.total);
      return `${columns.list[at]?.id} ${count} ${cell.status}`;
    });
    return `${row.id}: ${texts.join(', ')}`;
  });
}

describe('a cell', () => {
  const failing = { status: 'failing', findings: [{ level: 'problem' }] } as unknown as Partial<Replica>;
  const watched = { status: 'failing', findings: [{ level: 'notice' }] } as unknown as Partial<Replica>;
  const CASES: [
    what: string,
    replicas: Partial<Replica>[],
    expected: [string, string, number, number, boolean],
  ][] = [
    ['one that is well', [{}], ['healthy', 'ok', 1, 1, false]],
    ['of those that are well only their number', [{}, { status: 'running' }], ['running', 'ok', 1, 2, false]],
    [
      'the worst, and how many of all',
      [{}, { status: 'unhealthy' }, {}],
      ['unhealthy', 'critical', 1, 3, true],
    ],
    [
      'a status that is not known is worse than well',
      [{}, { status: 'unknown' }],
      ['unknown', 'unknown', 1, 2, true],
    ],
    [
      'what is known to be bad is worse than what is not known',
      [failing, { status: 'unknown' }],
      ['failing', 'warning', 1, 2, true],
    ],
    ['a first failed probe is shown, and no problem', [watched, {}], ['failing', 'ok', 1, 2, true]],
    [
      'on its way up after a bad end is bad',
      [{ status: 'starting', recovering: true }, {}],
      ['starting', 'critical', 1, 2, true],
    ],
    ['on its way up is said apart', [{ status: 'starting' }, {}], ['starting', 'ok', 1, 2, true]],
  ];
  test.each(CASES)('%s', (_what, replicas, [status, severity, worst, total, isApart]) => {
    const cells = replicas.map((one, at) => toMatrixCell(replica(String(at), 'n1', one)));
    for (const order of [cells, cells.toReversed()]) {
      const joined = order.reduce<ReturnType<typeof toMatrixCell> | undefined>(joinCells, undefined);
      expect(joined).toMatchObject({ status, severity, worst, total });
      expect(joined !== undefined && isCountedApart(joined)).toBe(isApart);
    }
  });
});

describe('rows', () => {
  const two = [
    service('shop_api', [replica('1', 'n1'), replica('2', 'n1'), replica('3', 'n2')]),
    service('shop_web', [replica('1', 'n2', { status: 'failed' })], { verdict: 'down' }),
  ];
  const many = [
    ...Array.from({ length: MAX_OPEN_SERVICES }, (_, at) => service(`calm_${at}`, [replica('1', 'n1')])),
    ...two,
    service('shop_mail', [replica('1', 'n1')]),
  ];
  test('a small swarm shows each service, by name', () => {
    expect(draw(build({ services: two, nodes: nodes(2) }))).toEqual([
      'stack shop: ',
      'service shop_api: n1 2 healthy, n2 1 healthy',
      'service shop_web: n2 1 failed',
    ]);
  });
  test('of a large one only what is not well, in stacks that come first; the rest is counted', () => {
    expect(draw(build({ services: many, nodes: nodes(2) }))).toEqual([
      'stack shop: ',
      'service shop_web: n2 1 failed',
      'rest stack shop: n1 3 healthy, n2 1 healthy',
      'stack calm: n1 40 healthy',
    ]);
  });
  test('a stack that was folded by hand carries what is wrong in it', () => {
    const [first] = draw(
      build({ services: many, nodes: nodes(2), stacks: new Map([['stack shop', false]]) }),
    );
    expect(first).toBe('stack shop: n1 3 healthy, n2 1/2 failed');
  });
  test('all of them where that is asked for', () => {
    expect(build({ services: many, nodes: nodes(2), rows: 'all' }).rows).toHaveLength(many.length + 2);
    expect(build({ services: many, nodes: nodes(2), rows: 'stacks' }).rows).toHaveLength(2);
  });
  test('what recovered keeps its row for a minute: nothing jumps with each probe', () => {
    const model = createMatrixModel();
    const well = many.map((one) =>
      one.name === 'shop_web' ? service('shop_web', [replica('1', 'n2')]) : one,
    );
    const at = (services: ServicePicture[], nowMs: number) =>
      model.updateNow({ ...QUIET, services, nodes: nodes(2) }, nowMs).rows.map(({ id }) => id);
    expect(at(many, 0)).toContain('service shop_web');
    expect(at(well, 60_000)).toContain('service shop_web');
    expect(at(well, 60_001)).not.toContain('service shop_web');
    expect(at(many, 60_002)).toContain('service shop_web');
  });
  test('while the lines are held, what fails is marked in the line of those that are well, and gets its own later', () => {
    const model = createMatrixModel();
    const well = many.map((one) =>
      one.name === 'shop_web' ? service('shop_web', [replica('1', 'n2')]) : one,
    );
    const loud = new Set(model.listLoud({ services: well, nodes: nodes(2) }, 0));
    const held = model.update({ ...QUIET, services: many, nodes: nodes(2), loud });
    expect(held.rows.map(({ id }) => id)).not.toContain('service shop_web');
    expect(held.rows.some(({ kind, bad, stack }) => stack === 'shop' && kind !== 'service' && bad > 0)).toBe(
      true,
    );
    expect(model.listLoud({ services: many, nodes: nodes(2) }, 1)).toContain(
      many.find(({ name }) => name === 'shop_web')?.id,
    );
  });
  test('a change makes the row anew in which it is, and no other', () => {
    const model = createMatrixModel();
    const update = (services: ServicePicture[]) =>
      model.updateNow({ ...QUIET, services, nodes: list }, 1_000);
    const list = nodes(2);
    const before = update(two);
    const [api, web] = two;
    if (api === undefined || web === undefined) throw new Error('There are two.');
    const after = update([api, { ...web, replicas: [replica('1', 'n1', { status: 'failed' })] }]);
    expect(after.columns).toBe(before.columns);
    expect(after.rows[1]).toBe(before.rows[1]);
    expect(after.rows[2]).not.toBe(before.rows[2]);
  });
});

describe('columns', () => {
  const ids = (matrix: ReturnType<typeof build>) => matrix.columns.list.map(({ id }) => id);
  const calm = [service('shop_api', [replica('1', 'n1')])];
  test('each node where there are few, whatever its state, what is lost first, and one for what has no node', () => {
    const list = [
      node('n1'),
      node('n2', { status: 'down' }),
      node('n3', { availability: 'drain' }),
      node('n4', { engine: unread }),
    ];
    const waiting = service('shop_web', [replica('1', null, { status: 'pending' })], { verdict: 'pending' });
    const matrix = build({ services: [...calm, waiting], nodes: list });
    expect(ids(matrix)).toEqual(['n2', 'n1', 'n3', 'n4', 'none']);
    expect(matrix.columns.list.map((column) => 'state' in column && column.state)).toEqual([
      'down',
      'ready',
      'draining',
      'unread',
      false,
    ]);
    expect(matrix.columns.list[3]).toMatchObject({ sinceMs: 4_000 });
    expect(draw(matrix)).toContain('service shop_web: none 1 pending');
  });
  test('many that are well are one, and what has a problem unfolds by itself', () => {
    const list = [...nodes(99), node('n100', { status: 'down' })];
    const bad = service('shop_web', [replica('1', 'n7', { status: 'failed' }), replica('2', 'n8')], {
      verdict: 'degraded',
    });
    const matrix = build({ services: [...calm, bad], nodes: list });
    expect(ids(matrix)).toEqual(['n100', 'n7', 'well ready']);
    expect(draw(matrix)).toContain('service shop_web: n7 1 failed, well ready 1 healthy');
    expect(matrix.columns.list[2]).toMatchObject({ kind: 'group', state: 'ready', isQuiet: true });
  });
  test('those that are well have a column for each value of a label where somebody asks for it', () => {
    const list = nodes(200);
    const zones = Object.fromEntries(
      list.map(({ id }, at) => [
        id,
        at === 199 ? {} : { zone: `zone-${(at % 11) + 1}`, serial: `s${at}`, tier: 'gold' },
      ]),
    );
    // What is the same on all nodes, and what no two share, tells nothing.
    expect(listFoldLabels(zones)).toEqual(['zone']);
    expect(selectFoldLabels(zones).n1).toEqual({ zone: 'zone-1' });
    const bad = service('shop_web', [replica('1', 'n7', { status: 'failed' }), replica('2', 'n8')], {
      verdict: 'degraded',
    });
    const matrix = build({
      services: [...calm, bad],
      nodes: [...list.slice(0, 149), node('n150', { status: 'down' }), ...list.slice(150)],
      values: toLabelValues(zones, 'zone'),
    });
    const by = (text: string) => `well ready ${text}`;
    const values = Array.from({ length: 11 }, (_, at) => by(`zone-${at + 1}`));
    expect(ids(matrix)).toEqual(['n150', 'n7', ...values, 'well ready']);
    expect(draw(matrix)).toContain('service shop_web: n7 1 failed, well ready zone-8 1 healthy');
    const sizes = matrix.columns.list.map((one) => (one.kind === 'group' ? one.nodes.length : 1));
    expect(sizes.reduce((sum, one) => sum + one, 0)).toBe(200);
  });
  test('nodes that nobody reads are no part of those that are well', () => {
    const list = [...nodes(90), ...Array.from({ length: 10 }, (_, at) => node(`u${at}`, { engine: unread }))];
    expect(ids(build({ services: calm, nodes: list, maxUneasy: 4 }))).toEqual([
      'u0',
      'u1',
      'u2',
      'well ready',
      'not well unread',
    ]);
    const all = ids(
      build({ services: calm, nodes: list, maxUneasy: 4, groups: new Set(['not well unread']) }),
    );
    expect(all).toHaveLength(11);
    expect(ids(build({ services: calm, nodes: list, columns: 'all' }))).toHaveLength(100);
    expect(ids(build({ services: calm, nodes: list, pinned: 'n5' }))).toContain('n5');
  });
  test('a service on 300 nodes that fails everywhere is counted, and nothing is left out', () => {
    const list = nodes(300);
    const bad = service(
      'shop_web',
      list.map(({ id }, at) => replica(String(at), id, { status: 'failed' })),
      { verdict: 'down' },
    );
    const matrix = build({ services: [bad], nodes: list });
    expect(matrix.columns.list).toHaveLength(60);
    expect(draw(matrix)[1]).toContain('not well ready 241 failed');
  });
  test('a replica on a node that left the swarm is not lost from sight', () => {
    const matrix = build({
      services: [service('shop_api', [replica('1', 'gone-node', { status: 'lost' })])],
      nodes: nodes(1),
    });
    expect(draw(matrix)).toContain('service shop_api: gone 1 lost');
  });
  test('a node is as it is now, after any number of changes', () => {
    const model = createMatrixModel();
    const list = nodes(100);
    const at = (replicas: Replica[][], nowMs: number) =>
      model
        .updateNow(
          { ...QUIET, nodes: list, services: replicas.map((own, i) => service(`shop_${i}`, own)) },
          nowMs,
        )
        .columns.list.map(({ id }) => id);
    const bad = replica('1', 'n3', { status: 'failed' });
    expect(at([[bad], [bad]], 0)).toEqual(['n3', 'well ready']);
    expect(at([[replica('1', 'n3')], [bad]], 100_000)).toEqual(['n3', 'well ready']);
    expect(at([[replica('1', 'n3')]], 300_000)).toEqual(['well ready']);
  });
});

test.each<[key: string, isWide: boolean, row: number, column: number]>([
  ['ArrowRight', false, 4, 3],
  ['ArrowLeft', false, 4, 1],
  ['ArrowUp', false, 3, 2],
  ['ArrowDown', false, 5, 2],
  ['Home', false, 4, -1],
  ['End', false, 4, 9],
  ['Home', true, -1, -1],
  ['End', true, 19, 9],
  ['PageDown', false, 12, 2],
  ['PageUp', false, 0, 2],
])('%s (with Control: %s) leads from 4:2 to %i:%i', (key, isWide, row, column) => {
  const size = { rows: 20, columns: 10 };
  expect(moveSpot({ row: 4, column: 2 }, { key, isWide, page: 8 }, size)).toEqual({ row, column });
});

test('keys stop at the edges, and what is no key of the grid is left alone', () => {
  const size = { rows: 1, columns: 1 };
  const press = (key: string) => moveSpot({ row: -1, column: -1 }, { key, isWide: false, page: 8 }, size);
  expect([press('ArrowUp'), press('ArrowLeft')]).toEqual(Array(2).fill({ row: -1, column: -1 }));
  expect(press('x')).toBeNull();
  expect(clampSpot({ row: 7, column: 7 }, { rows: 0, columns: 0 })).toEqual({ row: -1, column: -1 });
  expect([parseSpot('3:-1'), parseSpot('x'), parseSpot('')]).toEqual([{ row: 3, column: -1 }, null, null]);
});
