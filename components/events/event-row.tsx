import { memo } from 'react';
import { ClockTime } from '#components/live/times.tsx';
import { EVENT_LEVEL_LOOKS } from '#components/status/looks.ts';
import { StatusGlyph } from '#components/status/status-word.tsx';
import { Output } from '#components/ui/output.tsx';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { nameEventSubject } from '#lib/view/events/event.ts';
import { toEventHref } from '#lib/view/events/event-href.ts';
import { keepTogether } from '#lib/view/format/keep-together.ts';
import { toNodeHref } from '#lib/view/links/to-href.ts';
import * as words from '#words/pages/events.ts';
import { EventKind, EventTime } from './event-parts.tsx';

/** Of one that repeats, as many moments are listed. */
const MAX_TIMES = 60;

interface EventRowProps {
  event: SwarmEvent;
  /** The same again, earlier; newest first. */
  others: readonly SwarmEvent[];
  nowMs: number;
}

/** Equal lists of events are new ones each time that something happens. */
const isSame = (before: EventRowProps, after: EventRowProps) =>
  before.event === after.event &&
  before.nowMs === after.nowMs &&
  before.others.length === after.others.length &&
  before.others.every((event, index) => event === after.others[index]);

/** One event: how grave, when, what happened, what it is about, and where to look. What repeats is one, with its times. */
export const EventRow = memo(function EventRow({ event, others, nowMs }: EventRowProps) {
  const { evidence } = event;
  const href = toEventHref(event, nowMs);
  const subject = nameEventSubject(event);
  const isQuoted = evidence !== null && event.text.includes(evidence.text.trim() || evidence.label);
  return (
    <li className="event-row" data-event={event.id} data-kind={event.kind} data-level={event.level}>
      <StatusGlyph look={EVENT_LEVEL_LOOKS[event.level]} />
      <EventTime atMs={event.atMs} nowMs={nowMs} />
      <div className="event-text">
        <p>{keepTogether(event.text)}</p>
        {others.length > 0 && (
          <details className="event-again">
            <summary>{words.times(others.length + 1)}</summary>
            {others.slice(0, MAX_TIMES).map(({ id, atMs }) => (
              <ClockTime key={id} atMs={atMs} nearMs={nowMs} />
            ))}
            {others.length > MAX_TIMES && words.more(others.length - MAX_TIMES)}
          </details>
        )}
        {evidence !== null && !isQuoted && <Output text={evidence.text} lead={evidence.label} />}
      </div>
      <EventKind kind={event.kind} />
      <span className="event-links">
        {href !== null && subject !== null && <a href={href}>{subject}</a>}
        {event.hostname !== null && <a href={toNodeHref(event.hostname)}>{event.hostname}</a>}
      </span>
    </li>
  );
}, isSame);
