import type { Availability } from '#lib/model/contract/availability.ts';
import {
  addToHour,
  createWeekTally,
  decodeTally,
  encodeTally,
  splitIntoHours,
  toWeek,
  type WeekTally,
} from './codec/encode-tally.ts';
import type { Database } from './database.ts';

/** Without a sign of life for longer, what lasted is not taken to have lasted: the machine slept, or its clock jumped. */
const GAP_MS = 60_000;

/**
 * How long each service was up, down and the rest in each hour: a row a service and week, of some ten to a thousand bytes.
 * Only what a service is now is noted at once; it is added up when it becomes something else, and every few minutes.
 */
export interface TallyTable {
  /** It is so from then on; `null`: there is no such service any more. */
  set(serviceId: string, atMs: number, state: Availability | null): void;
  /** We live: to be called every few seconds. */
  observeAlive(nowMs: number): void;
  /** Adds up what lasts. */
  pack(nowMs: number): void;
  /** What lasted when the process before us ended, or its last sign of life: from then on nothing is known of it. */
  close(aliveMs: number): void;
}

interface Current {
  service_id: string;
  from_ms: number;
  state: Availability;
}

export function createTallyTable(db: Database): TallyTable {
  const find = db.prepare('SELECT data FROM tally_weeks WHERE week = ? AND service_id = ?');
  const put = db.prepare(
    `INSERT INTO tally_weeks(week, service_id, data) VALUES (?, ?, ?) ON CONFLICT(week, service_id) DO UPDATE
    SET data = excluded.data`,
  );
  const current = db.prepare('SELECT from_ms, state FROM tally_now WHERE service_id = ?');
  const lasting = db.prepare('SELECT service_id, from_ms, state FROM tally_now WHERE state IS NOT NULL');
  const begin = db.prepare(
    `INSERT INTO tally_now(service_id, since_ms, from_ms, state) VALUES (?1, ?2, ?2, ?3)
    ON CONFLICT(service_id) DO UPDATE SET from_ms = ?2, state = ?3`,
  );
  const move = db.prepare('UPDATE tally_now SET from_ms = ? WHERE service_id = ?');
  const end = db.prepare(
    'UPDATE tally_now SET from_ms = max(from_ms, ?), state = NULL WHERE state IS NOT NULL',
  );
  const noteBegin = db.prepare("INSERT INTO meta(key, value) VALUES ('tallied', ?) ON CONFLICT DO NOTHING");
  let aliveAtMs: number | null = null;

  function add(serviceId: string, state: Availability, fromMs: number, untilMs: number): void {
    const weeks = new Map<number, WeekTally>();
    splitIntoHours(fromMs, untilMs, (hourMs, lastedMs) => {
      const week = toWeek(hourMs);
      let tally = weeks.get(week);
      if (!tally) {
        tally = read(week, serviceId);
        weeks.set(week, tally);
      }
      addToHour(tally, hourMs, state, lastedMs);
    });
    for (const [week, tally] of weeks) put.run(week, serviceId, encodeTally(tally));
  }

  function read(week: number, serviceId: string): WeekTally {
    const row = find.get(week, serviceId);
    return row ? decodeTally(row.data as Uint8Array) : createWeekTally();
  }

  function addLasting(untilMs: number): Current[] {
    const rows = lasting.all() as unknown as Current[];
    for (const { service_id, from_ms, state } of rows) add(service_id, state, from_ms, untilMs);
    return rows;
  }

  return {
    set(serviceId, atMs, state) {
      if (state !== null) noteBegin.run(atMs);
      const row = current.get(serviceId) as unknown as Current | undefined;
      if (row?.state) add(serviceId, row.state, row.from_ms, atMs);
      if (row || state !== null) begin.run(serviceId, atMs, state);
    },
    observeAlive(nowMs) {
      const lastMs = aliveAtMs ?? nowMs;
      aliveAtMs = nowMs;
      if (nowMs - lastMs <= GAP_MS) return;
      for (const { service_id } of addLasting(lastMs)) move.run(nowMs, service_id);
    },
    pack(nowMs) {
      for (const { service_id, from_ms } of addLasting(nowMs))
        if (from_ms < nowMs) move.run(nowMs, service_id);
    },
    close(aliveMs) {
      addLasting(aliveMs);
      end.run(aliveMs);
    },
  };
}
