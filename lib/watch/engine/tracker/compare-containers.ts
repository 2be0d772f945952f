import type { ContainerSummary, EngineClient } from '#lib/engine/port.ts';
import type { ContainerTable } from './container-table.ts';
import { differsFromSummary, type Tracked } from './tracked.ts';

export interface CompareOptions {
  client: EngineClient;
  nowMs(): number;
  /** Is this comparison still wanted? When not, its answers are worth nothing. */
  isCurrent(): boolean;
  onGone(id: string): void;
  read(id: string): Promise<void>;
  onActivity(): void;
}

/** Lists an engine's containers, and reads those of which the list tells something else, one after another. */
export async function compareContainers(table: ContainerTable, options: CompareOptions): Promise<void> {
  const { client, isCurrent } = options;
  const sentMs = options.nowMs();
  const summaries = await client.listContainers();
  if (!isCurrent()) return;
  options.onActivity();
  for (const id of findUnlisted(table.known, summaries, sentMs)) options.onGone(id);
  for (const summary of summaries) {
    table.ignored.delete(summary.id);
    const tracked = table.known.get(summary.id);
    if (tracked === undefined) table.confirmed.set(summary.id, summary);
    else if (!isReadAgain(tracked, summary, options.nowMs())) continue;
    await options.read(summary.id);
    if (!isCurrent()) return;
  }
}

/** Those that a list no longer has. One that came while it was under way need not be in it. */
export function findUnlisted(
  known: ReadonlyMap<string, Tracked>,
  summaries: readonly ContainerSummary[],
  sentMs: number,
): string[] {
  const listed = new Set(summaries.map(({ id }) => id));
  return [...known].flatMap(([id, { addedAtMs }]) => (!listed.has(id) && addedAtMs < sentMs ? [id] : []));
}

/** Does the list tell of something that was not read? One that does not answer would keep the others from being compared. */
export function isReadAgain(tracked: Tracked, summary: ContainerSummary, nowMs: number): boolean {
  return tracked.failed === null && differsFromSummary(tracked.container, summary, nowMs);
}
