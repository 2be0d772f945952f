import type { FleetEvent, FleetPicture, FleetSwarm } from '#lib/model/contract/fleet.ts';

/**
 * What `GET /api/fleet/stream` sends, one SSE event each, named by `kind`. Nothing is resumed: whoever comes, or comes back,
 * is sent all of it. `wire` and `build` are as in the stream of one swarm.
 */
export type FleetMessage =
  | { kind: 'fleet'; wire: number; build: string; epoch: string; fleet: FleetPicture }
  /** One of them, as a whole, in the place of what was known of it, at most twice a second. */
  | { kind: 'swarm'; atMs: number; revision: number; swarm: FleetSwarm }
  /** It is not there any more for whoever looks. */
  | { kind: 'swarm-gone'; atMs: number; revision: number; name: string }
  /** What happened, newest first. */
  | { kind: 'events'; atMs: number; events: FleetEvent[] }
  /** Nothing changed, and the server is alive. */
  | { kind: 'beat'; atMs: number; revision: number };

const encoder = new TextEncoder();

/** One server-sent event. JSON holds no raw line break. */
export function encodeFleetMessage(message: FleetMessage): Uint8Array {
  return encoder.encode(`event: ${message.kind}\ndata: ${JSON.stringify(message)}\n\n`);
}
