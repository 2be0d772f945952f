'use client';
import { useMemo, useState } from 'react';
import { Age } from '#components/live/times.tsx';
import { EVENT_LEVEL_LOOKS } from '#components/status/looks.ts';
import { StatusGlyph } from '#components/status/status-word.tsx';
import { useHeld, useReader } from '#lib/client/hooks/use-held.ts';
import { usePart } from '#lib/client/hooks/use-part.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { compareEvents, joinEvents, toEventSubjectHref } from '#lib/view/events/event.ts';
import { foldEvents } from '#lib/view/events/fold-events.ts';
import { keepTogether } from '#lib/view/format/keep-together.ts';
import { endSentences } from '#lib/view/format/whole-parts.ts';
import { toNodeHref } from '#lib/view/links/to-href.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/events.ts';

const MAX_EVENTS = 40;
/** Two lines of the column, also beside how often it was. */
const MAX_CHARS = 54;
/** Ends a part that stands for itself; not within brackets. */
const END = /[;.] (?![^(]*\))/;

const toId = ({ id }: SwarmEvent) => id;

const BRACKETS = / \([^)]*\)/g;
/** Up to such an end, to a comma, and to a second colon: the first ends the place. */
const SHORTER = [/^(.*?)[;.] (?![^(]*\)).*/s, /^(.*?), (?!but ).*/s, /^([^:]*: [^:]*): .*/s];

/** A text, or what of it is whole and first where it is too long: nothing of ours is cut in its midst. */
function toWhole(text: string): string {
  const first = [text, text.split(END, 1)[0] ?? text].find(isShort);
  let whole = first ?? text.replace(BRACKETS, '');
  for (const part of SHORTER) if (!isShort(whole)) whole = whole.replace(part, '$1');
  return whole;
}
const isShort = ({ length }: string) => length <= MAX_CHARS;

function toHref(event: SwarmEvent): string {
  return (
    toEventSubjectHref(event) ?? (event.hostname === null ? toPath('/events') : toNodeHref(event.hostname))
  );
}

/**
 * The newest events in a narrow column, each a link to what it is about. While somebody reads, new ones wait.
 *
 * @param none what is said in the place of events where there is none; `null`: that none is known yet
 */
export function EventsPanel({ initial, none }: { initial: readonly SwarmEvent[]; none: string | null }) {
  const streamed = usePart('recentEvents');
  const [isScrolled, setScrolled] = useState(false);
  const { isReading, handlers } = useReader();
  const events = useMemo(
    () => joinEvents(initial, streamed ?? []).toSorted(compareEvents),
    [initial, streamed],
  );
  const { shown, waiting, release } = useHeld(events, isReading || isScrolled, toId);
  const folded = useMemo(() => foldEvents(shown).slice(0, MAX_EVENTS), [shown]);
  return (
    <aside
      className="panel events-panel"
      aria-labelledby="events"
      onScroll={({ currentTarget }) => setScrolled(currentTarget.scrollTop > 0)}
      {...handlers}
    >
      <div className="panel-title">
        <h2 id="events">{words.events}</h2>
        <span role="status" className="events-new">
          {waiting > 0 && (
            <button type="button" onClick={release}>
              {words.newOnes(waiting)}
            </button>
          )}
        </span>
        <a href={toPath('/events')} className="text-[13px] text-accent">
          {words.allEvents}
        </a>
      </div>
      {folded.length === 0 ? (
        <p className="px-4 py-3.5 text-muted">{none ?? words.noneYet}</p>
      ) : (
        <ol>
          {folded.map(({ event, others }, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of one height stay where they are, and what they say moves on.
            <li key={row} data-event={event.id} data-level={event.level}>
              <StatusGlyph look={EVENT_LEVEL_LOOKS[event.level]} />
              <a href={toHref(event)} title={event.text}>
                {keepTogether(endSentences(toWhole(event.text)))}
              </a>
              <span className="whitespace-nowrap text-faint">
                {others.length > 0 && <b className="events-times">{words.times(others.length + 1)}</b>}
                <Age atMs={event.atMs} form="short" />
              </span>
            </li>
          ))}
        </ol>
      )}
    </aside>
  );
}
