import { createOneTimer } from '#lib/flow/create-one-timer.ts';
import type { Clock } from '#lib/watch/clock.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { type ContainerTable, putContainer } from './container-table.ts';
import { findNextLook } from './probe-due.ts';
import { isDead, type Tracked } from './tracked.ts';
import { toUnreadPauseMs } from './unread.ts';

/** Looks at a steady pace for what no event tells of. */
export interface Sweep {
  plan(): void;
  stop(): void;
}

export function createSweep(clock: Clock, onDue: () => void): Sweep {
  const timer = createOneTimer(clock, () => {
    onDue();
    plan();
  });

  function plan(): void {
    // All engines at the same moment: each time that a process wakes up costs as much as what it does then.
    timer.in(LIMITS.sweepMs - (clock.nowMs() % LIMITS.sweepMs));
  }

  return { plan, stop: timer.cancel };
}

/**
 * Which containers are to be read now although no event told of anything: a probe that is due, and one that did not
 * answer. Of each probe looked for so, it is counted that it was.
 */
export function takeDue(table: ContainerTable, isSparse: boolean, nowMs: number): string[] {
  const due: string[] = [];
  let hung: { id: string; lookMs: number } | null = null;
  for (const tracked of table.known.values()) {
    const isHung = tracked.failed !== null;
    if (wasProbed(tracked, isSparse, nowMs) || (!isHung && due.length >= LIMITS.sweepReads)) continue;
    const { id } = tracked.container;
    const lookMs = findSweepMs(tracked, isSparse);
    if (lookMs === null || lookMs > nowMs || table.flights.has(id)) continue;
    if (isHung) {
      if (hung === null || lookMs < hung.lookMs) hung = { id, lookMs };
      continue;
    }
    due.push(id);
    if (!isHalted(tracked)) putContainer(table, { ...tracked, looks: tracked.looks + 1 });
  }
  // One that hangs waits in the engine: they are asked in turn, whoever waited longest first.
  if (hung !== null) due.push(hung.id);
  return due;
}

/**
 * Did a probe of it end less than a pause ago, or behind an agent one of the last that it tells of? Then none is due ({@link
 * findSweepMs} says the same for five times the work), and of ten thousand containers that are looked at each two seconds nearly all
 * are so.
 */
function wasProbed({ container, signAtMs, failed }: Tracked, isSparse: boolean, nowMs: number): boolean {
  const { health, healthCheck } = container;
  if (failed !== null || health === null || healthCheck === null || health.status === 'starting')
    return false;
  // What stands still is read at a pace of its own.
  if (container.state !== 'running') return false;
  return nowMs - signAtMs < healthCheck.intervalMs * (isSparse ? LIMITS.agentProbes : 1);
}

/** When a container is to be read although no event tells of anything, our clock; `null`: never. */
export function findSweepMs(tracked: Tracked, isSparse: boolean): number | null {
  const { failed } = tracked;
  if (failed === null)
    return isHalted(tracked) ? tracked.readAtMs + LIMITS.haltedMs : findNextLook(tracked, isSparse);
  // After the first failure the reader tries again by itself, unless it had given up before, or what it then hears does not count.
  return tracked.readAtMs + (failed.count < 2 ? LIMITS.unreadMs : toUnreadPauseMs(failed.count - 2));
}

/** Those of which a probe should have come, and did not since the last one: did they end, and is that what nobody told of? */
export function findAbsent(
  { known, flights }: Sought,
  due: readonly string[],
  isSparse: boolean,
  nowMs: number,
): string[] {
  const isAbsent = (id: string) => {
    const tracked = known.get(id);
    if (tracked === undefined || tracked.failed !== null || isHalted(tracked)) return false;
    return tracked.looks <= 1 || tracked.signAtMs > tracked.readAtMs;
  };
  const isDue = (id: string) => {
    const tracked = known.get(id);
    return tracked !== undefined && (findNextLook(tracked, isSparse) ?? Number.POSITIVE_INFINITY) <= nowMs;
  };
  return [...due.filter(isAbsent), ...[...flights.keys()].filter((id) => isAbsent(id) && isDue(id))];
}

type Sought = Pick<ContainerTable, 'known' | 'flights'>;

/** It neither runs nor is dead: it is made, or paused. */
const isHalted = ({ container: { state } }: Tracked): boolean => state !== 'running' && !isDead(state);

/**
 * Of those that run, as far as is known, the ones that nothing would read before then, our clock, or long after a sign of them,
 * were they to end unseen.
 */
export function findUnprobed(
  { known }: Pick<ContainerTable, 'known'>,
  isSparse: boolean,
  untilMs: number,
): string[] {
  const ids: string[] = [];
  for (const tracked of known.values()) {
    const { container, failed } = tracked;
    if (container.state !== 'running' || failed !== null) continue;
    const lookMs = findNextLook(tracked, isSparse);
    const seenMs = Math.max(tracked.signAtMs, tracked.readAtMs);
    if (lookMs === null || lookMs > Math.min(untilMs, seenMs + LIMITS.probeTellsMs)) ids.push(container.id);
  }
  return ids;
}
