/** Frames kept for viewers that resume. */
const FRAMES_MAX = 1_000;
export const BYTES_MAX = 4 * 1024 * 1024;

/** The newest revisions as they were sent, for viewers that missed some. */
export interface KeptFrames {
  add(from: number, bytes: Uint8Array): void;
  /** The frames after this revision; `null` when they are not all here any more. */
  since(revision: number): Uint8Array[] | null;
  clear(): void;
}

/** @param bytesMax asked with each frame */
export function createKeptFrames(framesMax = FRAMES_MAX, bytesMax = () => BYTES_MAX): KeptFrames {
  let frames: { from: number; bytes: Uint8Array }[] = [];
  let bytes = 0;

  return {
    add(from, frame) {
      frames.push({ from, bytes: frame });
      bytes += frame.byteLength;
      const most = bytesMax();
      while (frames.length > framesMax || (bytes > most && frames.length > 1)) {
        bytes -= frames.shift()?.bytes.byteLength ?? 0;
      }
    },
    since(revision) {
      const first = frames.findIndex((frame) => frame.from === revision);
      return first < 0 ? null : frames.slice(first).map((frame) => frame.bytes);
    },
    clear() {
      frames = [];
      bytes = 0;
    },
  };
}
