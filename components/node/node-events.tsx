import { useMemo } from 'react';
import { Age } from '#components/live/times.tsx';
import { EVENT_LEVEL_LOOKS } from '#components/status/looks.ts';
import { StatusGlyph } from '#components/status/status-word.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { usePart } from '#lib/client/hooks/use-part.ts';
import type { NodePicture } from '#lib/model/contract/picture.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { compareEvents, joinEvents, toEventSubjectHref } from '#lib/view/events/event.ts';
import { ALL_EVENTS, formatEventsFilter } from '#lib/view/events/events-filter.ts';
import { keepTogether } from '#lib/view/format/keep-together.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/events.ts';

const MAX_EVENTS = 12;

/** What happened on a node, newest first. */
export function NodeEvents({
  node,
  initial,
}: {
  node: Pick<NodePicture, 'id' | 'hostname'>;
  initial: readonly SwarmEvent[];
}) {
  const streamed = usePart('recentEvents');
  const events = useMemo(
    () =>
      joinEvents(
        initial,
        (streamed ?? []).filter(({ nodeId }) => nodeId === node.id),
      ).toSorted(compareEvents),
    [initial, streamed, node.id],
  );
  const query = formatEventsFilter({ ...ALL_EVENTS, node: node.hostname });
  return (
    <Panel
      title={words.ofThisNode}
      note={
        <a href={toPath(`/events?${query}`)} className="text-accent">
          {words.allEvents}
        </a>
      }
    >
      {events.length === 0 ? (
        <p className="px-[18px] py-4 text-muted">{words.noneYet}</p>
      ) : (
        <ol className="node-events">
          {events.slice(0, MAX_EVENTS).map((event) => {
            const href = toEventSubjectHref(event);
            return (
              <li key={event.id} data-event={event.id} data-level={event.level}>
                <StatusGlyph look={EVENT_LEVEL_LOOKS[event.level]} />
                {href === null ? (
                  <span>{keepTogether(event.text)}</span>
                ) : (
                  <a href={href}>{keepTogether(event.text)}</a>
                )}
                <span className="whitespace-nowrap text-faint">
                  <Age atMs={event.atMs} form="short" />
                </span>
              </li>
            );
          })}
        </ol>
      )}
    </Panel>
  );
}
