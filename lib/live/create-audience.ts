import type { Timer, Timers } from '#lib/flow/timers.ts';

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

interface Viewer {
  controller: ReadableStreamDefaultController<Uint8Array>;
  /** It did not read fast enough: what it has is old, and all of it is due anew. */
  behind: boolean;
}

/** A viewer may lag by this much before it is given up on and sent all of it anew once it reads again. */
const VIEWER_BUFFER_BYTES = 256 * 1024;

/** How often a viewer hears something at least. */
export const BEAT_MS = 2_000;

/**
 * A slow viewer costs its own small buffer and nobody's time.
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
  let next: Timer | null = null;
  let closed = false;

  function send(bytes: Uint8Array): void {
    for (const viewer of viewers) {
      if (viewer.behind) continue;
      if ((viewer.controller.desiredSize ?? 0) <= 0) viewer.behind = true;
      else viewer.controller.enqueue(bytes);
    }
  }

  function scheduleBeat(): void {
    if (next || viewers.size === 0 || closed) return;
    next = timers.setTimer(BEAT_MS, () => {
      next = null;
      send(beat());
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
            for (const bytes of first()) controller.enqueue(bytes);
            viewers.add(viewer);
            signal.addEventListener('abort', endAndClose);
            scheduleBeat();
          },
          pull(controller) {
            if (!viewer?.behind) return;
            viewer.behind = false;
            for (const bytes of anew()) controller.enqueue(bytes);
          },
          cancel: end,
        },
        new ByteLengthQueuingStrategy({ highWaterMark: VIEWER_BUFFER_BYTES }),
      );
    },
    size: () => viewers.size,
    close() {
      closed = true;
      stopBeat();
      for (const viewer of viewers) closeQuietly(viewer);
      viewers.clear();
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
