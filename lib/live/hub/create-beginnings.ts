import { createHeldBytes } from './create-held-bytes.ts';
import { enqueue, toQueuedBytes, VIEWER_BUFFER_BYTES, type Viewer } from './viewer.ts';

/** The same while it reads what it begins with, where that is larger: all of it anew would take it as long again. */
const MAX_LAG_BYTES = 4 * 1024 * 1024;
/**
 * What it begins with is passed on piece by piece, each when it asks for more: what waits in its connection is what connections
 * are weighed by. A piece costs some 0.2 ms, so they are large while little waits in all connections, and small in a crowd
 * that does not read.
 */
const PIECE_BYTES = { min: 16 * 1024, max: 256 * 1024, ofAll: 16 * 1024 * 1024 };
/**
 * What may be unread of what viewers begin with, each byte counted once: who would add more to it waits. Who adds no more than
 * a viewer's own buffer waits from twice as much.
 */
const MAX_DUE_BYTES = 64 * 1024 * 1024;
/**
 * Who takes less than this much in 30 s makes room where others wait for it. Where a line lasts longer than that, it is in
 * ever less time, down to 10 s: or a few dozen who read as slowly as they may would keep everybody out for long.
 */
const PACE = { bytes: 256 * 1024, beats: 15, leastBeats: 8 };
/** A comment: who waits hears that the server is there. */
const WAIT = new TextEncoder().encode(': wait\n\n');

/** Those that have not read yet what they begin with, and those that wait until there is room for that. */
export interface Beginnings {
  /** It has nothing yet. */
  wait(viewer: Viewer): void;
  /**
   * It begins out of its turn where it adds little: it came back and missed little, or begins with the same as another.
   *
   * @returns `false`: what it begins with failed
   */
  beginSmall(viewer: Viewer): boolean;
  /** It waits on, and hears that the server is there. */
  greet(viewer: Viewer): void;
  /** It asked for more: one piece of what it begins with, if there is one. */
  passOn(viewer: Viewer): void;
  /** It has what was passed on last. */
  settle(viewer: Viewer): void;
  /** Something was sent while it begins. */
  add(viewer: Viewer, bytes: Uint8Array): void;
  /**
   * Lets those begin for whom there is room.
   *
   * @returns those to be ended: they keep others waiting and read nothing, or what they begin with failed
   */
  admit(): Viewer[];
  /** Time passes: every two seconds. */
  beat(): void;
  leave(viewer: Viewer): void;
}

/** @param anew what they begin with who fell behind */
export function createBeginnings(anew: () => Uint8Array[]): Beginnings {
  const waiting = new Set<Viewer>();
  /** Whoever began first, first. */
  const beginning = new Set<Viewer>();
  const held = createHeldBytes(MAX_DUE_BYTES);
  const pace = createPace(beginning);
  /** So much the first of those that wait would add, as far as it was tried. */
  let neededBytes = 0;
  let outBytes = 0;

  /** Those that add little need not be the first that waits. */
  function tryBegin(viewer: Viewer, isFirst: boolean): void {
    // Before anything is sent to it: to draw it may be a change, which is in it by then.
    const frames = viewer.draw();
    const newBytes = held.missingBytes(frames);
    const isSmall = newBytes <= VIEWER_BUFFER_BYTES && (newBytes === 0 || held.hasRoomBeside(newBytes));
    const hasToWait = !(isSmall || (isFirst && held.hasRoom(newBytes)));
    if (isFirst) neededBytes = hasToWait ? newBytes : 0;
    if (hasToWait) return;
    waiting.delete(viewer);
    for (const bytes of frames) held.add(bytes);
    const firstBytes = frames.reduce((sum, { byteLength }) => sum + byteLength, 0);
    viewer.roomBytes = Math.min(MAX_LAG_BYTES, Math.max(VIEWER_BUFFER_BYTES, firstBytes));
    Object.assign(viewer, { due: [...frames], draw: anew, behind: false, stillBeats: 0 });
    beginning.add(viewer);
    if (viewer.wants) passOn(viewer);
  }

  /** A piece is a part of what it begins with, which is counted until it asks for more. */
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
    pace.take(viewer, bytes);
    enqueue(viewer, first.subarray(from, from + bytes));
  }

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

  /** @returns `false`: what it begins with failed */
  function tryOrFail(viewer: Viewer, isFirst: boolean): boolean {
    try {
      tryBegin(viewer, isFirst);
      return true;
    } catch (error) {
      viewer.controller.error(error);
      return false;
    }
  }

  /** Lets the first that waits begin, where there is room. @returns who has to go first, or with it; `null`: nobody */
  function beginFirst(first: Viewer): Viewer | null {
    if ((neededBytes === 0 || held.hasRoom(neededBytes)) && !tryOrFail(first, true)) return first;
    return waiting.has(first) ? pace.findStill() : null;
  }

  return {
    wait(viewer) {
      neededBytes = 0;
      waiting.add(viewer);
    },
    beginSmall: (viewer) => tryOrFail(viewer, false),
    greet,
    passOn,
    settle,
    add(viewer, bytes) {
      viewer.roomBytes -= bytes.byteLength;
      viewer.behind = viewer.roomBytes < 0;
      if (viewer.behind) return;
      viewer.due.push(bytes);
      held.add(bytes);
    },
    admit() {
      const ended: Viewer[] = [];
      for (let [first] = waiting; first !== undefined; [first] = waiting) {
        const one = beginFirst(first);
        if (one !== null) {
          leave(one);
          ended.push(one);
        } else if (waiting.has(first)) break;
      }
      return ended;
    },
    beat() {
      pace.beat(waiting.size > 0);
      for (const viewer of waiting) if (toQueuedBytes(viewer) === 0) greet(viewer);
    },
    leave,
  };
}

/** Who of those that begin reads too slowly while others wait. */
function createPace(beginning: ReadonlySet<Viewer>) {
  /** For so many beats somebody has been waiting. */
  let lineBeats = 0;
  const toAllowedBeats = () => Math.max(PACE.leastBeats, PACE.beats - Math.max(0, lineBeats - PACE.beats));
  return {
    /** By its share of what is asked for, in whatever pieces. */
    take(viewer: Viewer, bytes: number): void {
      viewer.stillBeats = Math.max(0, viewer.stillBeats - (toAllowedBeats() * bytes) / PACE.bytes);
    },
    beat(isLine: boolean): void {
      lineBeats = isLine ? lineBeats + 1 : 0;
      for (const viewer of beginning) viewer.stillBeats += 1;
    },
    /** The slowest of those who are too slow: who began first may be nearly done. */
    findStill(): Viewer | null {
      let slowest: Viewer | null = null;
      for (const viewer of beginning)
        if (viewer.stillBeats > (slowest?.stillBeats ?? toAllowedBeats() - 1)) slowest = viewer;
      return slowest;
    },
  };
}

const greet = (viewer: Viewer) => enqueue(viewer, WAIT);

function toPieceBytes(outBytes: number): number {
  const { min, max, ofAll } = PIECE_BYTES;
  return Math.max(min, Math.min(max, Math.floor(((ofAll - outBytes) * max) / ofAll)));
}
