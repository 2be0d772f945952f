import type { LogBlock, LogEntry } from './log-entry.ts';

const BLOCK_ENTRIES = 100;

/**
 * Adds entries where their time belongs, and drops the oldest beyond `maxEntries`. Blocks that do not change stay the
 * same objects: they need not be drawn anew. Entries of one time stay in the order in which they came.
 */
export function addLogEntries(
  blocks: readonly LogBlock[],
  added: readonly LogEntry[],
  maxEntries: number,
): readonly LogBlock[] {
  if (added.length === 0) return blocks;
  const sorted = added.toSorted((a, b) => a.atMs - b.atMs || a.id - b.id);
  const firstMs = sorted[0]?.atMs ?? 0;
  let keep = blocks.length;
  while (keep > 0 && (blocks[keep - 1]?.entries.at(-1)?.atMs ?? 0) > firstMs) keep -= 1;
  // The last block that stays is filled up before another one begins.
  const last = blocks[keep - 1];
  if (last && last.entries.length < BLOCK_ENTRIES) keep -= 1;
  const open = blocks.slice(keep).flatMap(({ entries }) => entries);
  const merged = open.length === 0 ? sorted : mergeByTime(open, sorted);
  const next = blocks.slice(0, keep);
  for (let at = 0; at < merged.length; at += BLOCK_ENTRIES) {
    const entries = merged.slice(at, at + BLOCK_ENTRIES);
    next.push({ id: entries[0]?.id ?? 0, entries });
  }
  let count = next.reduce((sum, { entries }) => sum + entries.length, 0);
  let drop = 0;
  for (; drop < next.length; drop += 1) {
    const size = next[drop]?.entries.length ?? 0;
    if (count - size < maxEntries) break;
    count -= size;
  }
  return drop === 0 ? next : next.slice(drop);
}

function mergeByTime(older: readonly LogEntry[], newer: readonly LogEntry[]): LogEntry[] {
  const merged: LogEntry[] = [];
  let at = 0;
  for (const entry of newer) {
    for (let next = older[at]; next && next.atMs <= entry.atMs; next = older[at]) {
      merged.push(next);
      at += 1;
    }
    merged.push(entry);
  }
  return merged.concat(older.slice(at));
}
