import { SWARM_EVENT_LEVELS, type SwarmEventLevel } from '#lib/model/contract/swarm-event.ts';
import type { TimelineMark } from '#lib/model/contract/timeline.ts';

/** One more of the same place, in a mark that is nobody else's yet. */
export function addToMark(mark: TimelineMark, atMs: number, level: SwarmEventLevel, isEnd: boolean): void {
  mark.fromMs = Math.min(mark.fromMs, atMs);
  mark.untilMs = Math.max(mark.untilMs, atMs);
  mark.count++;
  mark.level = toWorse(mark.level, level);
  mark.isEnd ||= isEnd;
}

function toWorse(a: SwarmEventLevel, b: SwarmEventLevel): SwarmEventLevel {
  return SWARM_EVENT_LEVELS.indexOf(b) < SWARM_EVENT_LEVELS.indexOf(a) ? b : a;
}

/** Two marks of one place as one. */
export function joinMarks(a: TimelineMark, b: TimelineMark): TimelineMark {
  return {
    lane: a.lane,
    stack: a.stack,
    fromMs: Math.min(a.fromMs, b.fromMs),
    untilMs: Math.max(a.untilMs, b.untilMs),
    count: a.count + b.count,
    level: toWorse(a.level, b.level),
    isEnd: a.isEnd || b.isEnd,
    text: null,
  };
}

/**
 * What lies within one slot of an axis is one mark with its count, each lane and stack by itself; a slot begins at a whole
 * multiple of its length, so that marks stay where they are while the axis moves on.
 *
 * @returns by lane and stack in the order in which they came, each oldest first
 */
export function foldMarks(marks: readonly TimelineMark[], slotMs: number): TimelineMark[] {
  const folded = new Map<string, TimelineMark>();
  for (const mark of marks) {
    const key = `${mark.lane} ${Math.floor(mark.fromMs / slotMs)} ${mark.stack ?? ''}`;
    const known = folded.get(key);
    folded.set(key, known === undefined ? mark : joinMarks(known, mark));
  }
  return [...folded.values()].sort((a, b) => a.fromMs - b.fromMs);
}
