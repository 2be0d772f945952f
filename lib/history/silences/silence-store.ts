import type { SqlRow, SqlValue } from '#lib/history/store/database.ts';
import { FINDING_CAUSES } from '#lib/model/contract/finding-causes.ts';
import { type Silence, type SilenceTarget, toSilenceEnd } from '#lib/model/contract/silence.ts';
import { VERDICTS } from '#lib/model/contract/verdict.ts';

/** Where silences are kept: beside the history, in whichever database has that. */
export interface SilenceStore {
  /** Those that are not over, and those that were over last. @throws StoreAway */
  list(nowMs: number): Promise<Silence[]>;
  /** One that is kept already stays as it is. @returns whether there was room for one more @throws StoreAway */
  put(silence: Silence, nowMs: number): Promise<boolean>;
  /** Where it was not over before. @returns whether it was so @throws StoreAway */
  end(silence: Silence, nowMs: number): Promise<boolean>;
  /** Another value whenever what `list` gives may be something else; `null`: nobody but us changes it. @throws StoreAway */
  stamp(): Promise<string | null>;
}

/** It cannot be read or written now. The message says why, as a sentence goes on after a colon. */
export class StoreAway extends Error {}

/** So many can be open at a time; whoever needs more means a stack. */
export const MAX_OPEN_SILENCES = 200;
/** Of those that are over, so many are listed, and for so long. */
export const MAX_OVER = 300;
export const SILENCE_KEPT_MS = 30 * 86_400_000;

/** In the SQL that both databases speak (`store/database.ts`). */
export const SILENCE_SQL = {
  list: `SELECT id, body FROM silences WHERE over_ms > ? ORDER BY over_ms DESC LIMIT ${MAX_OPEN_SILENCES + MAX_OVER}`,
  put: `INSERT INTO silences(id, over_ms, body) SELECT CAST(? AS TEXT), CAST(? AS BIGINT), CAST(? AS TEXT)
    WHERE (SELECT count(*) FROM silences WHERE over_ms > CAST(? AS BIGINT)) < ${MAX_OPEN_SILENCES}
    ON CONFLICT(id) DO NOTHING RETURNING id`,
  has: 'SELECT id FROM silences WHERE id = ?',
  end: 'UPDATE silences SET over_ms = ?, body = ? WHERE id = ? AND over_ms > ? RETURNING id',
  prune: `DELETE FROM silences WHERE over_ms < ? OR id IN (
    SELECT id FROM silences WHERE over_ms <= ? ORDER BY over_ms DESC LIMIT 100000 OFFSET ${MAX_OVER}) RETURNING id`,
  stamp: 'SELECT count(*) AS count, coalesce(sum(over_ms), 0) AS sum FROM silences',
} as const;

export const toListValues = (nowMs: number): SqlValue[] => [nowMs - SILENCE_KEPT_MS];
export const toPruneValues = (nowMs: number): SqlValue[] => [nowMs - SILENCE_KEPT_MS, nowMs];
export const toPutValues = (silence: Silence, nowMs: number): SqlValue[] => [
  silence.id,
  toSilenceEnd(silence),
  toBody(silence),
  nowMs,
];
export const toEndValues = (silence: Silence, nowMs: number): SqlValue[] => [
  toSilenceEnd(silence),
  toBody(silence),
  silence.id,
  nowMs,
];

const toBody = ({ id: _, ...body }: Silence): string => JSON.stringify(body);

/** Rows that are not as we write them are left out: a database that was restored or edited must not end the rest. */
export function fromRows(rows: readonly SqlRow[]): Silence[] {
  return rows.map(fromRow).filter((one) => one !== null);
}

function fromRow({ id, body }: SqlRow): Silence | null {
  try {
    const one = JSON.parse(String(body)) as Silence;
    const isWhole =
      isTarget(one.target) &&
      [one.fromMs, one.untilMs, one.createdAtMs].every(Number.isFinite) &&
      typeof one.comment === 'string' &&
      (one.ended === null || Number.isFinite(one.ended?.atMs)) &&
      // A newer version may know more of them; what it silenced is not known here, so that it is told of.
      (one.cause === null || FINDING_CAUSES.includes(one.cause)) &&
      (one.worst === null || VERDICTS.includes(one.worst));
    return isWhole ? { ...one, id: String(id) } : null;
  } catch {
    return null;
  }
}

function isTarget(target: SilenceTarget): boolean {
  switch (target.kind) {
    case 'service':
    case 'stack':
      return typeof target.name === 'string';
    case 'node':
      return typeof target.nodeId === 'string' && typeof target.hostname === 'string';
    case 'swarm':
      return true;
    default:
      return false;
  }
}
