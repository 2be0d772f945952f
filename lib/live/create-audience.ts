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
  /** What it begins with, and what was sent since: as much of it as was not passed on yet. */
  due: Uint8Array[];
  /** So much of the first of these was. */
  passedBytes: number;
  /** So much more may be added to what it begins with. */
  roomBytes: number;
  /** It did not read fast enough: what it has is old, and all of it is due anew. */
  behind: boolean;
}

/** A viewer may lag by this much before it is given up on and sent all of it anew once it reads again. */
const VIEWER_BUFFER_BYTES = 256 * 1024;
/** The same while it reads what it begins with, where that is larger: all of it anew would take it as long again. */
const MAX_LAG_BYTES = 4 * 1024 * 1024;
/**
 * What it begins with is passed on as fast as it reads. All at once would wait in its connection, with a copy for each viewer:
 * some MB each, by which connections are weighed. A piece costs some 0.2 ms, so they are as large as that many viewers can have
 * them in their connections.
 */
const PIECE_BYTES = { min: 32 * 1024, max: 256 * 1024, ofAll: 8 * 1024 * 1024 };
/** What others than the newest viewer have not read yet, each byte counted once: beyond it whoever began first is ended. */
const MAX_DUE_BYTES = 64 * 1024 * 1024;

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
  /** Those that have not read yet what they begin with, whoever began first, first. */
  const beginning = new Set<Viewer>();
  const held = createHeldBytes();
  let next: Timer | null = null;
  let closed = false;

  function send(bytes: Uint8Array): void {
    for (const viewer of viewers) {
      if (viewer.behind) continue;
      if (viewer.due.length > 0) addToDue(viewer, bytes);
      else if ((viewer.controller.desiredSize ?? 0) <= 0) viewer.behind = true;
      else viewer.controller.enqueue(bytes);
    }
  }

  function begin(viewer: Viewer, frames: readonly Uint8Array[]): void {
    viewer.behind = false;
    viewer.due = [...frames];
    for (const bytes of frames) held.add(bytes);
    const firstBytes = frames.reduce((sum, { byteLength }) => sum + byteLength, 0);
    viewer.roomBytes = Math.min(MAX_LAG_BYTES, Math.max(VIEWER_BUFFER_BYTES, firstBytes));
    beginning.add(viewer);
    passOn(viewer);
    for (const first of beginning) {
      if (held.bytes() - firstBytes <= MAX_DUE_BYTES) break;
      leave(first);
      closeQuietly(first);
    }
  }

  function addToDue(viewer: Viewer, bytes: Uint8Array): void {
    viewer.roomBytes -= bytes.byteLength;
    viewer.behind = viewer.roomBytes < 0;
    if (viewer.behind) return;
    viewer.due.push(bytes);
    held.add(bytes);
  }

  /** As much as it has room for. */
  function passOn(viewer: Viewer): void {
    const { controller, due } = viewer;
    const pieceBytes = toPieceBytes(beginning.size);
    for (let first = due[0]; first !== undefined && (controller.desiredSize ?? 0) > 0; first = due[0]) {
      const left = due.length;
      controller.enqueue(takePiece(viewer, first, pieceBytes));
      if (due.length < left) held.release(first);
    }
    if (due.length === 0) beginning.delete(viewer);
  }

  /** @returns `false`: it had left */
  function leave(viewer: Viewer): boolean {
    for (const bytes of viewer.due) held.release(bytes);
    viewer.due = [];
    beginning.delete(viewer);
    return viewers.delete(viewer);
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
        if (!viewer || !leave(viewer)) return;
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
            viewer = { controller, due: [], passedBytes: 0, roomBytes: 0, behind: false };
            if (closed || signal.aborted) return controller.close();
            // Before it is one of them: to draw it may be a change, which is in it by then.
            const frames = first();
            viewers.add(viewer);
            begin(viewer, frames);
            signal.addEventListener('abort', endAndClose);
            scheduleBeat();
          },
          pull() {
            if (!viewer) return;
            if (viewer.behind && viewer.due.length === 0) begin(viewer, anew());
            else passOn(viewer);
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
      for (const viewer of viewers) {
        leave(viewer);
        closeQuietly(viewer);
      }
    },
  };
}

function toPieceBytes(viewers: number): number {
  const { min, max, ofAll } = PIECE_BYTES;
  return Math.max(min, Math.min(max, Math.floor(ofAll / viewers)));
}

/** The next of the first that is due to it. A piece is a copy: a part of a snapshot would keep all of it. */
function takePiece(viewer: Viewer, first: Uint8Array, pieceBytes: number): Uint8Array {
  const from = viewer.passedBytes;
  const isLast = first.byteLength - from <= pieceBytes;
  viewer.passedBytes = isLast ? 0 : from + pieceBytes;
  if (isLast) viewer.due.shift();
  return from === 0 && isLast ? first : first.slice(from, from + pieceBytes);
}

/** How much is in all of these together, each counted once. */
function createHeldBytes() {
  const holders = new Map<Uint8Array, number>();
  let sum = 0;
  return {
    add(bytes: Uint8Array): void {
      const before = holders.get(bytes) ?? 0;
      if (before === 0) sum += bytes.byteLength;
      holders.set(bytes, before + 1);
    },
    release(bytes: Uint8Array): void {
      const after = (holders.get(bytes) ?? 0) - 1;
      if (after > 0) holders.set(bytes, after);
      else if (holders.delete(bytes)) sum -= bytes.byteLength;
    },
    bytes: () => sum,
  };
}

function closeQuietly({ controller }: Viewer): void {
  try {
    controller.close();
  } catch {
    // Already closed or cancelled: both sides of a disconnect fire.
  }
}
