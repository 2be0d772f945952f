import { isHeaderLine, TOKEN_CHAR } from './direct-head.ts';

/** Docker writes a length and nothing else; some proxies add a word or two. */
const MAX_LINE_CHARS = 1_000;
const MAX_TRAILERS = 20;
/** Of a chunk that one read of a socket brings. */
const MAX_SIZE_DIGITS = 5;
const QUOTED = '"(?:[\\t\\x20\\x21\\x23-\\x5b\\x5d-\\x7e\\x80-\\xff]|\\\\[\\t\\x20-\\x7e\\x80-\\xff])*"';
/** Without the blanks of RFC 9112 §7.1.1, which Node's HTTP client does not take either. */
const SIZE = new RegExp(`^([0-9a-fA-F]{1,8})(?:;${TOKEN_CHAR}+(?:=(?:${TOKEN_CHAR}*|${QUOTED}))?)*\\r$`);
const [LINE_FEED, RETURN] = [10, 13];

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
      if (trailers > MAX_TRAILERS || !isTrailer(text)) end('onGarbled');
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
        if (state === 'size' && line === '') {
          const whole = findWholeChunk(bytes, at);
          if (whole !== null) {
            at = whole.to + 2;
            listener.onData(bytes.subarray(whole.from, whole.to));
            continue;
          }
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

/** A length after all is said is none of Docker's. */
function isTrailer(line: string): boolean {
  return line.endsWith('\r') && isHeaderLine(line.slice(0, -1)) && !/^content-length:/i.test(line);
}

/** Where the bytes of a chunk are that begins here and is there as a whole, as nearly all are; `null`: it is to be looked at closely. */
function findWholeChunk(bytes: Buffer, at: number): { from: number; to: number } | null {
  let size = 0;
  let from = at;
  for (; from < at + MAX_SIZE_DIGITS; from += 1) {
    const digit = toHexDigit(bytes[from] ?? 0);
    if (digit < 0) break;
    size = 16 * size + digit;
  }
  if (size === 0 || bytes[from] !== RETURN || bytes[from + 1] !== LINE_FEED) return null;
  from += 2;
  const to = from + size;
  return bytes[to] === RETURN && bytes[to + 1] === LINE_FEED ? { from, to } : null;
}

/** Of a letter's code; -1: it is none. */
function toHexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
