import type { MomentPiece, Questions, SlotPlace } from '#lib/history/question.ts';
import { parseJson } from '#lib/history/store/codec/parse-json.ts';
import type { Database, SqlRow } from '#lib/history/store/database.ts';
import type { MomentReplica } from '#lib/model/contract/moment.ts';
import type { ServiceHead } from '#lib/model/contract/picture.ts';
import { REPLICA_STATUSES } from '#lib/model/contract/replica-status.ts';
import { readReason } from './read-kept.ts';

/** Of one answer, so that nobody waits long for it: some ten milliseconds. The rest is asked for again. */
const SLOTS_OF_PIECE = 60;

type MomentAsk = Questions['moment']['ask'];

/**
 * What the replicas were at a moment: of each slot that was ever kept the one status that lasted then, found in its index
 * without looking at what came before or after.
 */
export function createMomentReader(db: Database): (ask: MomentAsk) => MomentPiece {
  const nextKey = db.prepare(
    'SELECT key FROM spans INDEXED BY spans_by_slot WHERE service_id = ? AND key > ? ORDER BY key LIMIT 1',
  );
  const nextService = db.prepare(
    'SELECT service_id FROM spans INDEXED BY spans_by_slot WHERE service_id > ? ORDER BY service_id LIMIT 1',
  );
  const columns = 'from_ms, status, task_id, sentence, reason';
  const findEnded = db.prepare(
    `SELECT ${columns} FROM spans INDEXED BY spans_by_slot
    WHERE service_id = ? AND key = ? AND until_ms > ? ORDER BY until_ms LIMIT 1`,
  );
  const findLasting = db.prepare(
    `SELECT ${columns} FROM spans INDEXED BY spans_by_slot WHERE service_id = ? AND key = ? AND until_ms IS NULL LIMIT 1`,
  );
  const findService = db.prepare('SELECT name, head FROM services WHERE id = ?');
  const findTask = db.prepare('SELECT slot, node_id, hostname, image FROM tasks WHERE id = ?');

  let last: { id: string; name: string; stack: string | null } | null = null;

  /** Slots come by service. */
  function readService(id: string) {
    if (last?.id === id) return last;
    const row = findService.get(id);
    last = { id, name: String(row?.name ?? id), stack: parseJson<ServiceHead>(row?.head)?.stack ?? null };
    return last;
  }

  function findNext({ serviceId, key }: SlotPlace, isOnlyService: boolean): SlotPlace | null {
    const within = nextKey.get(serviceId, key);
    if (within !== undefined) return { serviceId, key: String(within.key) };
    const other = isOnlyService ? undefined : nextService.get(serviceId);
    if (other === undefined) return null;
    return findNext({ serviceId: String(other.service_id), key: '' }, true);
  }

  function readSlots(places: readonly SlotPlace[], atMs: number): MomentReplica[] {
    const has = (row: SqlRow | undefined): row is SqlRow => row !== undefined && Number(row.from_ms) <= atMs;
    // What lasts was written last: one that ended, but not yet by this clock, was kept while the clock was ahead.
    const lasting = db.getEach(
      findLasting,
      places.map(({ serviceId, key }) => [serviceId, key]),
    );
    const others = places.filter((_, index) => !has(lasting[index]));
    const ended = db.getEach(
      findEnded,
      others.map(({ serviceId, key }) => [serviceId, key, atMs]),
    );
    const rows = places.map((place, index) =>
      has(lasting[index]) ? lasting[index] : ended[others.indexOf(place)],
    );
    const tasks = db.getEach(
      findTask,
      rows.map((row) => [row?.task_id ?? null]),
    );
    return places.flatMap((place, index) => {
      const row = rows[index];
      return has(row) ? [toReplica(place, row, tasks[index])] : [];
    });
  }

  function toReplica({ serviceId, key }: SlotPlace, row: SqlRow, task: SqlRow | undefined): MomentReplica {
    const service = readService(serviceId);
    const taskId = row.task_id === null ? null : String(row.task_id);
    return {
      serviceId,
      serviceName: service.name,
      stack: service.stack,
      key,
      slot: task?.slot == null ? toSlot(key) : Number(task.slot),
      // A release before or after this one may know others.
      status: REPLICA_STATUSES.find((status) => status === row.status) ?? 'unknown',
      sinceMs: Number(row.from_ms),
      sentence: readReason(row.sentence, row.reason),
      taskId,
      nodeId: toText(task?.node_id),
      hostname: toText(task?.hostname),
      image: toText(task?.image),
    };
  }

  return ({ atMs, serviceId, after }) => {
    const places: SlotPlace[] = [];
    last = null;
    let place = findNext(after ?? { serviceId: serviceId ?? '', key: '' }, serviceId !== null);
    while (place !== null) {
      places.push(place);
      if (places.length === SLOTS_OF_PIECE) break;
      place = findNext(place, serviceId !== null);
    }
    return { replicas: readSlots(places, atMs), rest: place };
  };
}

/** Of a global service the key is a node. */
function toSlot(key: string): number | null {
  return /^\d{1,8}$/.test(key) ? Number(key) : null;
}

function toText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
