import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { keys } from '#lib/client/live/keys.ts';
import { fetchJson } from '#lib/client/page/fetch-json.ts';
import type { EventsPage, HistoryState } from '#lib/model/contract/history.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { type EventsList, findOlderFrom, joinEvents, joinMissed } from '#lib/view/events/event.ts';
import {
  type EventsFilter,
  formatEventsQuery,
  matchesEventsFilter,
  toEventsQuery,
} from '#lib/view/events/events-filter.ts';
import {
  type KnownEvents,
  MANY_EVENTS,
  MAX_WAITING,
  mayComeIn,
  takeRecent,
} from '#lib/view/events/known-events.ts';
import { useLiveContext, useLiveStatus } from './use-live.ts';
import { usePart } from './use-part.ts';

const EVENTS_AT_ONCE = 100;
/** New ones that come closer together than this push each other about: they wait until none came for so long. */
const CALM_MS = 3_000;

export interface Events {
  /** Newest first. */
  events: readonly SwarmEvent[];
  /** How many newer ones wait to be shown; of `MAX_WAITING` there may be more. */
  waiting: number;
  /** There are older ones, or may be: before this id. */
  more: boolean;
  olderFromId: number | null;
  /** The look for older ones ended before it found enough. */
  isLookEnded: boolean;
  isAsking: boolean;
  error: Error | null;
  history: HistoryState;
  showWaiting(): void;
  askOlder(): void;
}

/**
 * The events that a filter shows: what the server rendered, what the stream brings (while `isAtTop` and one comes at a
 * time; else it waits, and nothing moves: many until they are asked for), and older ones when asked for. What was missed
 * while there was no connection is asked for.
 */
export function useEvents(
  filter: EventsFilter,
  initial: EventsPage,
  { isAtTop, isAtEnd }: { isAtTop: boolean; isAtEnd: boolean },
): Events {
  const { clock } = useLiveContext();
  const { liveness } = useLiveStatus();
  const recent = usePart('recentEvents');
  const [list, setList] = useState<KnownEvents>(() => ({ ...toList(initial), cut: false }));
  const { events: known, more, cut } = list;
  const olderFromId = findOlderFrom(list)?.id ?? null;
  const [shownFromId, setShownFromId] = useState(() => toNewestId(initial.events));
  const [history, setHistory] = useState(initial.history);
  const [isAsking, setAsking] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const { isRush, observe } = useRush(initial.events);
  const isOpen = isAtTop && !isRush && mayComeIn(list, shownFromId);

  const ask = useCallback(
    async (before: number | null) => {
      const query = toEventsQuery(filter, clock.nowMs(), before, EVENTS_AT_ONCE);
      return fetchJson<EventsPage>(keys.events(formatEventsQuery(query)));
    },
    [filter, clock],
  );

  useEffect(() => {
    if (recent === undefined) return;
    const nowMs = clock.nowMs();
    const matching = recent.filter((event) => matchesEventsFilter(event, filter, nowMs));
    setList((before) => takeRecent(before, matching, { isOpen, isAtEnd, shownFromId }));
    observe(matching);
  }, [recent, filter, clock, observe, shownFromId, isOpen, isAtEnd]);

  const catchUp = useCallback(
    () =>
      ask(null).then((answer) => {
        setError(null);
        setHistory(answer.history);
        setList((before) => ({ ...joinMissed(before, answer), cut: false }));
        observe(answer.events);
        return answer;
      }),
    [ask, observe],
  );

  // The stream sends what comes; what came while it was cut is in the history.
  useEffect(() => {
    if (liveness !== 'live') return;
    let isCurrent = true;
    catchUp().catch((cause) => isCurrent && setError(cause));
    return () => {
      isCurrent = false;
    };
  }, [liveness, catchUp]);

  const newestId = useMemo(() => toNewestId(known), [known]);
  const held = useMemo(() => known.filter(({ id }) => id <= shownFromId), [known, shownFromId]);
  // Where nothing is left of what was shown, there is nothing to hold.
  const isFlowing = isOpen || held.length === 0;
  const events = isFlowing ? known : held;
  useEffect(() => {
    if (isFlowing) setShownFromId((before) => Math.max(before, newestId));
  }, [isFlowing, newestId]);

  const askOlder = useCallback(() => {
    if (isAsking || olderFromId === null) return;
    setAsking(true);
    ask(olderFromId)
      .then((answer) => {
        setError(null);
        setHistory(answer.history);
        // Where these are no longer the last ones there would be a hole before what is older.
        setList((before) =>
          findOlderFrom(before)?.id === olderFromId
            ? { ...before, ...toList(answer), events: joinEvents(before.events, answer.events) }
            : before,
        );
      })
      .catch(setError)
      .finally(() => setAsking(false));
  }, [olderFromId, isAsking, ask]);

  return {
    events,
    waiting: cut ? MAX_WAITING : known.length - events.length,
    more,
    olderFromId,
    isLookEnded: list.lookedTo !== undefined,
    history,
    isAsking,
    error,
    showWaiting() {
      if (!cut) return setShownFromId(newestId);
      catchUp().then((answer) => setShownFromId(toNewestId(answer.events)), setError);
    },
    askOlder,
  };
}

const toList = ({ events, more, lookedTo }: EventsPage): EventsList => ({ events, more, lookedTo });

/** Whether new ones come faster than somebody can read: said in the same turn as they are known, so that none shows first. */
function useRush(initial: readonly SwarmEvent[]): {
  isRush: boolean;
  observe(events: readonly SwarmEvent[]): void;
} {
  const [isRush, setRush] = useState(false);
  // Where those that the page brought came in a rush, it is likely one still.
  const [start] = useState(() => {
    const [newest, next] = initial;
    const wasRush = newest !== undefined && next !== undefined && newest.atMs - next.atMs < CALM_MS;
    return { id: toNewestId(initial), wasRush };
  });
  const last = useRef({ id: start.id, atMs: Number.NEGATIVE_INFINITY });
  const calm = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (start.wasRush) last.current.atMs = performance.now();
  }, [start]);
  const observe = useCallback((events: readonly SwarmEvent[]) => {
    const newestId = toNewestId(events);
    const { id, atMs } = last.current;
    if (newestId <= id) return;
    const nowMs = performance.now();
    // Several may come at once, however long the page was busy before.
    const isMany = events.filter((event) => event.id > id).length >= MANY_EVENTS;
    setRush(isMany || nowMs - atMs < CALM_MS);
    last.current = { id: newestId, atMs: nowMs };
    clearTimeout(calm.current);
    calm.current = setTimeout(() => setRush(false), CALM_MS);
  }, []);
  useEffect(() => () => clearTimeout(calm.current), []);
  return { isRush, observe };
}

/** Of what was reported last: an event that comes late is new, too. */
function toNewestId(events: readonly SwarmEvent[]): number {
  return events.reduce((newest, { id }) => Math.max(newest, id), 0);
}
