import type { Timer, Timers } from '#lib/flow/timers.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { encodeMessage, parseEventId } from '#lib/wire/encode-message.ts';
import { createFirstFrames, type FirstFramesOptions } from './create-first-frames.ts';
import { BYTES_MAX, createKeptFrames } from './create-kept-frames.ts';
import type { PictureUpdate } from './picture-update.ts';

const BEAT_MS = 2_000;
/** A viewer may lag by this much before it is given up on and sent a fresh snapshot once it reads again. */
const VIEWER_BUFFER_BYTES = 256 * 1024;
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

interface Viewer {
  controller: ReadableStreamDefaultController<Uint8Array>;
  /** It did not read fast enough: what it has is old, and a snapshot is due. */
  behind: boolean;
}

/**
 * Fans the picture out to viewers. A slow one costs its own small buffer and nobody's time.
 */
export function createHub(options: Omit<FirstFramesOptions, 'timers'> & { timers: Timers }): Hub {
  const { epoch, timers } = options;
  const viewers = new Set<Viewer>();
  const first = createFirstFrames(options);
  const kept = createKeptFrames(undefined, () =>
    Math.min(BYTES_MAX, Math.max(KEPT_MIN_BYTES, first.snapshotBytes())),
  );
  let beat: Timer | null = null;
  let closed = false;

  function send(viewer: Viewer, bytes: Uint8Array): void {
    if (viewer.behind) return;
    if ((viewer.controller.desiredSize ?? 0) <= 0) viewer.behind = true;
    else viewer.controller.enqueue(bytes);
  }

  function scheduleBeat(): void {
    if (beat || viewers.size === 0 || closed) return;
    beat = timers.setTimer(BEAT_MS, () => {
      beat = null;
      const bytes = first.beat();
      for (const viewer of viewers) send(viewer, bytes);
      scheduleBeat();
    });
  }

  function stopBeat(): void {
    beat?.cancel();
    beat = null;
  }

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
      if (viewers.size === 0 && changes.length > MANY_CHANGES) {
        // Who comes back is better served with a snapshot; encoding a whole swarm for nobody takes half a second.
        kept.clear();
        return;
      }
      const bytes = encodeMessage(
        { kind: 'changes', from, to: picture.revision, atMs: timers.nowMs(), changes },
        epoch,
      );
      kept.add(from, bytes);
      for (const viewer of viewers) send(viewer, bytes);
    },
    publishEvents(events) {
      if (viewers.size === 0) return;
      const before = options.recentEvents()[events.length]?.id ?? null;
      const bytes = encodeMessage({ kind: 'events', atMs: timers.nowMs(), before, events }, epoch);
      for (const viewer of viewers) send(viewer, bytes);
    },
    publishIncidents() {
      if (viewers.size === 0) return;
      const bytes = first.incidents();
      if (bytes !== null) for (const viewer of viewers) send(viewer, bytes);
    },
    open(lastEventId, signal) {
      let viewer: Viewer | null = null;
      const end = () => {
        if (!viewer || !viewers.delete(viewer)) return;
        signal.removeEventListener('abort', endAndClose);
        if (viewers.size === 0) stopBeat();
      };
      const endAndClose = () => {
        end();
        if (viewer) closeQuietly(viewer);
      };
      return new ReadableStream<Uint8Array>(
        {
          start(controller) {
            viewer = { controller, behind: false };
            if (closed || signal.aborted) return controller.close();
            for (const bytes of framesFor(lastEventId)) controller.enqueue(bytes);
            viewers.add(viewer);
            signal.addEventListener('abort', endAndClose);
            scheduleBeat();
          },
          pull(controller) {
            if (!viewer?.behind) return;
            viewer.behind = false;
            for (const bytes of [...first.snapshot(), first.incidents()])
              if (bytes !== null) controller.enqueue(bytes);
          },
          cancel: end,
        },
        new ByteLengthQueuingStrategy({ highWaterMark: VIEWER_BUFFER_BYTES }),
      );
    },
    viewers: () => viewers.size,
    close() {
      closed = true;
      stopBeat();
      for (const viewer of viewers) closeQuietly(viewer);
      viewers.clear();
      kept.clear();
    },
  };
}

function closeQuietly({ controller }: Viewer): void {
  try {
    controller.close();
  } catch {
    // Already closed or cancelled: both sides of a disconnect fire.
  }
}
