import { encodeJson } from './encode-json.ts';
import { toJsonInTurns } from './to-json-in-turns.ts';

const encoder = new TextEncoder();

/** A JSON answer that nobody keeps: what it says is true now. A large one is written while it is sent. */
export function toJson(body: unknown, status = 200): Response {
  return toJsonInTurns(toBytes(encodeJson(body)), status);
}

function* toBytes(pieces: Iterable<string>): Generator<Uint8Array, void> {
  for (const piece of pieces) yield encoder.encode(piece);
}

/** 404 says "gone": only once the swarm was read can that be known. Before it, 503. */
export function notFound(message: string, ready: boolean): Response {
  return ready ? toJson({ error: message }, 404) : toJson({ error: 'The swarm was not read yet.' }, 503);
}
