import { formatCount } from '#lib/view/format/numbers.ts';
import type { Summary } from '#lib/view/overview/summary.ts';

/** A count on the wall: what is well, of how many. */
export interface WallCount {
  name: 'services' | 'replicas' | 'nodes';
  well: string;
  total: string;
}

/** The three counts of a wall: `36 of 38 services`, `247 of 251 replicas`, `7 of 8 nodes`. */
export function describeWallCounts({ services, replicas, nodes }: Summary): WallCount[] {
  const toCount = (name: WallCount['name'], well: number, total: number): WallCount => ({
    name,
    well: formatCount(well),
    total: formatCount(total),
  });
  return [
    toCount('services', services.total - services.problems - services.unknown, services.total),
    toCount('replicas', replicas.healthy, replicas.desired),
    toCount('nodes', nodes.ready, nodes.total),
  ];
}
