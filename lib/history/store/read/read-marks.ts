import type { Apart, MarksPiece, Window } from '#lib/history/question.ts';
import type { Database } from '#lib/history/store/database.ts';
import { findRole, type Scope } from '#lib/model/contract/scope.ts';
import {
  SWARM_EVENT_LEVELS,
  type SwarmEventKind,
  type SwarmEventLevel,
} from '#lib/model/contract/swarm-event.ts';
import { LANE_OF_KIND, type TimelineLane, type TimelineMark } from '#lib/model/contract/timeline.ts';
import { addToMark } from '#lib/model/events/fold-marks.ts';
import { toEvent } from './read-events.ts';
import { SERVICE_NAMES, toServiceNames } from './read-report.ts';
import { createStackReader } from './read-stack.ts';

/** Of one answer, so that nobody waits long for it: some ten milliseconds. The rest is asked for again. */
const EVENTS_OF_PIECE = 3_000;
const PORTS_OF_PIECE = 10_000;
const TEXTS_OF_PIECE = 60;

/** What was good of these is no failure, and an engine that is read again is known. */
const ONLY_WRONG = "kind NOT IN ('health', 'task', 'engine') OR level IN ('bad', 'warn')";

/** In the order of the columns that are read. */
type Row = [atMs: number, kind: SwarmEventKind, level: SwarmEventLevel, serviceId: string | null, id: number];

/** Counts what happened by slot and lane, from the end of a window back, as much as one answer may cost. */
export function createMarkReader(db: Database): (ask: Window & { slotMs: number } & Apart) => MarksPiece {
  const findEnd = db.prepare(
    `SELECT at_ms FROM events INDEXED BY events_by_axis WHERE at_ms BETWEEN ? AND ?
    ORDER BY at_ms DESC LIMIT 1 OFFSET ${EVENTS_OF_PIECE}`,
  );
  const find = db.prepare(
    `SELECT at_ms, kind, level, service_id, id FROM events INDEXED BY events_by_axis
    WHERE at_ms BETWEEN ? AND ? AND (${ONLY_WRONG})`,
  );
  // Three times as quick as to let the database count.
  find.setReturnArrays(true);
  const ports = db.prepare(
    `SELECT from_ms / CAST(:slotMs AS BIGINT) AS slot, count(*) AS count, min(from_ms) AS "fromMs", max(from_ms) AS "untilMs"
    FROM (SELECT from_ms FROM ports INDEXED BY ports_by_start
      WHERE from_ms BETWEEN :fromMs AND :untilMs AND state NOT IN ('answers', 'partly') LIMIT ${PORTS_OF_PIECE}) AS found
    GROUP BY 1 ORDER BY slot`,
  );
  const findEvent = db.prepare('SELECT * FROM events WHERE id = ?');
  const knownStackOf = createStackReader(db);

  function toMarks(rows: readonly Row[], slotMs: number, scope: Scope | undefined): TimelineMark[] {
    // A service may change its stack: whose it was once is nothing to go by for who may see it.
    const services = scope === undefined ? null : toServiceNames(db.prepare(SERVICE_NAMES).all());
    const stackOf = services === null ? knownStackOf : (id: string) => services.get(id)?.stack ?? null;
    const marks = new Map<string, TimelineMark & { id: number }>();
    for (const [atMs, kind, level, serviceId, id] of rows) {
      const lane: TimelineLane | undefined = LANE_OF_KIND[kind];
      // A release after this one may know others.
      if (lane === undefined || !SWARM_EVENT_LEVELS.includes(level)) continue;
      if (scope !== undefined && (serviceId === null || findRole(scope, stackOf(serviceId)) === null))
        continue;
      const stack = lane === 'failures' && serviceId !== null ? stackOf(serviceId) : null;
      const isEnd = kind === 'task';
      const key = `${Math.floor(atMs / slotMs)} ${lane} ${stack ?? ''}`;
      const known = marks.get(key);
      if (known === undefined)
        marks.set(key, { lane, stack, fromMs: atMs, untilMs: atMs, count: 1, level, isEnd, text: null, id });
      else addToMark(known, atMs, level, isEnd);
    }
    const all = [...marks.values()];
    const single = all.filter(({ count }) => count === 1).slice(-TEXTS_OF_PIECE);
    for (const mark of single) {
      const row = findEvent.get(mark.id);
      if (row !== undefined) mark.text = toEvent(row as Parameters<typeof toEvent>[0]).text;
    }
    return all.map(({ id: _, ...mark }) => mark);
  }

  return ({ fromMs, untilMs, slotMs, scope }) => {
    const cutMs = findEnd.get(fromMs, untilMs)?.at_ms;
    // Of one moment all are taken together, however many they are.
    const beginMs = cutMs === undefined ? fromMs : Math.min(Number(cutMs) + 1, untilMs);
    const window = { slotMs, fromMs: beginMs, untilMs };
    // A port is answered by every node, whoever has a service there.
    const answers = scope === undefined ? ports.all(window) : [];
    const checks = answers.map(
      ({ count, fromMs: firstMs, untilMs: lastMs }): TimelineMark => ({
        lane: 'checks',
        stack: null,
        fromMs: Number(firstMs),
        untilMs: Number(lastMs),
        count: Number(count),
        level: 'bad',
        isEnd: false,
        text: null,
      }),
    );
    const marks = toMarks(find.all(beginMs, untilMs) as unknown as Row[], slotMs, scope);
    return { marks: [...marks, ...checks], restUntilMs: beginMs > fromMs ? beginMs - 1 : null };
  };
}
