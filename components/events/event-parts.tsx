import { Age, ClockTime } from '#components/live/times.tsx';
import { EVENT_KIND_LOOKS } from '#components/status/looks.ts';
import type { SwarmEventKind } from '#lib/model/contract/swarm-event.ts';

/** When it happened: the time, and how long ago that is. */
export function EventTime({ atMs, nowMs }: { atMs: number; nowMs: number }) {
  return (
    <span className="event-time">
      <span className="font-mono text-[12.5px]">
        <ClockTime atMs={atMs} nearMs={nowMs} />
      </span>
      <span className="text-faint">
        <Age atMs={atMs} form="short" />
      </span>
    </span>
  );
}

/** What it is about. */
export function EventKind({ kind }: { kind: SwarmEventKind }) {
  const { word, className } = EVENT_KIND_LOOKS[kind];
  return (
    <span className={`event-kind ${className}`}>
      <span className="status-glyph" aria-hidden="true" />
      {word}
    </span>
  );
}
