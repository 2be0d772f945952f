import type { ServicePast, SlotPast, Window } from '#lib/history/question.ts';
import type { Database } from '#lib/history/store/database.ts';
import { readPorts } from './read-ports.ts';
import { readSegments, readSpans, type SegmentRow } from './read-slots.ts';

const HOUR_MS = 3_600_000;
/** Segments and spans of one answer, each: about a megabyte. */
const LIMIT = 5_000;

/** Every slot of a service in a window, in no order. */
export function readService(db: Database, ask: Window & { serviceId: string; nowMs: number }): ServicePast {
  const slice = { serviceId: ask.serviceId, key: null, untilMs: ask.untilMs, limit: LIMIT };
  let segments = readSegments(db, { ...slice, fromMs: ask.fromMs });
  let spans = readSpans(db, { ...slice, fromMs: ask.fromMs });
  // What was cut off is older than the oldest that is here: the window begins where both are whole.
  const fromMs = Math.max(
    ask.fromMs,
    segments.length === LIMIT ? (segments[0]?.fromMs ?? 0) : 0,
    spans.length === LIMIT ? (spans[0]?.fromMs ?? 0) : 0,
  );
  if (fromMs > ask.fromMs) {
    segments = segments.filter(({ untilMs }) => untilMs === null || untilMs >= fromMs);
    spans = spans.filter(({ untilMs }) => untilMs === null || untilMs >= fromMs);
  }
  const slots = new Map<string, SlotPast>();
  const slotOf = (key: string) => {
    const known = slots.get(key);
    if (known) return known;
    const slot: SlotPast = { key, slot: null, hostname: null, segments: [], spans: [] };
    slots.set(key, slot);
    return slot;
  };
  for (const row of segments) {
    const slot = slotOf(row.key);
    slot.slot = row.slot;
    slot.hostname = row.hostname;
    slot.segments.push(toSegment(row));
  }
  for (const { key, ...span } of spans) slotOf(key).spans.push(span);
  const recent = { ...slice, fromMs: ask.nowMs - HOUR_MS, untilMs: ask.nowMs };
  const badEnds = readSegments(db, recent).filter(
    ({ end }) => end?.cause != null && end.atMs > ask.nowMs - HOUR_MS,
  );
  const ports = readPorts(db, { ...ask, fromMs });
  return { fromMs, slots: [...slots.values()], ports, badEnds: badEnds.map(toSegment) };
}

function toSegment({ n: _, key: __, slot: ___, ...segment }: SegmentRow) {
  return segment;
}
