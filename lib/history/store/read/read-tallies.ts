import type { Answer, Window } from '#lib/history/question.ts';
import {
  HOUR_MS,
  readTallyRuns,
  splitIntoHours,
  toWeek,
  WEEK_MS,
} from '#lib/history/store/codec/encode-tally.ts';
import type { Database, SqlRow } from '#lib/history/store/database.ts';
import { AVAILABILITIES, type Availability } from '#lib/model/contract/availability.ts';
import type { ReportBar, UptimeSums } from '#lib/model/contract/report.ts';
import { compareTallies, type ServicePastTally } from '#lib/model/derive/report/derive-report.ts';
import { toBar } from '#lib/model/derive/report/uptime.ts';
import { type KeptService, SERVICE_NAMES, toServiceNames } from './read-report.ts';

const WEEKS = 'SELECT week, service_id AS id, data FROM tally_weeks WHERE week BETWEEN ? AND ?';
const SINCE = `SELECT (SELECT value FROM meta WHERE key = 'tallied') AS begun,
  (SELECT min(week) FROM tally_weeks) AS week`;

/** All services that had one name. */
interface Named {
  id: string;
  stack: string | null;
  isGone: boolean;
  /** When there was such a service, and it was tallied. */
  lives: Window[];
  /** Milliseconds of each availability, in their order, piece after piece. */
  pieces: Float64Array;
}

const STATES = AVAILABILITIES.length;

/**
 * How long each service was up in a window, by its name: what was removed and made again is one.
 *
 * @param ask its window begins and ends with an hour, but for its end where that is now
 */
export function readTallies(db: Database, ask: Window & { pieces: number }): Answer<'report-tallies'> {
  const { fromMs, untilMs, pieces } = ask;
  const pieceMs = Math.ceil((untilMs - fromMs) / pieces / HOUR_MS) * HOUR_MS;
  const [services = [], rows = [], weeks = [], since = []] = db.allOfEach([
    [db.prepare(SERVICE_NAMES)],
    [db.prepare('SELECT service_id AS id, since_ms, from_ms, state FROM tally_now')],
    [db.prepare(WEEKS), toWeek(fromMs), toWeek(untilMs)],
    [db.prepare(SINCE)],
  ]);
  const names = toServiceNames(services);
  const named = new Map<string, Named>();
  const namedById = new Map<string, Named>();

  const place = (of: Named, hourMs: number, state: number, lastedMs: number) => {
    const piece = Math.floor((hourMs - fromMs) / pieceMs);
    if (piece >= 0 && piece < pieces) add(of.pieces, piece * STATES + state, lastedMs);
  };

  const unreadSinceMs = findUnread(rows, names);
  for (const { id, since_ms, from_ms, state } of rows) {
    const service = names.get(String(id));
    if (!service) continue;
    // What nobody knows of any more is gone, or of another swarm that had this history before.
    const isLeft = state === null && Number(from_ms) !== unreadSinceMs;
    const endMs = service.goneMs ?? (isLeft ? Number(from_ms) : untilMs);
    const life = { fromMs: Math.max(fromMs, Number(since_ms)), untilMs: Math.min(untilMs, endMs) };
    if (life.fromMs >= life.untilMs) continue;
    const known = named.get(service.name);
    const isGone = service.goneMs !== null || isLeft;
    const of = known ?? {
      id: String(id),
      stack: service.stack,
      isGone,
      lives: [],
      pieces: new Float64Array(pieces * STATES),
    };
    if (!isGone) Object.assign(of, { id: String(id), stack: service.stack, isGone });
    of.lives.push(life);
    named.set(service.name, of);
    namedById.set(String(id), of);
    const index = AVAILABILITIES.indexOf(state as Availability);
    // What lasts is in no row yet.
    if (index >= 0)
      splitIntoHours(Number(from_ms), untilMs, (hourMs, lastedMs) => place(of, hourMs, index, lastedMs));
  }

  for (const { week, id, data } of weeks) {
    const of = namedById.get(String(id));
    if (of)
      addWeek(of.pieces, data as Uint8Array, (Number(week) * WEEK_MS - fromMs) / HOUR_MS, pieceMs / HOUR_MS);
  }
  return {
    services: [...named].map(([name, of]) => toTally(name, of, { fromMs, pieceMs })).sort(compareTallies),
    sinceMs: toSince(since[0]),
  };
}

/**
 * When the process before us ended, where nobody has read the swarm since we started: what it knew is not gone, but unknown.
 *
 * @returns `null`: somebody has
 */
function findUnread(rows: readonly SqlRow[], names: ReadonlyMap<string, KeptService>): number | null {
  let endedMs: number | null = null;
  for (const { id, from_ms, state } of rows) {
    if (state !== null) return null;
    if (names.get(String(id))?.goneMs === null) endedMs = Math.max(endedMs ?? 0, Number(from_ms));
  }
  return endedMs;
}

/**
 * Adds a week to the pieces that its hours are in.
 *
 * @param startHour hours from the window's beginning to the week's; less than 0: it began before
 */
function addWeek(pieces: Float64Array, data: Uint8Array, startHour: number, pieceHours: number): void {
  readTallyRuns(data, (hour, count, sums) => {
    const end = startHour + hour + count;
    for (let at = Math.max(0, startHour + hour); at < end; ) {
      const piece = Math.floor(at / pieceHours);
      const next = Math.min(end, (piece + 1) * pieceHours);
      const first = piece * STATES;
      if (first >= pieces.length) return;
      for (let state = 0; state < STATES; state += 1)
        add(pieces, first + state, (sums[state] ?? 0) * (next - at));
      at = next;
    }
  });
}

function add(pieces: Float64Array, at: number, ms: number): void {
  if (ms !== 0) pieces[at] = (pieces[at] ?? 0) + ms;
}

function toTally(
  name: string,
  { id, stack, isGone, lives, pieces }: Named,
  { fromMs, pieceMs }: { fromMs: number; pieceMs: number },
): ServicePastTally {
  const whole = new Float64Array(STATES);
  const bars: ReportBar[] = [];
  for (let first = 0; first < pieces.length; first += STATES) {
    const startMs = fromMs + bars.length * pieceMs;
    for (let state = 0; state < STATES; state += 1) add(whole, state, pieces[first + state] ?? 0);
    bars.push(toBar(toUptimeSums(pieces, first), measureWithin(lives, startMs, startMs + pieceMs)));
  }
  return {
    ...{ id, name, stack, isGone, bars },
    sums: toUptimeSums(whole, 0),
    existedMs: measureWithin(lives, fromMs, Number.POSITIVE_INFINITY),
  };
}

function toUptimeSums(sums: Float64Array, first: number): UptimeSums {
  const of = (state: Availability) => sums[first + AVAILABILITIES.indexOf(state)] ?? 0;
  return {
    up: of('up'),
    reduced: of('reduced'),
    down: of('down'),
    unknown: of('unknown'),
    uncounted: of('uncounted'),
  };
}

function measureWithin(lives: readonly Window[], fromMs: number, untilMs: number): number {
  return lives.reduce(
    (sum, life) => sum + Math.max(0, Math.min(life.untilMs, untilMs) - Math.max(life.fromMs, fromMs)),
    0,
  );
}

/** Since when services are tallied, as far as that is kept. */
function toSince(row: SqlRow | undefined): number | null {
  const begun = row?.begun ?? null;
  if (begun === null) return null;
  const first = row?.week ?? null;
  return first === null ? Number(begun) : Math.max(Number(begun), Number(first) * WEEK_MS);
}
