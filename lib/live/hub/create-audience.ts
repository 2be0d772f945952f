import type { Timer, Timers } from '#lib/flow/timers.ts';
import { createBeginnings } from './create-beginnings.ts';
import {
  closeQuietly,
  createViewer,
  enqueue,
  toQueuedBytes,
  VIEWER_BUFFER_BYTES,
  type Viewer,
} from './viewer.ts';

/** Viewers of one stream, to whom the same bytes are sent. */
export interface Audience {
  /** Sends bytes to every viewer; none is waited for. */
  send(bytes: Uint8Array): void;
  /**
   * One viewer's stream. Ends with `signal`, with the reader's cancel, or with `close()`: whichever comes first.
   *
   * @param first what it begins with
   */
  open(first: () => Uint8Array[], signal: AbortSignal): ReadableStream<Uint8Array>;
  size(): number;
  close(): void;
}

/** How often a viewer hears something at least. */
const BEAT_MS = 2_000;

/**
 * A slow viewer costs its own small buffer and nobody's time. Who comes while too much is unread waits until others have
 * read what they began with, but for who comes back and missed little.
 *
 * @param anew what is sent to one who fell behind
 * @param beat what is sent every two seconds, while somebody looks
 */
export function createAudience({
  timers,
  anew,
  beat,
}: {
  timers: Timers;
  anew(): Uint8Array[];
  beat(): Uint8Array;
}): Audience {
  const viewers = new Set<Viewer>();
  const beginnings = createBeginnings(anew);
  let next: Timer | null = null;
  let closed = false;

  function send(bytes: Uint8Array): void {
    for (const viewer of viewers) {
      if (viewer.behind) continue;
      if (viewer.due.length > 0) beginnings.add(viewer, bytes);
      else if (toQueuedBytes(viewer) >= VIEWER_BUFFER_BYTES) viewer.behind = true;
      else enqueue(viewer, bytes);
    }
  }

  /** @returns `false`: it had left */
  function leave(viewer: Viewer): boolean {
    beginnings.leave(viewer);
    return viewers.delete(viewer);
  }

  function admit(): void {
    if (closed) return;
    for (const ended of beginnings.admit()) {
      leave(ended);
      closeQuietly(ended);
    }
  }

  function scheduleBeat(): void {
    if (next || viewers.size === 0 || closed) return;
    next = timers.setTimer(BEAT_MS, () => {
      next = null;
      send(beat());
      beginnings.beat();
      admit();
      scheduleBeat();
    });
  }

  function stopBeat(): void {
    next?.cancel();
    next = null;
  }

  return {
    send,
    open(first, signal) {
      let viewer: Viewer | null = null;
      const end = () => {
        if (!viewer || !leave(viewer)) return;
        signal.removeEventListener('abort', endAndClose);
        if (viewers.size === 0) stopBeat();
        admit();
      };
      const endAndClose = () => {
        end();
        if (viewer) closeQuietly(viewer);
      };
      return new ReadableStream<Uint8Array>(
        {
          start(controller) {
            if (closed || signal.aborted) return controller.close();
            viewer = createViewer(controller, first);
            viewers.add(viewer);
            beginnings.wait(viewer);
            admit();
            if (viewer.behind && !beginnings.beginSmall(viewer)) return void leave(viewer);
            if (viewer.behind) beginnings.greet(viewer);
            signal.addEventListener('abort', endAndClose);
            scheduleBeat();
          },
          pull() {
            if (!viewer) return;
            viewer.wants = true;
            beginnings.settle(viewer);
            admit();
            if (viewer.wants) beginnings.passOn(viewer);
          },
          cancel: end,
        },
        // What it did not ask for is not handed out.
        { highWaterMark: 0, size: (bytes) => bytes.byteLength },
      );
    },
    size: () => viewers.size,
    close() {
      closed = true;
      stopBeat();
      for (const viewer of viewers) {
        leave(viewer);
        closeQuietly(viewer);
      }
    },
  };
}
