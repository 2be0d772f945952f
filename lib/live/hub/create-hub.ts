import type { Timers } from '#lib/flow/timers.ts';
import type { PictureUpdate } from '#lib/live/picture-update.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { encodeMessage, parseEventId } from '#lib/wire/encode-message.ts';
import { createAudience } from './create-audience.ts';
import { createFirstFrames, type FirstFramesOptions } from './create-first-frames.ts';
import { BYTES_MAX, createKeptFrames } from './create-kept-frames.ts';

/** More changes at once than this are some MB. */
const MANY_CHANGES = 5_000;
/** Who missed more than a snapshot holds is better served with one, but for those that are this small. */
const KEPT_MIN_BYTES = 256 * 1024;

export interface Hub {
  /** Sends an update to every viewer: encoded once, and none is waited for. */
  publish(update: PictureUpdate): void;
  /** Sends what happened, newest first, in the same way. */
  publishEvents(events: SwarmEvent[]): void;
  /** Sends which incidents last, as `openIncidents` says by now. */
  publishIncidents(): void;
  /** One viewer's stream. Ends with `signal`, with the reader's cancel, or with `close()`: whichever comes first. */
  open(lastEventId: string | null, signal: AbortSignal): ReadableStream<Uint8Array>;
  viewers(): number;
  close(): void;
}

/**
 * Fans the picture out to viewers. A slow one costs its own small buffer and nobody's time.
 */
export function createHub(options: Omit<FirstFramesOptions, 'timers'> & { timers: Timers }): Hub {
  const { epoch, timers } = options;
  const first = createFirstFrames(options);
  const kept = createKeptFrames(undefined, () =>
    Math.min(BYTES_MAX, Math.max(KEPT_MIN_BYTES, first.snapshotBytes())),
  );

  const audience = createAudience({
    timers,
    anew: () => [...first.snapshot(), first.incidents()].filter((bytes) => bytes !== null),
    beat: first.beat,
  });

  /** What a viewer that comes is sent. Who resumes is sent at once that it is up to date. */
  function framesFor(lastEventId: string | null): Uint8Array[] {
    const missed = framesSince(lastEventId);
    const frames = missed === null ? first.snapshot() : [...missed, first.beat()];
    // Not before the picture: what is decided for that may be an event.
    return [...frames, first.events(), first.incidents()].filter((bytes) => bytes !== null);
  }

  /** The frames after the revision a viewer has; `null` when they are not all here any more. */
  function framesSince(lastEventId: string | null): Uint8Array[] | null {
    const id = parseEventId(lastEventId);
    if (id?.epoch !== epoch) return null;
    return id.revision === options.revision() ? [] : kept.since(id.revision);
  }

  return {
    publish({ from, picture, changes }) {
      first.outdate();
      if (audience.size() === 0 && changes.length > MANY_CHANGES) {
        // Who comes back is better served with a snapshot; encoding a whole swarm for nobody takes half a second.
        kept.clear();
        return;
      }
      const bytes = encodeMessage(
        { kind: 'changes', from, to: picture.revision, atMs: timers.nowMs(), changes },
        epoch,
      );
      kept.add(from, bytes);
      audience.send(bytes);
    },
    publishEvents(events) {
      if (audience.size() === 0) return;
      const before = options.recentEvents()[events.length]?.id ?? null;
      const bytes = encodeMessage({ kind: 'events', atMs: timers.nowMs(), before, events }, epoch);
      audience.send(bytes);
    },
    publishIncidents() {
      if (audience.size() === 0) return;
      const bytes = first.incidents();
      if (bytes !== null) audience.send(bytes);
    },
    open: (lastEventId, signal) => audience.open(() => framesFor(lastEventId), signal),
    viewers: audience.size,
    close() {
      audience.close();
      kept.clear();
    },
  };
}
