import type { Timers } from '#lib/flow/timers.ts';
import type { OpenIncidents } from '#lib/model/contract/incident.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { encodeMessage } from '#lib/wire/encode-message.ts';
import { WIRE_VERSION } from '#lib/wire/message.ts';

/** Events that a viewer is sent when it comes. */
const GREETING_EVENTS = 20;

/** What a viewer begins with, encoded once for all that come meanwhile. */
export interface FirstFrames {
  /** The whole picture, and when it was so. Of two pictures of one revision viewers see no other difference. */
  snapshot(): Uint8Array[];
  /** How large a snapshot was when one was last encoded. */
  snapshotBytes(): number;
  /** There is a new revision: the snapshot of the one before is of no use. */
  outdate(): void;
  /** That what was sent is still true. */
  beat(): Uint8Array;
  /** The newest events, and what they follow on; `null`: there are none. */
  events(): Uint8Array | null;
  /** The incidents that last; `null`: these viewers see none. */
  incidents(): Uint8Array | null;
}

export interface FirstFramesOptions {
  epoch: string;
  build: string;
  timers: Pick<Timers, 'nowMs'>;
  picture(): SwarmPicture;
  /** The newest events, newest first. */
  recentEvents(): readonly SwarmEvent[];
  /** Those that last; the same object while nothing of them changed. `null`: not for these viewers. */
  openIncidents(): OpenIncidents | null;
  revision(): number;
  /** Our clock, when anything was last heard of the swarm; costs nothing. */
  seenAtMs(): number;
}

export function createFirstFrames(options: FirstFramesOptions): FirstFrames {
  const { epoch, build, timers } = options;
  let kept: { revision: number; bytes: Uint8Array } | null = null;
  let snapshotBytes = 0;
  let greeting: { events: readonly SwarmEvent[]; bytes: Uint8Array } | null = null;
  let lasting: { of: OpenIncidents; bytes: Uint8Array } | null = null;

  function beat(): Uint8Array {
    const seenAtMs = options.seenAtMs();
    return encodeMessage(
      { kind: 'beat', atMs: timers.nowMs(), seenAtMs, revision: options.revision() },
      epoch,
    );
  }

  return {
    beat,
    snapshot() {
      if (kept?.revision !== options.revision()) {
        const picture = options.picture();
        const bytes = encodeMessage({ kind: 'snapshot', wire: WIRE_VERSION, build, epoch, picture }, epoch);
        kept = { revision: picture.revision, bytes };
        snapshotBytes = bytes.byteLength;
      }
      return [kept.bytes, beat()];
    },
    snapshotBytes: () => snapshotBytes,
    outdate() {
      kept = null;
    },
    events() {
      const events = options.recentEvents();
      if (events.length === 0) return null;
      if (greeting?.events !== events) {
        const message = {
          kind: 'events',
          atMs: timers.nowMs(),
          before: events[GREETING_EVENTS]?.id ?? null,
          events: events.slice(0, GREETING_EVENTS),
        } as const;
        greeting = { events, bytes: encodeMessage(message, epoch) };
      }
      return greeting.bytes;
    },
    incidents() {
      const open = options.openIncidents();
      if (open === null) return null;
      if (lasting?.of !== open) {
        const message = { kind: 'incidents', atMs: timers.nowMs(), ...open } as const;
        lasting = { of: open, bytes: encodeMessage(message, epoch) };
      }
      return lasting.bytes;
    },
  };
}
