import { describe, expect, test } from 'vitest';
import type { NodePicture, Replica, ServicePicture } from '#lib/model/contract/picture.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { planWall } from '#lib/view/wall/plan-wall.ts';
import { WALL_SIZES } from '#lib/view/wall/wall-sizes.ts';
import { createMatrixModel } from './create-matrix-model.ts';
import { planMatrixWall, type WallMatrixRow } from './plan-matrix-wall.ts';
import { findCommonStart, measureColumns, toWallRows } from './to-wall-matrix.ts';

const SCREENS = [
  ['720p', 1280, 720],
  ['1080p', 1920, 1080],
  ['4K', 3840, 2160],
  ['upright', 1080, 1920],
] as const;

/** A swarm of a size, in stacks of ten; one service of `badEvery` has a failed replica. */
function build(
  services: number,
  nodes: number,
  badEvery: number,
): { services: ServicePicture[]; nodes: NodePicture[] } {
  const toReplica = (at: number, slot: number): Replica => {
    const isBad = at % badEvery === 0 && slot === 1;
    const nodeId = `docker${((at * 7 + slot * 13) % nodes) + 1}`;
    return buildReplica({
      key: String(slot),
      slot,
      nodeId,
      hostname: nodeId,
      status: isBad ? 'failed' : 'healthy',
    });
  };
  return {
    nodes: Array.from({ length: nodes }, (_, at) =>
      buildNodePicture({ id: `docker${at + 1}`, hostname: `docker${at + 1}` }),
    ),
    services: Array.from({ length: services }, (_, at) => {
      const stack = `stack-${Math.floor(at / 10)}`;
      const name = `${stack}_service-with-a-name-${at}`;
      const isBad = at % badEvery === 0;
      return buildServicePicture({
        ...{
          id: name,
          name,
          stack,
          desired: 3,
          healthy: isBad ? 2 : 3,
          verdict: isBad ? 'degraded' : 'healthy',
        },
        replicas: [1, 2, 3].map((slot) => toReplica(at, slot)),
      });
    }),
  };
}

function plan(swarm: ReturnType<typeof build>, widthPx: number, heightPx: number) {
  const screen = { widthPx, heightPx };
  const words = {
    headline: '3 services need attention',
    scope: { names: 'prod-eu', words: [], maxLines: 1 },
    answer: 'All is well',
    counts: [],
    headCounts: true,
  };
  const wall = planWall({ screen, density: 'normal', view: 'matrix', ...words, problems: [], rest: [] });
  const box = wall.matrix;
  if (box === null) throw new Error('The matrix has no room.');
  const matrix = createMatrixModel().updateNow(
    {
      ...swarm,
      ...{ rows: 'auto', columns: 'auto', stacks: new Map(), groups: new Set<string>(), pinned: null },
      ...{ maxNodes: 24, maxUneasy: 20 },
    },
    0,
  );
  const rows = toWallRows(matrix.rows);
  const columnsEm = measureColumns(rows, matrix.columns, 'docker');
  return {
    box,
    rows,
    columns: matrix.columns.list.length,
    unitPx: wall.unitPx,
    planned: planMatrixWall({ box, unitPx: wall.unitPx, rows, columnsEm }),
  };
}

const sumOf = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe.each(SCREENS)('on a screen of %s', (_name, widthPx, heightPx) => {
  test.each([
    [1, 1, 99],
    [1, 1, 1],
    [10, 3, 4],
    [38, 12, 2],
    [60, 12, 2],
    [60, 24, 1],
    [200, 24, 3],
    [200, 1000, 5],
    [200, 1000, 1],
    [1000, 50, 500],
  ])('%i services on %i nodes, one of %i not well', (services, nodes, badEvery) => {
    const { box, rows, columns, unitPx, planned } = plan(build(services, nodes, badEvery), widthPx, heightPx);
    const { namePx, textPx, pages, panels, rowPx, headPx, nameWidth, countWidth, columnWidths } = planned;
    // No text is smaller than the documentation promises, and it fits its line.
    expect(namePx).toBeGreaterThanOrEqual(WALL_SIZES.text.matrixName * unitPx - 0.001);
    expect(textPx).toBeGreaterThanOrEqual(WALL_SIZES.text.matrixText * unitPx - 0.001);
    expect(rowPx).toBeGreaterThan(namePx * 1.3);
    // Nothing is outside, or over another.
    for (const page of pages) {
      expect(page.panels.length).toBeLessThanOrEqual(panels.length);
      page.panels.forEach((lines, at) => {
        const panel = panels[at];
        if (panel === undefined) throw new Error('A list of rows has no panel.');
        expect(panel.y + headPx + lines.length * rowPx).toBeLessThanOrEqual(box.y + box.height);
        expect(panel.x + panel.width).toBeLessThanOrEqual(panels[at + 1]?.x ?? box.x + box.width);
        expect(nameWidth + countWidth + sumOf(columnWidths.slice(page.from, page.until))).toBeLessThanOrEqual(
          panel.width,
        );
      });
    }
    // Each row is shown with each column, once.
    const seen = new Map<string, number>();
    const isSame = (row: WallMatrixRow) => row.id;
    for (const { from, until, panels: lists } of pages)
      for (const row of lists.flat()) seen.set(isSame(row), (seen.get(isSame(row)) ?? 0) + until - from);
    expect([...seen.values()]).toEqual(rows.map(() => columns));
    // The screen is in use: what is on a page is as wide as the room, and rows fill most of its height where there are some.
    const first = pages[0]?.panels[0]?.length ?? 0;
    const share = (headPx + first * rowPx) / (box.height - planned.legendPx);
    expect(share).toBeGreaterThan(rows.length < 6 ? 0.3 : 0.6);
  });
});

test('what all nodes begin with is said once', () => {
  expect(findCommonStart(['docker01', 'docker02', 'docker13'])).toBe('docker');
  expect(findCommonStart(['ip-10-0-1-23', 'ip-10-0-1-7'])).toBe('ip-10-0-1-');
  expect(findCommonStart(['docker', 'docker2'])).toBe('');
  expect(findCommonStart(['alpha', 'beta'])).toBe('');
  expect(findCommonStart(['alone'])).toBe('');
});

test('a replica that fails and gets well again moves nothing: all that may be said has its room', () => {
  const failing = build(10, 5, 99);
  const well = failing.services.map((service) => ({
    ...service,
    ...{ healthy: 3, verdict: 'healthy' as const },
    replicas: service.replicas.map((replica) => ({ ...replica, status: 'healthy' as const })),
  }));
  const { pages: _, ...sizes } = plan(failing, 1440, 900).planned;
  const { pages: __, ...calm } = plan({ ...failing, services: well }, 1440, 900).planned;
  expect(sizes).toEqual(calm);
});
