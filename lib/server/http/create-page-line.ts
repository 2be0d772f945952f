import { setFairTimer } from '#lib/flow/set-fair-timer.ts';
import { createBulkhead } from './create-bulkhead.ts';
import type { Caller, Connections } from './create-connections.ts';
import { createLane } from './create-lane.ts';
import { createPairQueue, type Pair } from './create-pair-queue.ts';
import {
  MAX_PAGES_A_TURN,
  MAX_PAGES_AT_ONCE,
  MAX_PAGES_WAITING,
  PAGE_PLACE_MS,
  PAGE_WAIT_MS,
} from './limits.ts';

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
 * Answers data at once, and has few pages drawn at a time, which begin one after the other: of those that begin in one turn
 * each step of drawing is a step of all of them in one piece, for which everybody else waits. People take turns, and so do
 * their addresses: whoever asks for a thousand pages waits for them, and nobody else does, in however many sessions or by
 * however many names; of too many that wait the newest of whoever has most are asked to come again.
 */
export function createPageLine(options: PageLineOptions): (caller: Caller, path: string, pair: Pair) => void {
  const { connections, answer, refuse } = options;
  const drawing = createBulkhead(MAX_PAGES_AT_ONCE, createPairQueue<() => void>(MAX_PAGES_WAITING));
  const lane = createLane(MAX_PAGES_A_TURN, MAX_PAGES_AT_ONCE + MAX_PAGES_WAITING);
  return (caller, path, pair) => {
    const { request, response, connection } = caller;
    if (!isPage(path)) {
      answer(caller);
      return;
    }
    let place: ReturnType<typeof setFairTimer> | null = null;
    let leave = () => {};
    const over = () => {
      place?.cancel();
      leave();
      ticket.release();
    };
    const late = setTimeout(() => {
      over();
      refuse(caller, 503);
    }, PAGE_WAIT_MS);
    const begin = () => {
      clearTimeout(late);
      if (request.socket.destroyed) return over();
      place = setFairTimer(PAGE_PLACE_MS, over);
      response.once('drawn', over);
      response.once('slow', over);
      answer(caller);
    };
    const turnAway = () => {
      clearTimeout(late);
      refuse(caller, 503);
    };
    const ticket = drawing.enter(
      pair,
      () => {
        leave = lane.enter(pair.who, begin, turnAway);
      },
      turnAway,
    );
    connections.whenOver(connection, response, () => {
      clearTimeout(late);
      over();
    });
  };
}
