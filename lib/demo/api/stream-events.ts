import type { ServerResponse } from 'node:http';
import { createEventFilter } from '#lib/agent/create-event-filter.ts';
import type { SimEvent, SimNode, World } from '#lib/demo/world.ts';
import { isAtLeast } from './engine-releases.ts';
import { toNanos } from './format-time.ts';
import { parseEventTime } from './parse-event-time.ts';
import { parseFilters } from './parse-filters.ts';
import type { Target } from './parse-target.ts';
import { toEventMatcher } from './to-event-matcher.ts';
import { toEventAttributes, toEventText } from './to-event-text.ts';

/** A reader that takes nothing any more loses events silently, as with a real engine. */
const MAX_BUFFERED = 1_000_000;

/** `GET /events`: what is kept since then, then what happens, until then. */
export function streamEvents(
  world: World,
  node: SimNode,
  { query, apiVersion }: Target,
  {
    response,
    onBytes,
    isAgent,
  }: { response: ServerResponse; onBytes(bytes: number): void; isAgent: boolean },
): void {
  const nowMs = world.timeline.nowMs();
  const sinceMs = parseEventTime(query.get('since'), nowMs);
  const untilMs = parseEventTime(query.get('until'), nowMs);
  const matches = toEventMatcher(parseFilters(query.get('filters'), null));
  const legacy = !isAtLeast(apiVersion, '1.52');
  response.setHeader('Content-Type', 'application/json');
  response.flushHeaders();
  const choose = isAgent ? createEventFilter() : null;
  const held: string[] = [];
  const write = (event: SimEvent) => {
    if (!matches(event) || response.writableLength > MAX_BUFFERED) return;
    const text =
      choose === null || event.container === null ? toEventText(event, legacy) : toAgentText(event, choose);
    if (text === null) return;
    onBytes(text.length);
    if (node.frozen) held.push(text);
    else response.write(held.length > 0 ? held.splice(0).join('') + text : text);
  };
  if (sinceMs !== null || (untilMs !== null && untilMs <= nowMs)) {
    for (const event of node.events.since(sinceMs ?? 0)) {
      if (untilMs === null || event.atMs <= untilMs) write(event);
    }
  }
  if (untilMs !== null && untilMs <= nowMs) {
    response.end();
    return;
  }
  const stop = node.events.listen(write);
  const end = untilMs === null ? null : world.timeline.at(untilMs, () => response.end());
  response.on('close', () => {
    stop();
    if (end) end.run = null;
  });
}

/** What an agent sends of a container's event; `null`: nothing. */
function toAgentText(event: SimEvent, choose: ReturnType<typeof createEventFilter>): string | null {
  const { type, action, actorId, atMs } = event;
  const Actor = { ID: actorId, Attributes: toEventAttributes(event) };
  const chosen = choose({ Type: type, Action: action, Actor });
  // A number of ours cannot hold it.
  return chosen === null ? null : `${JSON.stringify(chosen).slice(0, -1)},"timeNano":${toNanos(atMs)}}\n`;
}
