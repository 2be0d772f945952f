import { SWARM_EVENT_KINDS, SWARM_EVENT_LEVELS } from '#lib/model/contract/swarm-event.ts';
import { parseTimeFrame } from '#lib/view/history/parse-time-frame.ts';
import type { TimeFrame } from '#lib/view/history/time-frame.ts';
import type { EventsFilter } from './events-filter.ts';

const NO_FRAME: TimeFrame = { kind: 'newest', lengthMs: 0 };

/** Reads a filter from an address; `readAll` gives every value of a name. Words that are not known are left out. */
export function parseEventsFilter(readAll: (name: string) => string[]): EventsFilter {
  const readWords = <T extends string>(name: string, known: readonly T[]): T[] => {
    const words = new Set(readAll(name).flatMap((text) => text.split(',')));
    const chosen = known.filter((word) => words.has(word));
    // All of them is no filter.
    return chosen.length === known.length ? [] : chosen;
  };
  const readText = (name: string) => readAll(name)[0]?.trim() || null;
  const frame = parseTimeFrame(readText, NO_FRAME);
  return {
    service: readText('service'),
    node: readText('node'),
    kinds: readWords('kind', SWARM_EVENT_KINDS),
    levels: readWords('level', SWARM_EVENT_LEVELS),
    frame: frame === NO_FRAME ? null : frame,
  };
}
