import { formatCount } from '#lib/view/format/numbers.ts';
import type { WallTruth } from '#lib/view/wall/decide-wall-truth.ts';
import type { WallCount } from '#lib/view/wall/describe-wall-counts.ts';
import * as words from '#words/pages/fleet.ts';
import type { FleetView } from './to-fleet-view.ts';

/** The three counts of a wall, of what is known alone; none of no swarm. */
export function describeFleetCounts({ rows, totals }: Pick<FleetView, 'rows' | 'totals'>): WallCount[] {
  if (rows.length === 0) return [];
  const toCount = (name: WallCount['name'], well: number, total: number): WallCount => ({
    name,
    well: formatCount(well),
    total: formatCount(total),
  });
  return [
    toCount('services', totals.services.well, totals.services.total),
    toCount('replicas', totals.replicas.well, totals.replicas.total),
    toCount('nodes', totals.nodes.ready, totals.nodes.total),
  ];
}

/** Without a swarm there is nothing that could be well. */
export function decideFleetTone({
  rows,
  bad,
  unknown,
}: Pick<FleetView, 'rows' | 'bad' | 'unknown'>): 'bad' | 'unknown' | 'well' {
  if (bad > 0) return 'bad';
  return unknown.length > 0 || rows.length === 0 ? 'unknown' : 'well';
}

/** @param asOf the clock when it was so; `null`: it is so now */
export function describeFleetAnswer(
  { rows, bad, unknown }: Pick<FleetView, 'rows' | 'bad' | 'unknown'>,
  asOf: string | null,
): string {
  const said = words.wallAnswer(bad, unknown.length, rows.length);
  return asOf === null || rows.length === 0 ? said : words.answerThen(said, asOf);
}

/**
 * Where not one swarm is heard, all that the wall shows is old, however alive our own server is. That there is none to be shown
 * is no old word of any.
 */
export function decideFleetTruth(
  truth: WallTruth,
  { rows, heard }: Pick<FleetView, 'rows' | 'heard'>,
): WallTruth {
  if (truth.kind !== 'live' || heard > 0 || rows.length === 0) return truth;
  const heardAtMs = rows.flatMap(({ swarm }) => swarm.heardAtMs ?? []);
  return {
    kind: 'stale',
    of: 'swarms',
    reason: words.noSwarmHeard,
    short: words.noSwarmHeard,
    sinceMs: heardAtMs.length === 0 ? null : Math.max(...heardAtMs),
  };
}
