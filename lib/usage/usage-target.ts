import type { Usage, UsagePoint } from '#lib/model/contract/usage.ts';
import type { Container } from '#lib/model/docker/container.ts';
import type { ContainerStats } from '#lib/model/docker/container-stats.ts';
import { NO_USAGE_SIGNS, type UsageSigns } from '#lib/model/docker/usage-signs.ts';
import { findProbeGap } from '#lib/model/status/late.ts';
import {
  addFall,
  dropKilled,
  findFellFromBytes,
  type MemoryFalls,
  NO_FALLS,
} from '#lib/model/status/usage/memory-falls.ts';
import { toUsage, type UsageBounds } from '#lib/model/status/usage/to-usage.ts';
import { findUsageSigns } from '#lib/model/status/usage/usage-signs.ts';
import { growsFast, isNearLimit, type UsageCandidate } from './plan-usage.ts';

/** A running container of a task, and what was read of it. */
export interface UsageTarget extends UsageCandidate {
  containerId: string;
  taskId: string;
  serviceId: string;
  nodeId: string;
  lookUntilMs: number;
  stats: ContainerStats | null;
  usage: Usage | null;
  points: UsagePoint[];
  falls: MemoryFalls;
  /** When a process of it was killed for memory last, if that is known. */
  oomAtMs: number | null;
  signs: UsageSigns;
  recordedAtMs: number;
  isBusy: boolean;
  /** Since when its engine did not answer in time for it, how often, and with what error; `null`: it did, the last time. */
  unanswered: { sinceMs: number; count: number; error: string } | null;
}

const SILENT_COUNT = 2;
/** After the first time, and longer each time: what asks for it may wait in its engine until it answers. */
const SILENT_MS = 2_000;
const SILENT_MAX_MS = 5 * 60_000;

/** Readings that are kept in memory, to see where it goes; nearer to each other than the second number they are not. */
const POINTS_MS = 15 * 60_000;
const POINT_APART_MS = 8_000;
/** Our first readings are spread over this; one that has just been started is read sooner. */
const SPREAD_MS = 60_000;
/** In so many parts: those of a small swarm are read together, those of a large one have to wait for each other anyway. */
const PARTS = 4;
const JUST_STARTED_MS = 30_000;
const SOON_MS = 5_000;
/** One that is killed at its limit again and again is so within minutes, mostly: its end is to have a beginning. */
const YOUNG_MS = 2 * 60_000;

/** One that is to be read for the first time within the next minute, or minutes where there are many; at once if somebody looks at it. */
export function createTarget(
  container: Container,
  of: { taskId: string; serviceId: string; hasLimit: boolean; routineMs: number; nowMs: number },
): UsageTarget {
  const { id, nodeId, startedAtMs } = container;
  const { taskId, serviceId, hasLimit, routineMs, nowMs } = of;
  const isNew = startedAtMs !== null && Math.abs(nowMs - startedAtMs) < JUST_STARTED_MS;
  return {
    containerId: id,
    taskId,
    serviceId,
    nodeId,
    readAtMs: nowMs - routineMs + (isNew ? SOON_MS : toPhaseMs(id)),
    look: null,
    lookUntilMs: 0,
    hasLimit,
    hasProblem: hasProbeProblem(container),
    isNear: false,
    youngUntilMs: isNew ? nowMs + YOUNG_MS : 0,
    stats: null,
    usage: null,
    points: [],
    falls: NO_FALLS,
    oomAtMs: container.oomAtMs,
    signs: NO_USAGE_SIGNS,
    recordedAtMs: 0,
    isBusy: false,
    retryAtMs: null,
    unanswered: null,
  };
}

/** Do its probes fail, or not come back? */
export function hasProbeProblem(container: Container): boolean {
  return (container.health?.failingStreak ?? 0) > 0 || findProbeGap(container) !== null;
}

/** Its engine did not answer in time, and may be well: one that does not answer twice in a row is silent. */
export function takeSilence(target: UsageTarget, error: string, nowMs: number): void {
  const { sinceMs, count } = target.unanswered ?? { sinceMs: target.readAtMs, count: 0 };
  target.unanswered = { sinceMs, count: count + 1, error };
  target.retryAtMs = nowMs + Math.min(SILENT_MAX_MS, SILENT_MS * 4 ** Math.min(8, count));
  if (count + 1 >= SILENT_COUNT) target.signs = { ...target.signs, silent: { sinceMs } };
}

/** Takes a reading in; `null`: it does not run any more. */
export function takeReading(target: UsageTarget, stats: ContainerStats | null, bounds: UsageBounds): void {
  const { usage: before, stats: last } = target;
  target.unanswered = null;
  target.retryAtMs = null;
  if (target.signs.silent !== null) target.signs = findSigns(target);
  target.stats = stats;
  target.usage = stats && toUsage(last, stats, bounds);
  const { usage } = target;
  if (stats === null || usage === null) return;
  target.hasLimit ||= usage.memoryMaxBytes !== null || usage.pidsMax !== null || stats.throttling !== null;
  target.isNear = isNearLimit(usage) || growsFast(before, usage);
  keepPoint(target.points, toPoint(usage));
  target.falls = dropKilled(addFall(target.falls, usage), target.oomAtMs);
  target.signs = findSigns(target);
}

/** Its engine told of a kill, before or after the reading that shows less memory. */
export function takeKill(target: UsageTarget, oomAtMs: number | null): void {
  target.oomAtMs = oomAtMs;
  target.falls = dropKilled(target.falls, oomAtMs);
}

const findSigns = ({ points, signs, falls }: UsageTarget): UsageSigns =>
  findUsageSigns(points, signs, findFellFromBytes(falls));

export function toPoint(usage: Usage): UsagePoint {
  const { network: _, disk: __, ...point } = usage;
  return point;
}

function keepPoint(points: UsagePoint[], point: UsagePoint): void {
  const last = points.at(-1);
  const beforeLast = points.at(-2);
  // The newest is always the last one; those behind it are not nearer to each other than is worth while.
  if (last && beforeLast && last.atMs - beforeLast.atMs < POINT_APART_MS) points.pop();
  points.push(point);
  while (points[0] && point.atMs - points[0].atMs > POINTS_MS) points.shift();
}

/** The same after each start. */
function toPhaseMs(id: string): number {
  return ((Number.parseInt(id.slice(0, 6), 36) || 0) % PARTS) * (SPREAD_MS / PARTS);
}
