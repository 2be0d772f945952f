import type { ContainerSummary, EngineClient } from '#lib/engine/port.ts';
import type { Permit, Semaphore } from '#lib/flow/create-semaphore.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { isAsListed } from './as-listed.ts';
import type { ContainerTable } from './container-table.ts';
import { mergeRead } from './merge-read.ts';
import { type ReadAll, readAll } from './read-all.ts';
import { isDead, type Tracked, track } from './tracked.ts';
import { toUnread, toUnreadContainer } from './unread.ts';

export interface SyncOptions {
  client: EngineClient;
  /** How many engines are read in full at a time. */
  syncs: Semaphore;
  nowMs(): number;
  /** Our clock, when the engine was last heard while its events were followed; 0: never. */
  heardAtMs: number;
  /** Is this sync still wanted? When not, its answers are worth nothing. */
  isCurrent(): boolean;
  /** Whoever ends the sync early releases it. */
  onPermit(permit: Permit): void;
  /** This container's inspect leaves now. */
  onSend(id: string): void;
  onActivity(): void;
}

/** What is still to be read of an engine's containers after they were emitted. */
export interface Synced {
  /** Dead ones, of which nothing is known yet. */
  dead: string[];
  /** The list alone told of these that they are as they were: their probes since then are to be read in their turn. */
  listed: string[];
}

/**
 * Lists an engine's containers and reads those that live, then emits them all. After a gap those need not be read again of which the
 * list tells that they are as they were. Rejects when the engine fails.
 *
 * @returns `null` when the sync is no longer wanted
 */
export async function syncContainers(table: ContainerTable, options: SyncOptions): Promise<Synced | null> {
  const { client, isCurrent, onActivity } = options;
  const summaries = await client.listContainers();
  if (!isCurrent()) return null;
  onActivity();
  const listedAtMs = options.nowMs();
  const running = summaries.filter(({ state }) => !isDead(state));
  const isAsBefore = (summary: ContainerSummary) => {
    const before = table.known.get(summary.id);
    return before !== undefined && isAsListed(before, summary, options.heardAtMs, listedAtMs);
  };
  const { asBefore = [], alive = [] } = Object.groupBy(running, (one) =>
    isAsBefore(one) ? 'asBefore' : 'alive',
  );
  const permit = options.syncs.acquire();
  options.onPermit(permit);
  await permit.ready;
  if (!isCurrent()) return null;
  const aliveIds = alive.map(({ id }) => id);
  const read = await readAll(client, aliveIds, options.onSend, onActivity);
  if (!isCurrent()) return null;
  permit.release();
  const dead = summaries.filter(({ state }) => isDead(state));
  const { known, unreadDead } = joinSync(table, alive, read, dead, options.nowMs());
  for (const { id } of asBefore) keepListed(known, table.known.get(id), listedAtMs);
  table.known = known;
  table.ignored.clear();
  const containers = [...known.values()].map(({ container }) => container);
  table.emit({ kind: 'containers', nodeId: table.nodeId, containers });
  return { dead: unreadDead, listed: asBefore.map(({ id }) => id) };
}

/** Of one that is probed as many probes as there may have been since are in its log alone. */
function keepListed(known: Map<string, Tracked>, before: Tracked | undefined, listedAtMs: number): void {
  if (before === undefined) return;
  const { container, execs } = before;
  const least = container.health === null ? 0 : 1;
  known.set(container.id, {
    ...before,
    container: { ...container, readAtMs: listedAtMs },
    execs: Math.max(execs, least),
  });
}

/** What is known of an engine's containers after its list and the inspects of those that live. */
export function joinSync(
  { known, nodeId }: Pick<ContainerTable, 'known' | 'nodeId'>,
  alive: readonly ContainerSummary[],
  read: ReadAll,
  dead: readonly ContainerSummary[],
  nowMs: number,
): { known: Map<string, Tracked>; unreadDead: string[] } {
  const next = new Map<string, Tracked>();
  for (const container of read.containers) {
    if (container.taskId === null) continue;
    const before = known.get(container.id)?.container ?? null;
    next.set(container.id, track(mergeRead(before, { ...container, nodeId }, []), nowMs));
  }
  for (const summary of alive) {
    const error = read.unread.get(summary.id);
    if (error === undefined) continue;
    const before = known.get(summary.id);
    const sinceMs = before?.failed?.sinceMs ?? nowMs - LIMITS.syncInspectMs;
    const unread = toUnread(sinceMs, error);
    const container = toUnreadContainer(before?.container ?? null, summary, nodeId, unread, nowMs);
    next.set(summary.id, { ...track(container, nowMs), failed: { sinceMs, count: 2 } });
  }
  const unreadDead: string[] = [];
  for (const { id } of dead) {
    const before = known.get(id);
    // What is dead stays as it was: its last probes were read when it died.
    if (before && isDead(before.container.state)) next.set(id, before);
    else unreadDead.push(id);
  }
  return { known: next, unreadDead };
}
