import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { encodeMessage, parseEventId } from '#lib/wire/encode-message.ts';
import { WIRE_VERSION } from '#lib/wire/message.ts';
import type { LiveTimers } from './live-timers.ts';
import type { PictureUpdate } from './picture-update.ts';

const BEAT_MS = 2_000;
/** A viewer may lag by this much before it is given up on and sent a fresh snapshot once it reads again. */
const VIEWER_BUFFER_BYTES = 256 * 1024;
/** Events that a viewer is sent when it comes. */
const GREETING_EVENTS = 20;
/** Frames kept for viewers that resume. */
const KEPT_FRAMES = 1_000;
const KEPT_BYTES = 4 * 1024 * 1024;

export interface Hub {
  /** Sends an update to every viewer: encoded once, and none is waited for. */
  publish(update: PictureUpdate): void;
  /** Sends what happened, newest first, in the same way. */
  publishEvents(events: SwarmEvent[]): void;
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
export function createHub(options: {
  epoch: string;
  build: string;
  timers: LiveTimers;
  picture(): SwarmPicture;
  /** The newest events, newest first. */
  recentEvents(): readonly SwarmEvent[];
  revision(): number;
}): Hub {
  const { epoch, build, timers } = options;
  const viewers = new Set<Viewer>();
  let kept: { from: number; bytes: Uint8Array }[] = [];
  let keptBytes = 0;
  let snapshot: { revision: number; atMs: number; bytes: Uint8Array } | null = null;
  let greeting: { events: readonly SwarmEvent[]; bytes: Uint8Array } | null = null;
  let beat: { cancel(): void } | null = null;
  let closed = false;

  /**
   * What a viewer begins with. Of two pictures of one revision viewers see no difference, so it is encoded once; when
   * that was a while ago a beat tells that it is still true.
   */
  function snapshotFrames(): Uint8Array[] {
    if (snapshot?.revision !== options.revision()) {
      const picture = options.picture();
      const bytes = encodeMessage({ kind: 'snapshot', wire: WIRE_VERSION, build, epoch, picture }, epoch);
      snapshot = { revision: picture.revision, atMs: picture.atMs, bytes };
    }
    return timers.nowMs() - snapshot.atMs > BEAT_MS ? [snapshot.bytes, beatBytes()] : [snapshot.bytes];
  }

  function beatBytes(): Uint8Array {
    return encodeMessage({ kind: 'beat', atMs: timers.nowMs(), revision: options.revision() }, epoch);
  }

  function send(viewer: Viewer, bytes: Uint8Array): void {
    if (viewer.behind) return;
    if ((viewer.controller.desiredSize ?? 0) <= 0) viewer.behind = true;
    else viewer.controller.enqueue(bytes);
  }

  /** The newest events for who comes, and what they follow on. */
  function greetingBytes(): Uint8Array | null {
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
  }

  function scheduleBeat(): void {
    if (beat || viewers.size === 0 || closed) return;
    beat = timers.setTimer(BEAT_MS, () => {
      beat = null;
      const bytes = beatBytes();
      for (const viewer of viewers) send(viewer, bytes);
      scheduleBeat();
    });
  }

  function keep(from: number, bytes: Uint8Array): void {
    kept.push({ from, bytes });
    keptBytes += bytes.byteLength;
    while (kept.length > KEPT_FRAMES || (keptBytes > KEPT_BYTES && kept.length > 1)) {
      keptBytes -= kept.shift()?.bytes.byteLength ?? 0;
    }
  }

  /** The frames after the revision a viewer has; `null` when they are not all here any more. */
  function framesSince(lastEventId: string | null): Uint8Array[] | null {
    const id = parseEventId(lastEventId);
    if (id?.epoch !== epoch) return null;
    if (id.revision === options.revision()) return [];
    const first = kept.findIndex((frame) => frame.from === id.revision);
    return first < 0 ? null : kept.slice(first).map((frame) => frame.bytes);
  }

  return {
    publish({ from, picture, changes }) {
      const bytes = encodeMessage(
        { kind: 'changes', from, to: picture.revision, atMs: picture.atMs, changes },
        epoch,
      );
      keep(from, bytes);
      for (const viewer of viewers) send(viewer, bytes);
    },
    publishEvents(events) {
      if (viewers.size === 0) return;
      const before = options.recentEvents()[events.length]?.id ?? null;
      const bytes = encodeMessage({ kind: 'events', atMs: timers.nowMs(), before, events }, epoch);
      for (const viewer of viewers) send(viewer, bytes);
    },
    open(lastEventId, signal) {
      let viewer: Viewer | null = null;
      const end = () => {
        if (!viewer || !viewers.delete(viewer)) return;
        signal.removeEventListener('abort', endAndClose);
        if (viewers.size === 0) {
          beat?.cancel();
          beat = null;
        }
      };
      const endAndClose = () => {
        end();
        try {
          viewer?.controller.close();
        } catch {
          // Already closed or cancelled: both sides of a disconnect fire.
        }
      };
      return new ReadableStream<Uint8Array>(
        {
          start(controller) {
            viewer = { controller, behind: false };
            if (closed || signal.aborted) return controller.close();
            const missed = framesSince(lastEventId);
            // Who resumes hears at once that it is up to date.
            for (const bytes of missed === null ? snapshotFrames() : [...missed, beatBytes()])
              controller.enqueue(bytes);
            const events = greetingBytes();
            if (events) controller.enqueue(events);
            viewers.add(viewer);
            signal.addEventListener('abort', endAndClose);
            scheduleBeat();
          },
          pull(controller) {
            if (!viewer?.behind) return;
            viewer.behind = false;
            for (const bytes of snapshotFrames()) controller.enqueue(bytes);
          },
          cancel: end,
        },
        new ByteLengthQueuingStrategy({ highWaterMark: VIEWER_BUFFER_BYTES }),
      );
    },
    viewers: () => viewers.size,
    close() {
      closed = true;
      beat?.cancel();
      beat = null;
      for (const viewer of viewers) {
        try {
          viewer.controller.close();
        } catch {
          // Cancelled in the same moment.
        }
      }
      viewers.clear();
      kept = [];
    },
  };
}
