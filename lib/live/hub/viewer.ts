/** A viewer may lag by this much before it is given up on and sent all of it anew once it reads again. */
export const VIEWER_BUFFER_BYTES = 256 * 1024;

/** One viewer of a stream, and how far it has come. */
export interface Viewer {
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
  /** For how many beats it took too little of what it begins with, less what it took since. */
  stillBeats: number;
}

/** @param draw what it begins with */
export function createViewer(
  controller: ReadableStreamDefaultController<Uint8Array>,
  draw: () => Uint8Array[],
): Viewer {
  return {
    controller,
    draw,
    due: [],
    passedBytes: 0,
    out: null,
    roomBytes: 0,
    wants: false,
    behind: true,
    stillBeats: 0,
  };
}

/** What was handed to it and it did not read. */
export function toQueuedBytes({ controller }: Viewer): number {
  return -(controller.desiredSize ?? 0);
}

export function enqueue(viewer: Viewer, bytes: Uint8Array): void {
  viewer.wants = false;
  viewer.controller.enqueue(bytes);
}

export function closeQuietly({ controller }: Viewer): void {
  try {
    controller.close();
  } catch {
    // Already closed or cancelled: both sides of a disconnect fire.
  }
}
