import type { Change } from '#lib/model/change.ts';
import type { SwarmPicture } from '#lib/model/picture.ts';

/** Version of the stream's messages. A page that meets another one reloads itself. */
export const WIRE_VERSION = 1;

/**
 * What `GET /api/stream` sends, one SSE event each, named by `kind`. The SSE id of `snapshot` and `changes` is
 * `<epoch>-<revision>`: the epoch is one life of the server.
 */
export type Message =
  | { kind: 'snapshot'; wire: number; build: string; epoch: string; picture: SwarmPicture }
  /** Turns revision `from` into revision `to`. A viewer at another revision ignores it and asks for a snapshot. */
  | { kind: 'changes'; from: number; to: number; atMs: number; changes: Change[] }
  /** Nothing changed, and the server is alive: our clock, the revision it is at. */
  | { kind: 'beat'; atMs: number; revision: number };
