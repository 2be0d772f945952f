import type { ContainerSummary, EngineEvent } from '#lib/engine/port.ts';
import type { Container } from '#lib/model/docker/container.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { Hint } from '#lib/watch/hint.ts';
import { isDead, type Tracked } from './tracked.ts';

/** What is known of one engine's containers, and whom a change of it is emitted to. The tracker's phases work on it. */
export interface ContainerTable {
  readonly nodeId: string;
  /** By container id. A sync replaces the map; what is in it is replaced, never changed. */
  known: Map<string, Tracked>;
  /** Labelled like a task's, but Swarm did not make them. */
  readonly ignored: Set<string>;
  /** What happened to a container since its inspect was sent, while that is under way. */
  readonly flights: Map<string, EngineEvent[]>;
  /** What the list says of containers that Swarm made and that were never read. */
  readonly confirmed: Map<string, ContainerSummary>;
  emit(observation: Observation): void;
  onHint(hint: Hint): void;
}

const IGNORED_MAX = 10_000;

export function createContainerTable(
  nodeId: string,
  emit: (observation: Observation) => void,
  onHint: (hint: Hint) => void,
): ContainerTable {
  return {
    nodeId,
    known: new Map(),
    ignored: new Set(),
    flights: new Map(),
    confirmed: new Map(),
    emit,
    onHint,
  };
}

export function putContainer(table: ContainerTable, tracked: Tracked): void {
  table.known.set(tracked.container.id, tracked);
}

export function removeContainer(table: ContainerTable, id: string): void {
  table.flights.delete(id);
  table.confirmed.delete(id);
  if (table.known.delete(id)) table.emit({ kind: 'container-gone', nodeId: table.nodeId, containerId: id });
}

/** It is not there any more, and no event told of it. */
export function removeUnseen(table: ContainerTable, id: string): void {
  const container = table.known.get(id)?.container;
  if (container !== undefined) hintOfEnd(table, container, null);
  removeContainer(table, id);
}

/** It ended, and no event told of it: what Swarm does then, which no event may tell either, is to be asked for. */
export function hintOfEnd(
  table: Pick<ContainerTable, 'onHint'>,
  before: Container,
  now: Pick<Container, 'state'> | null,
): void {
  if (isDead(before.state) || (now !== null && !isDead(now.state))) return;
  table.onHint({ serviceId: before.serviceId, taskId: before.taskId });
}

export function ignoreContainer({ ignored }: ContainerTable, id: string): void {
  if (ignored.size < IGNORED_MAX) ignored.add(id);
}

/** A list was asked whether Swarm made this container. @returns whether it is to be read */
export function confirmContainer(
  table: ContainerTable,
  id: string,
  summary: ContainerSummary | null,
): boolean {
  if (summary !== null) table.confirmed.set(id, summary);
  else ignoreContainer(table, id);
  return summary !== null;
}

/** Forgets what is under way; what is known stays. A probe that was looked for is one that was not read, as if no event had told of it. */
export function pauseTable(table: ContainerTable): void {
  table.flights.clear();
  table.confirmed.clear();
  for (const [id, tracked] of table.known)
    if (tracked.want !== null) table.known.set(id, { ...tracked, want: null, signAtMs: 0 });
}
