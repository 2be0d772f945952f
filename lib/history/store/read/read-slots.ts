import type { Database, SqlValue } from '#lib/history/store/database.ts';
import type { StatusSpan, TaskSegment } from '#lib/model/contract/history.ts';
import { REPLICA_STATUSES, type ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import { readEnding, readReason } from './read-kept.ts';

/** A segment with its place, and the row of its task. */
export interface SegmentRow extends TaskSegment {
  n: number;
  key: string;
  slot: number | null;
}

export interface SpanRow extends StatusSpan {
  key: string;
}

interface Slice {
  serviceId: string;
  /** `null`: all slots. */
  key: string | null;
  fromMs: number;
  untilMs: number;
  limit: number;
}

/** The tasks of a service or of one of its slots that lived in a window, oldest first; the newest when there are too many. */
export function readSegments(db: Database, slice: Slice): SegmentRow[] {
  const { where, values } = toWhere(slice);
  return db
    .prepare(
      `SELECT n, id, key, slot, node_id, hostname, image, from_ms, until_ms, ending,
        lines IS NOT NULL AND lines <> '[]' AS "hasLines"
      FROM tasks WHERE ${where} AND (until_ms IS NULL OR until_ms >= ?) AND from_ms <= ?
      ORDER BY from_ms DESC, n DESC LIMIT ?`,
    )
    .all(...values, slice.fromMs, slice.untilMs, slice.limit)
    .map((row) => ({
      n: Number(row.n),
      key: String(row.key),
      slot: row.slot === null ? null : Number(row.slot),
      taskId: String(row.id),
      nodeId: toText(row.node_id),
      hostname: toText(row.hostname),
      image: String(row.image),
      fromMs: Number(row.from_ms),
      untilMs: row.until_ms === null ? null : Number(row.until_ms),
      end: readEnding(row.ending),
      hasLastLines: Boolean(row.hasLines),
    }))
    .reverse();
}

/** Their statuses, in the same way. */
export function readSpans(db: Database, slice: Slice): SpanRow[] {
  const { where, values } = toWhere(slice);
  return db
    .prepare(
      `SELECT key, from_ms, until_ms, status, task_id, sentence, reason FROM spans
      WHERE ${where} AND (until_ms IS NULL OR until_ms >= ?) AND from_ms <= ? ORDER BY from_ms DESC, n DESC LIMIT ?`,
    )
    .all(...values, slice.fromMs, slice.untilMs, slice.limit)
    .map((row) => ({
      key: String(row.key),
      fromMs: Number(row.from_ms),
      untilMs: row.until_ms === null ? null : Number(row.until_ms),
      status: toStatus(row.status),
      taskId: toText(row.task_id),
      sentence: readReason(row.sentence, row.reason),
    }))
    .reverse();
}

function toWhere({ serviceId, key }: Slice): { where: string; values: SqlValue[] } {
  if (key === null) return { where: 'service_id = ?', values: [serviceId] };
  return { where: 'service_id = ? AND key = ?', values: [serviceId, key] };
}

function toText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** A release before or after this one may know others. */
function toStatus(value: unknown): ReplicaStatus {
  return REPLICA_STATUSES.find((status) => status === value) ?? 'unknown';
}
