/** Docker writes a length and nothing else; some proxies add a word or two. */
const MAX_LINE_CHARS = 1_000;
const MAX_TRAILERS = 20;
const SIZE = /^([0-9a-fA-F]{1,8})[ \t]*(?:;.*)?\r$/;
const LINE_FEED = 10;

export interface ChunkListener {
  /** Of a chunk's bytes what came at once. They are the caller's again when this returns. */
  onData(piece: Buffer): void;
  /** The last chunk was read. */
  onEnd(): void;
  /** It is not chunked as RFC 9112 §7.1 says. Nothing follows. */
  onGarbled(): void;
}

export interface ChunkReader {
  /** @returns how many of the bytes are the body's: all, unless it ended before them */
  write(bytes: Buffer): number;
}

/** Reads the body of an answer that is sent in chunks, wherever the bytes are cut. */
export function createChunkReader(listener: ChunkListener): ChunkReader {
  let state: 'size' | 'data' | 'data-end' | 'trailer' | 'over' = 'size';
  let line = '';
  let left = 0;
  let trailers = 0;

  function end(kind: 'onEnd' | 'onGarbled') {
    state = 'over';
    listener[kind]();
  }

  function takeLine() {
    const text = line;
    line = '';
    if (state === 'size') {
      const size = SIZE.exec(text)?.[1];
      if (size === undefined) return end('onGarbled');
      left = Number.parseInt(size, 16);
      state = left === 0 ? 'trailer' : 'data';
    } else if (state === 'data-end') {
      if (text !== '\r') return end('onGarbled');
      state = 'size';
    } else if (text === '\r') end('onEnd');
    else {
      trailers += 1;
      if (trailers > MAX_TRAILERS) end('onGarbled');
    }
  }

  return {
    write(bytes) {
      let at = 0;
      while (at < bytes.length && state !== 'over') {
        if (state === 'data') {
          const to = Math.min(bytes.length, at + left);
          const piece = bytes.subarray(at, to);
          left -= to - at;
          at = to;
          if (left === 0) state = 'data-end';
          listener.onData(piece);
          continue;
        }
        const found = bytes.indexOf(LINE_FEED, at);
        const to = found < 0 ? bytes.length : found;
        if (line.length + to - at > MAX_LINE_CHARS) {
          end('onGarbled');
          return bytes.length;
        }
        line += bytes.toString('latin1', at, to);
        at = to + 1;
        if (found >= 0) takeLine();
      }
      return Math.min(at, bytes.length);
    },
  };
}
