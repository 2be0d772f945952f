import { type ContainerSummary, EngineError, type EngineEvent } from '#lib/engine/port.ts';
import type { Container } from '#lib/model/docker/container.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import {
  type ContainerTable,
  hintOfEnd,
  ignoreContainer,
  putContainer,
  removeUnseen,
} from './container-table.ts';
import { mergeRead } from './merge-read.ts';
import { isOfOne } from './read-all.ts';
import { climb, isDead, type Tracked, track } from './tracked.ts';
import { toUnread, toUnreadContainer } from './unread.ts';

/** What follows from an inspect's answer. */
export type ReadOutcome =
  | { kind: 'none' }
  /** It is not there any more, or none of Swarm's. */
  | { kind: 'gone' }
  /** The probe that was looked for is not in the log yet: read it again then, our clock. */
  | { kind: 'look'; atMs: number };

/** Takes an inspect's answer in: `null` is a container that is not there any more. */
export function takeRead(
  table: ContainerTable,
  id: string,
  read: Container | null,
  nowMs: number,
): ReadOutcome {
  const meanwhile = table.flights.get(id) ?? [];
  table.flights.delete(id);
  if (read === null) {
    removeUnseen(table, id);
    return { kind: 'gone' };
  }
  if (read.taskId === null) {
    table.confirmed.delete(id);
    ignoreContainer(table, id);
    return { kind: 'gone' };
  }
  const before = table.known.get(id) ?? null;
  const { tracked, lookMs } = foldRead(before, { ...read, nodeId: table.nodeId }, meanwhile, nowMs);
  const { container } = tracked;
  table.confirmed.delete(id);
  putContainer(table, tracked);
  if (before === null && !isDead(container.state))
    table.onHint({ serviceId: container.serviceId, taskId: container.taskId });
  if (before !== null) hintOfEnd(table, before.container, container);
  table.emit({ kind: 'container', container });
  return lookMs === null ? { kind: 'none' } : { kind: 'look', atMs: lookMs };
}

/** What is known of a container after its inspect. @param meanwhile what happened to it since that was sent */
export function foldRead(
  before: Tracked | null,
  read: Container,
  meanwhile: readonly EngineEvent[],
  nowMs: number,
): { tracked: Tracked; lookMs: number | null } {
  const container = mergeRead(before?.container ?? null, read, meanwhile);
  const known = before ?? track(container, nowMs);
  const isNewProbe = newestProbeMs(container) !== newestProbeMs(known.container);
  return climb({
    ...known,
    container,
    readAtMs: nowMs,
    execs: meanwhile.filter((event) => event.kind === 'exec-die').length,
    looks: isNewProbe ? 0 : known.looks,
    failed: null,
    isDenied: false,
  });
}

/** Its engine says that it does not run. An inspect that then has no answer is no chance. */
export function denyRunning(table: ContainerTable, id: string): void {
  const tracked = table.known.get(id);
  if (tracked !== undefined) putContainer(table, { ...tracked, isDenied: true });
}

/** It was said not to run, and nothing that was read of it since says more: what is known of it is old. */
export function giveUpDenied(table: ContainerTable, id: string, error: EngineError, nowMs: number): void {
  const tracked = table.known.get(id);
  if (!tracked?.isDenied || tracked.container.unread !== null || isDead(tracked.container.state)) return;
  const sinceMs = tracked.failed?.sinceMs ?? nowMs - LIMITS.deniedMs;
  const container = { ...tracked.container, unread: toUnread(sinceMs, error) };
  putContainer(table, { ...tracked, container, failed: tracked.failed ?? { sinceMs, count: 1 } });
  table.emit({ kind: 'container', container });
}

/** Takes in that the engine did not tell of a container, be it that what stands before it answers that one question. */
export function takeUnread(table: ContainerTable, id: string, error: unknown, nowMs: number): void {
  table.flights.delete(id);
  // An answer is one about this container, whatever it says: an engine that is not there answers no ping either.
  const isAnswered = error instanceof EngineError && error.statusCode !== null;
  if (!isAnswered && !isOfOne(error)) return;
  const before = table.known.get(id) ?? null;
  const tracked = foldUnread(before, table.confirmed.get(id) ?? null, error, table.nodeId, nowMs);
  if (tracked === null) return;
  if (before === null) table.confirmed.delete(id);
  putContainer(table, tracked);
  if (tracked.container !== before?.container)
    table.emit({ kind: 'container', container: tracked.container });
}

/**
 * What is known of a container whose inspect failed; `null` where that changes nothing. The first time may be chance; the
 * second time, or where its engine said that it does not run, what is known of it is old. One that was never read is as the list says.
 */
export function foldUnread(
  before: Tracked | null,
  summary: ContainerSummary | null,
  error: EngineError,
  nodeId: string,
  nowMs: number,
): Tracked | null {
  const sentMs = nowMs - (error.kind === 'timeout' ? LIMITS.inspectMs : 0);
  if (before === null) {
    if (summary === null) return null;
    const container = toUnreadContainer(null, summary, nodeId, toUnread(sentMs, error), nowMs);
    return { ...track(container, nowMs), failed: { sinceMs: sentMs, count: 1 } };
  }
  if (isDead(before.container.state)) return null;
  const failed = { sinceMs: before.failed?.sinceMs ?? sentMs, count: (before.failed?.count ?? 0) + 1 };
  const isChance = failed.count < 2 && !before.isDenied;
  const isReported = isChance || before.container.unread !== null;
  const container = isReported
    ? before.container
    : { ...before.container, unread: toUnread(failed.sinceMs, error) };
  return { ...before, container, readAtMs: nowMs, failed };
}

function newestProbeMs({ health }: Container): number | null {
  return health?.probes.at(-1)?.startedAtMs ?? null;
}
