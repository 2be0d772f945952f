import type { ServerResponse } from 'node:http';
import { splitLines } from '#lib/engine/docker/transport/split-lines.ts';
import type { EngineLink } from './create-engine-link.ts';
import { createEventFilter, EVENT_FILTERS } from './create-event-filter.ts';
import { pipeEngine } from './pipe-engine.ts';

/** Longer than any event: labels of a container may have 100 kB. */
const MAX_LINE_CHARS = 1_000_000;

/** `GET /events`: the engine's, filtered and stripped, a line each, for as long as both sides stay. */
export function streamEvents(
  link: EngineLink,
  path: string,
  since: string | null,
  response: ServerResponse,
): Promise<void> {
  const choose = createEventFilter();
  const query: Record<string, string> = { filters: EVENT_FILTERS };
  if (since !== null) query.since = since;
  const pipe = { link, path, query, response, type: 'application/json', zips: true, waits: false };
  return pipeEngine(pipe, (send) => {
    const lines = splitLines({
      maxChars: MAX_LINE_CHARS,
      onDropped: () => {},
      onLine(line) {
        const chosen = choose(parse(line));
        if (chosen !== null) send(`${JSON.stringify(chosen)}\n`);
      },
    });
    return (chunk) => lines.write(chunk);
  });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
