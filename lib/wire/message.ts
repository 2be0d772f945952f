import type { Change } from '#lib/model/contract/change.ts';
import type { OpenIncidents } from '#lib/model/contract/incident.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';

/** Version of the stream's messages. A page that meets another one reloads itself. */
export const WIRE_VERSION = 3;

/**
 * What `GET /api/stream` sends, one SSE event each, named by `kind`. The SSE id of `snapshot` and `changes` is
 * `<epoch>-<revision>`: the epoch is one life of the server. `atMs` is our clock at that moment.
 */
export type Message =
  | { kind: 'snapshot'; wire: number; build: string; epoch: string; picture: SwarmPicture }
  /** Turns revision `from` into revision `to`. A viewer at another revision ignores it and asks for a snapshot. */
  | { kind: 'changes'; from: number; to: number; atMs: number; changes: Change[] }
  /**
   * What happened, newest first. A viewer that comes is sent the newest few, and then each as it happens. `before` is
   * the id of the one before the oldest of these, `null` when there is none or it is not known: whoever does not have
   * that one has missed some.
   */
  | { kind: 'events'; atMs: number; before: number | null; events: SwarmEvent[] }
  /** What lasts of incidents, whole, when one of them changed. A viewer that comes is sent it, too. */
  | ({ kind: 'incidents'; atMs: number } & OpenIncidents)
  /**
   * Nothing changed, and the server is alive: the revision it is at, and our clock when anything was last heard of the swarm,
   * which is another thing. One follows each snapshot.
   */
  | { kind: 'beat'; atMs: number; seenAtMs: number; revision: number };
