import type { ContainerSummary, EngineClient } from '#lib/engine/port.ts';
import type { Permit, Semaphore } from '#lib/flow/create-semaphore.ts';
import { LIMITS } from '#lib/watch/limits.ts';
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
  /** Is this sync still wanted? When not, its answers are worth nothing. */
  isCurrent(): boolean;
  /** Whoever ends the sync early releases it. */
  onPermit(permit: Permit): void;
  /** This container's inspect leaves now. */
  onSend(id: string): void;
  onActivity(): void;
}

/**
 * Lists an engine's containers and reads those that live, then emits them all. Rejects when the engine fails.
 *
 * @returns the dead ones that are still to be read; `null` when the sync is no longer wanted
 */
export async function syncContainers(table: ContainerTable, options: SyncOptions): Promise<string[] | null> {
  const { client, isCurrent, onActivity } = options;
  const summaries = await client.listContainers();
  if (!isCurrent()) return null;
  onActivity();
  const alive = summaries.filter(({ state }) => !isDead(state));
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
  table.known = known;
  table.ignored.clear();
  const containers = [...known.values()].map(({ container }) => container);
  table.emit({ kind: 'containers', nodeId: table.nodeId, containers });
  return unreadDead;
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
