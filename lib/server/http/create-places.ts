import { type Bulkhead, createBulkhead, type Ticket } from './create-bulkhead.ts';
import type { Caller, Connections } from './create-connections.ts';
import { createFairQueue } from './create-fair-queue.ts';
import * as limits from './limits.ts';

/** What there is only so much of at a time, whoever asks for it. */
export interface Places {
  /**
   * Runs `work` once there is a place of this kind, unless nobody waits for it any more.
   *
   * @param party whom it counts for; the address at the other end, where nothing else is known
   */
  enter(kind: PlaceKind, caller: Caller, work: () => void, party?: string): Ticket;
}

/**
 * - `unsealed` cookies that are opened
 * - `open` pages where everybody is let in, `openData` everything else there
 * - `pages`, `files` of strangers
 */
export type PlaceKind = keyof typeof MAX_AT_ONCE;

const MAX_AT_ONCE = {
  unsealed: limits.MAX_UNSEALED_AT_ONCE,
  open: limits.MAX_OPEN_AT_ONCE,
  openData: limits.MAX_OPEN_AT_ONCE,
  pages: limits.MAX_STRANGERS_AT_ONCE,
  files: limits.MAX_FILES_OF_STRANGERS,
};

/** @param refuse called in the place of `work` where too many wait */
export function createPlaces(
  connections: Pick<Connections, 'whenOver'>,
  refuse: (caller: Caller, statusCode: 503) => void,
): Places {
  const toBulkhead = (kind: PlaceKind) =>
    createBulkhead(MAX_AT_ONCE[kind], createFairQueue(limits.MAX_WAITING));
  const places: Readonly<Record<PlaceKind, Bulkhead>> = {
    unsealed: toBulkhead('unsealed'),
    open: toBulkhead('open'),
    openData: toBulkhead('openData'),
    pages: toBulkhead('pages'),
    files: toBulkhead('files'),
  };
  return {
    enter(kind, caller, work, party = caller.connection.party) {
      const { request, response, connection } = caller;
      const ticket = places[kind].enter(
        party,
        () => {
          if (!request.socket.destroyed) work();
        },
        () => refuse(caller, 503),
      );
      connections.whenOver(connection, response, ticket.release);
      return ticket;
    },
  };
}
