import { collectBytes } from '#lib/engine/docker/transport/collect-bytes.ts';

/** What a frame of a log carries: the container's own streams, or the engine's word that it cannot go on. */
export type FrameStream = 'stdin' | 'stdout' | 'stderr' | 'engine';

const STREAMS: readonly FrameStream[] = ['stdin', 'stdout', 'stderr', 'engine'];
const HEAD_BYTES = 8;
/** Docker's frames hold one message of at most 16 kB, its time and a few labels; what is near this is no frame at all. */
const MAX_FRAME_BYTES = 256 * 1024;

export interface FrameSplitter {
  /** `false`: this is not a stream of frames; nothing more will come of it. */
  write(chunk: Buffer): boolean;
}

/**
 * Cuts a stream into Docker's frames (moby `pkg/stdcopy`): one byte of stream, three zeros, four bytes of length, and
 * that many bytes. Chunks may end anywhere, within a head too. The payload is only valid during the call.
 */
export function splitFrames(onFrame: (stream: FrameStream, payload: Buffer) => void): FrameSplitter {
  const pending = collectBytes();
  /** How many bytes must be there before it is worth looking again. */
  let wantedBytes = HEAD_BYTES;
  let valid = true;

  return {
    write(chunk) {
      if (!valid) return false;
      pending.push(chunk);
      if (pending.byteLength() < wantedBytes) return true;
      const bytes = pending.take();
      let at = 0;
      wantedBytes = HEAD_BYTES;
      while (bytes.length - at >= HEAD_BYTES) {
        const stream = STREAMS[bytes.readUInt8(at)];
        const length = bytes.readUInt32BE(at + 4);
        valid = stream !== undefined && bytes.readUIntBE(at + 1, 3) === 0 && length <= MAX_FRAME_BYTES;
        if (!valid || stream === undefined) return false;
        if (bytes.length - at < HEAD_BYTES + length) {
          wantedBytes = HEAD_BYTES + length;
          break;
        }
        onFrame(stream, bytes.subarray(at + HEAD_BYTES, at + HEAD_BYTES + length));
        at += HEAD_BYTES + length;
      }
      if (at < bytes.length) pending.push(bytes.subarray(at));
      return true;
    },
  };
}
