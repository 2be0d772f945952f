import type { ReplicaHistory, ServiceHistory } from '#lib/model/contract/history.ts';
import { FRAME_PRESETS, type TimeFrame } from './time-frame.ts';

/** Reading and drawing take a moment: what is known since a little before a length still fits into it. */
const SPARE_MS = 10_000;

/**
 * What a chart opens on: the shortest of the lengths one can choose that covers all that is known, and no longer than
 * usual. So a server that began to look ten minutes ago shows these, not a day of nothing.
 *
 * @param knownFromMs since when something is known; `null`: nothing is
 * @param usualMs what the chart shows where more than that is known
 */
export function decideFirstFrame(knownFromMs: number | null, usualMs: number, nowMs: number): TimeFrame {
  const knownMs = knownFromMs === null ? 0 : nowMs - knownFromMs - SPARE_MS;
  const fitting = FRAME_PRESETS.find(({ lengthMs }) => lengthMs >= knownMs);
  return { kind: 'newest', lengthMs: Math.min(usualMs, fitting?.lengthMs ?? usualMs) };
}

/** Since when something is known of a replica; `null`: nothing is. */
export function findReplicaKnown({ spans, probes, tasks }: ReplicaHistory): number | null {
  const firstProbe = probes.kind === 'exact' ? probes.probes[0]?.startedAtMs : probes.buckets[0]?.fromMs;
  return findFirst([spans[0]?.fromMs, firstProbe, ...tasks.map(({ end }) => end?.atMs)]);
}

/** Since when something is known of a service, of its slots or of what its ports answered; `null`: nothing is. */
export function findServiceKnown({ slots, ports }: ServiceHistory): number | null {
  return findFirst([
    ...slots.flatMap(({ spans, segments }) => [spans[0]?.fromMs, ...segments.map(({ end }) => end?.atMs)]),
    ...ports.map(({ spans }) => spans[0]?.fromMs),
  ]);
}

function findFirst(moments: readonly (number | undefined)[]): number | null {
  const known = moments.filter((atMs) => atMs !== undefined);
  return known.length === 0 ? null : known.reduce((first, atMs) => Math.min(first, atMs));
}
