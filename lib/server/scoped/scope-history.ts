import type { StackLookup } from '#lib/live/scoped/create-stack-lookup.ts';
import { selectEvents } from '#lib/live/scoped/select-events.ts';
import { toStatusApart } from '#lib/live/scoped/select-picture.ts';
import { withoutOutputs } from '#lib/live/scoped/without-outputs.ts';
import type { EventPlace, EventsPage, EventsQuery, TaskSegment } from '#lib/model/contract/history.ts';
import { findRole, findSwarmRole, type Role, type Scope, seesOutputs } from '#lib/model/contract/scope.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import type { HistoryAnswers } from '#lib/server/answers/create-history-answers.ts';

/** Who is limited to stacks is answered from so many events at most at a time: of others' there may be any number. */
const PIECE = 200;
const MAX_PIECES = 10;

export interface ScopedParts {
  scope: Scope;
  /** What they are of the service of this name or id; `null`: to them it is not there. */
  roleOf(name: string): Role | null;
  stackOf: StackLookup;
}

/**
 * What was, as far as it may be seen. Of services that are gone the history does not know whose they were: they are for
 * those alone who see the swarm as a whole.
 */
export function scopeHistory(
  history: HistoryAnswers,
  { scope, roleOf, stackOf }: ScopedParts,
): HistoryAnswers {
  const swarmRole = findSwarmRole(scope);
  let recent: { of: readonly SwarmEvent[]; own: readonly SwarmEvent[] } | null = null;

  /** @param select what is left out for whom stacks limit */
  async function ofService<T>(
    name: string,
    ask: () => Promise<T | null>,
    select = (it: T) => it,
  ): Promise<T | null> {
    const role = roleOf(name) ?? swarmRole;
    if (role === null) return null;
    const answer = await ask();
    if (answer === null) return null;
    const own = swarmRole === null ? select(answer) : answer;
    return seesOutputs(role) ? own : withoutOutputs(own);
  }

  async function readOwnEvents(query: EventsQuery): Promise<EventsPage> {
    const events: SwarmEvent[] = [];
    const { limit } = query;
    let lookedTo: EventPlace | undefined;
    let state = history.state();
    for (let piece = 0; piece < MAX_PIECES; piece++) {
      const page = await history.events({ ...query, before: lookedTo?.id ?? query.before, limit: PIECE });
      events.push(...selectEvents(page.events, scope, stackOf));
      state = page.history;
      const last = page.lookedTo ?? page.events.at(-1);
      if (events.length > limit || !page.more || last === undefined)
        return { events: events.slice(0, limit), more: events.length > limit, history: state };
      lookedTo = { id: last.id, atMs: last.atMs };
    }
    // What is older was not looked at: that is not to say that none of it is theirs.
    return { events, more: true, lookedTo, history: state };
  }

  return {
    state: history.state,
    recentEvents() {
      const of = history.recentEvents();
      if (recent?.of !== of) recent = { of, own: selectEvents(of, scope, stackOf) };
      return recent.own;
    },
    async events(query) {
      if (swarmRole === null) return readOwnEvents(query);
      const page = await history.events(query);
      return { ...page, events: selectEvents(page.events, scope, stackOf) };
    },
    find: (name) => ofService(name, () => history.find(name)),
    findAt: (name, atMs) => ofService(name, () => history.findAt(name, atMs)),
    service: (name, window) =>
      ofService(
        name,
        () => history.service(name, window),
        (answer) => ({
          ...answer,
          ports: [],
          slots: answer.slots.map((slot) => ({
            ...slot,
            segments: slot.segments.map(withoutLastLines),
            spans: slot.spans.map(toStatusApart),
          })),
        }),
      ),
    compare: (name, window) => ofService(name, () => history.compare(name, window)),
    replica: (name, key, window) =>
      ofService(
        name,
        () => history.replica(name, key, window),
        (answer) => ({
          ...answer,
          tasks: answer.tasks.map(withoutLastLines),
          spans: answer.spans.map(toStatusApart),
        }),
      ),
    // The history knows a task, not whose it is.
    lastLogLines: (taskId) => (seesOutputs(swarmRole) ? history.lastLogLines(taskId) : Promise.resolve(null)),
  };
}

const withoutLastLines = (segment: TaskSegment): TaskSegment => ({ ...segment, hasLastLines: false });

/** Services of the moment that may be seen. */
export function selectOfStacks<T extends { stack: string | null }>(items: readonly T[], scope: Scope): T[] {
  return items.flatMap((item) => {
    const role = findRole(scope, item.stack);
    if (role === null) return [];
    return [seesOutputs(role) ? item : withoutOutputs(item)];
  });
}
