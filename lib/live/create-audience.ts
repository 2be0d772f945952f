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
  /** What it begins with, or begins anew with. */
  draw: () => Uint8Array[];
  /** What it begins with, and what was sent since: as much of it as was not passed on yet. */
  due: Uint8Array[];
  /** So much of the first of these was. */
  passedBytes: number;
  /** The piece that was passed on last, until it asks for more: till then it waits in its connection. */
  out: { of: Uint8Array; bytes: number } | null;
  /** So much more may be added to what it begins with. */
  roomBytes: number;
  /** It asked for more, and there was none. */
  wants: boolean;
  /** It has nothing yet, or did not read fast enough and what it has is old: all of it is due anew. */
  behind: boolean;
  /** What it took lately of what it begins with, and for how many beats that is not enough. */
  tookBytes: number;
  stillBeats: number;
}

/** A viewer may lag by this much before it is given up on and sent all of it anew once it reads again. */
const VIEWER_BUFFER_BYTES = 256 * 1024;
/** The same while it reads what it begins with, where that is larger: all of it anew would take it as long again. */
const MAX_LAG_BYTES = 4 * 1024 * 1024;
/**
 * What it begins with is passed on piece by piece, each when it asks for more: what waits in its connection is what connections
 * are weighed by. A piece costs some 0.2 ms, so they are large while little waits in all connections, and small in a crowd
 * that does not read.
 */
const PIECE_BYTES = { min: 16 * 1024, max: 256 * 1024, ofAll: 16 * 1024 * 1024 };
/** What may be unread of what viewers begin with, each byte counted once: who would add more to it waits. */
const MAX_DUE_BYTES = 64 * 1024 * 1024;
/** Who takes less than this much in 30 s makes room where others wait for it. */
const PACE = { bytes: 256 * 1024, beats: 15 };
/** A comment: who waits hears that the server is there. */
const WAIT = new TextEncoder().encode(': wait\n\n');

/** How often a viewer hears something at least. */
export const BEAT_MS = 2_000;

/**
 * A slow viewer costs its own small buffer and nobody's time. Who comes while too much is unread waits until others have
 * read what they began with.
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
    for (const still of closed ? [] : beginnings.admit()) {
      leave(still);
      closeQuietly(still);
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
            viewer = { ...NEW_VIEWER, controller, draw: first, due: [] };
            viewers.add(viewer);
            beginnings.wait(viewer);
            admit();
            if (viewer.behind) enqueue(viewer, WAIT);
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

const NEW_VIEWER = {
  passedBytes: 0,
  out: null,
  roomBytes: 0,
  wants: false,
  behind: true,
  tookBytes: 0,
  stillBeats: 0,
};

/** Those that have not read yet what they begin with, and those that wait until there is room for that. */
function createBeginnings(anew: () => Uint8Array[]) {
  const waiting = new Set<Viewer>();
  /** Whoever began first, first. */
  const beginning = new Set<Viewer>();
  const held = createHeldBytes();
  /** So much the first of those that wait would add, as far as it was tried. */
  let neededBytes = 0;
  let outBytes = 0;

  /** A beginning that is larger than all of it together waits for half. */
  const hasRoom = (bytes: number) => held.bytes() + Math.min(bytes, MAX_DUE_BYTES / 2) <= MAX_DUE_BYTES;

  /** Those that begin with the same as another add little: for them there is always room. */
  function tryBegin(viewer: Viewer): void {
    // Before anything is sent to it: to draw it may be a change, which is in it by then.
    const frames = viewer.draw();
    const newBytes = held.missingBytes(frames);
    neededBytes = newBytes <= VIEWER_BUFFER_BYTES || hasRoom(newBytes) ? 0 : newBytes;
    if (neededBytes > 0) return;
    waiting.delete(viewer);
    for (const bytes of frames) held.add(bytes);
    const firstBytes = frames.reduce((sum, { byteLength }) => sum + byteLength, 0);
    viewer.roomBytes = Math.min(MAX_LAG_BYTES, Math.max(VIEWER_BUFFER_BYTES, firstBytes));
    Object.assign(viewer, { due: [...frames], draw: anew, behind: false, tookBytes: 0, stillBeats: 0 });
    beginning.add(viewer);
    if (viewer.wants) passOn(viewer);
  }

  /** One piece, if there is one. A piece is a part of what it begins with, which is counted until it asks for more. */
  function passOn(viewer: Viewer): void {
    const first = viewer.due[0];
    if (first === undefined) return;
    const from = viewer.passedBytes;
    const bytes = Math.min(first.byteLength - from, toPieceBytes(outBytes));
    const isLast = from + bytes === first.byteLength;
    viewer.passedBytes = isLast ? 0 : from + bytes;
    if (isLast) viewer.due.shift();
    else held.add(first);
    viewer.out = { of: first, bytes };
    outBytes += bytes;
    viewer.tookBytes += bytes;
    if (viewer.tookBytes >= PACE.bytes) Object.assign(viewer, { tookBytes: 0, stillBeats: 0 });
    enqueue(viewer, first.subarray(from, from + bytes));
  }

  /** It has what was passed on last. */
  function settle(viewer: Viewer): void {
    if (viewer.out !== null) {
      held.release(viewer.out.of);
      outBytes -= viewer.out.bytes;
      viewer.out = null;
    }
    if (viewer.due.length > 0) return;
    beginning.delete(viewer);
    if (viewer.behind) waiting.add(viewer);
  }

  function leave(viewer: Viewer): void {
    for (const bytes of viewer.due) held.release(bytes);
    viewer.due = [];
    viewer.behind = false;
    settle(viewer);
    waiting.delete(viewer);
  }

  function tryOrFail(viewer: Viewer): Viewer | null {
    try {
      tryBegin(viewer);
      return null;
    } catch (error) {
      viewer.controller.error(error);
      return viewer;
    }
  }

  const findStill = () => [...beginning].find(({ stillBeats }) => stillBeats >= PACE.beats) ?? null;

  return {
    wait(viewer: Viewer): void {
      neededBytes = 0;
      waiting.add(viewer);
    },
    passOn,
    settle,
    /** Something was sent while it begins. */
    add(viewer: Viewer, bytes: Uint8Array): void {
      viewer.roomBytes -= bytes.byteLength;
      viewer.behind = viewer.roomBytes < 0;
      if (viewer.behind) return;
      viewer.due.push(bytes);
      held.add(bytes);
    },
    /** @returns those to be ended: they keep others waiting and read nothing, or what they begin with failed */
    admit(): Viewer[] {
      const ended: Viewer[] = [];
      for (const viewer of waiting) {
        while (waiting.has(viewer)) {
          const fails = neededBytes === 0 || hasRoom(neededBytes) ? tryOrFail(viewer) : null;
          const one = fails ?? (waiting.has(viewer) ? findStill() : null);
          if (one !== null) {
            leave(one);
            ended.push(one);
          } else if (waiting.has(viewer)) return ended;
        }
      }
      return ended;
    },
    beat(): void {
      for (const viewer of beginning) viewer.stillBeats += 1;
      for (const viewer of waiting) if (toQueuedBytes(viewer) === 0) enqueue(viewer, WAIT);
    },
    leave,
  };
}

const toQueuedBytes = ({ controller }: Viewer) => -(controller.desiredSize ?? 0);

function enqueue(viewer: Viewer, bytes: Uint8Array): void {
  viewer.wants = false;
  viewer.controller.enqueue(bytes);
}

function toPieceBytes(outBytes: number): number {
  const { min, max, ofAll } = PIECE_BYTES;
  return Math.max(min, Math.min(max, Math.floor(((ofAll - outBytes) * max) / ofAll)));
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
    /** How much of these is not held. */
    missingBytes: (all: readonly Uint8Array[]) =>
      all.reduce((missing, bytes) => missing + (holders.has(bytes) ? 0 : bytes.byteLength), 0),
  };
}

function closeQuietly({ controller }: Viewer): void {
  try {
    controller.close();
  } catch {
    // Already closed or cancelled: both sides of a disconnect fire.
  }
}
