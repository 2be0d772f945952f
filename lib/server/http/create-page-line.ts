import type { Caller, Connections } from './create-connections.ts';
import { createLane } from './create-lane.ts';
import { MAX_PAGES_A_TURN, MAX_WAITING } from './limits.ts';

interface PageLineOptions {
  connections: Pick<Connections, 'whenOver'>;
  answer(caller: Caller): void;
  /** @param statusCode of what there is too much of */
  refuse(caller: Caller, statusCode: 503): void;
}

/** Is it drawn, and not data? */
export function isPage(path: string): boolean {
  return !path.startsWith('/api/') && path !== '/metrics';
}

/**
 * Answers data at once, and begins pages one after the other: of those that begin in one turn each step of drawing is a
 * step of all of them in one piece, for which everybody else waits. People take turns: whoever asks for a thousand pages
 * waits for them, and nobody else does. `party` is who it is; `null`: whoever is at the other end.
 */
export function createPageLine(
  options: PageLineOptions,
): (caller: Caller, path: string, party: string | null) => void {
  const { connections, answer, refuse } = options;
  const lane = createLane(MAX_PAGES_A_TURN, MAX_WAITING);
  return (caller, path, party) => {
    const { request, response, connection } = caller;
    if (!isPage(path)) {
      answer(caller);
      return;
    }
    const leave = lane.enter(
      party ?? connection.party,
      () => {
        if (!request.socket.destroyed) answer(caller);
      },
      () => refuse(caller, 503),
    );
    connections.whenOver(connection, response, leave);
  };
}
