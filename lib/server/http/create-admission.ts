import type { ServerResponse } from 'node:http';
import { answerSignIn, SIGN_IN_PATHS, type SignInAnswer } from '#lib/server/access/answer-sign-in.ts';
import type { Gate } from '#lib/server/access/gate.ts';
import { getGate } from '#lib/server/access/get-gate.ts';
import { guardRequest, NONCE_HEADER, type Verdict } from '#lib/server/access/guard-request.ts';
import { toVisitorAt } from '#lib/server/access/to-visitor.ts';
import type { Visitor } from '#lib/server/access/visitor.ts';
import type { Caller, Connections } from './create-connections.ts';
import type { createCredentials } from './create-credentials.ts';
import type { createGuests } from './create-guests.ts';
import { type createPageLine, isPage } from './create-page-line.ts';
import type { createPlaces } from './create-places.ts';
import * as limits from './limits.ts';
import { forgetRoute, leadElsewhere } from './stamp-address.ts';
import { toCredential } from './to-credential.ts';

type Pass = Extract<Verdict, { kind: 'pass' }>;

interface AdmissionOptions {
  connections: Connections;
  credentials: ReturnType<typeof createCredentials>;
  places: ReturnType<typeof createPlaces>;
  guests: ReturnType<typeof createGuests>;
  /** Puts a request for a page in its line. */
  begin: ReturnType<typeof createPageLine>;
  answer(caller: Caller): void;
  refuse(caller: Caller, statusCode: 429 | 503): void;
  failed(caller: Caller, error: unknown): void;
}

/**
 * Weighs who has sent a request: answers whoever may not come in, and lets all others on to their route, as many at a time
 * as may be for whoever they count for.
 *
 * @returns `shown`: the credentials of the request; `done`: it was weighed, and whoever waits may be next
 */
export function createAdmission(
  options: AdmissionOptions,
): (caller: Caller, shown: readonly string[], done: () => void) => void {
  const { connections, credentials, places, guests, begin, answer, refuse, failed } = options;

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

  return weigh;
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
