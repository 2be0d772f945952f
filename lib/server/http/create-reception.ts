import { getGate } from '#lib/server/access/get-gate.ts';
import { GUARDED_HEADERS } from '#lib/server/access/guard-request.ts';
import { createAdmission } from './create-admission.ts';
import type { Caller, Connections } from './create-connections.ts';
import { createCredentials } from './create-credentials.ts';
import { createGuests } from './create-guests.ts';
import { createLane } from './create-lane.ts';
import { createPageLine } from './create-page-line.ts';
import { createPlaces } from './create-places.ts';
import * as limits from './limits.ts';
import { toCredentials } from './to-credential.ts';

export interface ReceptionOptions {
  connections: Connections;
  isFile(url: string): boolean;
  /** Something of the development server's own, which nobody is asked about. */
  isTool(url: string): boolean;
  /** Answers for a file, or has Next do it. */
  answer(caller: Caller): void;
  /** @param statusCode of what there is too much of */
  refuse(caller: Caller, statusCode: 429 | 503): void;
  failed(caller: Caller, error: unknown): void;
}

/**
 * Finds out who has sent a request, and answers whoever gets no further, at once and always in the same few bytes: Next
 * sees no stranger but for the few pages that are for them. Whoever was admitted lately is served at once; all others
 * wait for their turn, so however many strangers there are, no page waits for more than a few of them.
 */
export function createReception(options: ReceptionOptions): (caller: Caller) => void {
  const { connections, isFile, isTool, answer, refuse, failed } = options;
  const credentials = createCredentials();
  const strangers = createLane(limits.MAX_STRANGERS_A_TURN, limits.MAX_WAITING);
  const places = createPlaces(connections, refuse);
  const begin = createPageLine({ connections, answer, refuse });
  const guests = createGuests({ nowMs: () => performance.now(), wallMs: () => Date.now() });

  const weigh = createAdmission({ connections, credentials, places, guests, begin, answer, refuse, failed });

  return (caller) => {
    const { request, response, connection } = caller;
    for (const name of GUARDED_HEADERS) delete request.headers[name];
    if (isTool(request.url ?? '')) {
      answer(caller);
      return;
    }
    const isOpen = getGate()?.config.mode.kind === 'none';
    const shown = isOpen ? [] : toCredentials(request.headers);
    const isKnown = shown.some((credential) => credentials.isKnown(credential));
    if (isFile(request.url ?? '')) {
      // Browsers ask for fonts and the manifest without credentials, over the connection of a page.
      if (isKnown || (shown.length === 0 && connection.isAdmitted)) answer(caller);
      else places.enter('files', caller, () => answer(caller));
      return;
    }
    // What a trusted proxy says of who somebody is comes over its own connections.
    const isVouched = connection.isAdmitted && getGate()?.config.mode.kind === 'proxy';
    if (isKnown || isVouched) {
      weigh(caller, shown, () => {});
      return;
    }
    const leave = strangers.enter(
      isOpen ? guests.partyOf(caller) : connection.party,
      () => {
        if (request.socket.destroyed) return;
        if (isOpen || request.headers.cookie === undefined) weigh(caller, shown, () => {});
        else {
          const ticket = places.enter('unsealed', caller, () => weigh(caller, shown, () => ticket.release()));
        }
      },
      () => refuse(caller, 503),
    );
    connections.whenOver(connection, response, leave);
  };
}
