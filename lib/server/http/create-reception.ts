import type { ServerResponse } from 'node:http';
import { answerSignIn, SIGN_IN_PATHS, type SignInAnswer } from '#lib/server/access/answer-sign-in.ts';
import type { Gate } from '#lib/server/access/gate.ts';
import { getGate } from '#lib/server/access/get-gate.ts';
import {
  GUARDED_HEADERS,
  guardRequest,
  NONCE_HEADER,
  type Verdict,
} from '#lib/server/access/guard-request.ts';
import { toVisitorAt } from '#lib/server/access/to-visitor.ts';
import type { Visitor } from '#lib/server/access/visitor.ts';
import type { Caller, Connections } from './create-connections.ts';
import { createCredentials } from './create-credentials.ts';
import { createGuests } from './create-guests.ts';
import { createLane } from './create-lane.ts';
import { createPageLine, isPage } from './create-page-line.ts';
import { createPlaces } from './create-places.ts';
import * as limits from './limits.ts';
import { forgetRoute, leadElsewhere } from './stamp-address.ts';
import { toCredential, toCredentials } from './to-credential.ts';

type Pass = Extract<Verdict, { kind: 'pass' }>;

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

  function weigh(caller: Caller, shown: readonly string[], done: () => void): void {
    const gate = getGate();
    const { request, response, connection } = caller;
    if (gate === null) {
      refuse(caller, 503);
      return;
    }
    const url = request.url ?? '/';
    connection.isWeighed = true;
    connections.whenOver(connection, response, () => {
      connection.isWeighed = false;
    });
    const visitor = toVisitorAt(request);
    const query = url.slice(visitor.path.length);
    guardRequest(gate, visitor, query, done).then(
      (verdict) => {
        done();
        if (request.socket.destroyed) return;
        if (verdict.kind === 'answer') {
          for (const credential of shown) credentials.forget(credential);
          send(response, verdict);
          return;
        }
        const path = verdict.elsewhere ?? visitor.path;
        if (verdict.elsewhere !== null) leadElsewhere(request, response, verdict.elsewhere, query);
        if (SIGN_IN_PATHS.has(path))
          signIn(caller, gate, { visitor, query, verdict }).catch((error) => failed(caller, error));
        else pass(caller, gate, verdict, path);
      },
      (error) => {
        done();
        failed(caller, error);
      },
    );
  }

  /** On to its route, as soon as whoever it counts for may have one more. */
  function pass(caller: Caller, gate: Gate, verdict: Pass, path: string): void {
    const { level, stamps, headers, shown, holder, pair } = verdict;
    const { request, response, connection } = caller;
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    Object.assign(request.headers, stamps);
    if (level === 'none') {
      places.enter('pages', caller, () => answer(caller));
      return;
    }
    connections.admit(connection, holder);
    if (gate.config.mode.kind === 'none') {
      const greeting = guests.greet(caller, path);
      if (greeting !== null) response.setHeader('set-cookie', greeting);
      const kind = isPage(path) ? 'open' : 'openData';
      const start = () => {
        connection.isAnswered = true;
        begin(caller, path, pair);
      };
      const ticket = places.enter(kind, caller, start, guests.partyOf(caller));
      response.once('head', ticket.release);
      return;
    }
    if (shown !== null) credentials.admit(toCredential(shown));
    const max = level === 'wall' ? limits.MAX_OF_WALL_TOKEN : limits.MAX_OF_HOLDER;
    const end = holder === null ? () => {} : credentials.begin(holder, max);
    if (end === null) {
      refuse(caller, 429);
      return;
    }
    connections.whenOver(connection, response, end);
    begin(caller, path, pair);
  }

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

async function signIn(
  { request, response }: Caller,
  gate: Gate,
  { visitor, query, verdict }: { visitor: Visitor; query: string; verdict: Pass },
): Promise<void> {
  const { account, stamps, headers } = verdict;
  const body = String(request.read() ?? '');
  const nonce = stamps[NONCE_HEADER] ?? '';
  const answer = await answerSignIn(gate, { visitor, query, body, account, nonce });
  send(response, { ...answer, headers: { ...headers, ...answer.headers } });
}

function send(response: ServerResponse, { statusCode, headers, body }: SignInAnswer): void {
  forgetRoute(response);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.setHeader('content-length', Buffer.byteLength(body));
  response.statusCode = statusCode;
  response.end(body);
}
