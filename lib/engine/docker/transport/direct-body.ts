import { BodyError } from './body-error.ts';
import { collectBytes } from './collect-bytes.ts';
import { createChunkReader } from './create-chunk-reader.ts';
import { type BodyReading, FEW_PIECES, type HeldBody, MIN_PIECE_BYTES } from './read-body.ts';

/** It is not as Docker writes it: Node's HTTP client is to ask again, and to make of it what it does. */
export class UnusualAnswer extends Error {}

/** The body of an answer on a socket of ours. */
export interface DirectBody {
  /** What came over the socket; the bytes are the caller's again when this returns. */
  write(bytes: Buffer): void;
  /** The socket is gone. */
  cut(): void;
  /** The same as `readBody` does, and rejects with `UnusualAnswer` where the chunks are none. */
  read(reading: BodyReading): Promise<HeldBody>;
}

export interface DirectBodyEnds {
  /** @param isExact nothing came after it: its socket can be asked again */
  onWhole(isExact: boolean): void;
  /** Nothing more of it is wanted. */
  onFailed(): void;
}

/** Between the head and whoever reads the body there is no time for more. */
const MAX_EARLY_BYTES = 4_000_000;

/** @param length bytes as its head says; `null`: it comes in chunks */
export function createDirectBody(length: number | null, ends: DirectBodyEnds): DirectBody {
  const early: Buffer[] = [];
  let earlyBytes = 0;
  let left = length ?? 0;
  let state: 'open' | 'whole' | 'cut' | 'unusual' = 'open';
  let reader: ReturnType<typeof createBodyReader> | null = null;
  let isOver = false;

  function settle(next: 'whole' | 'cut' | 'unusual') {
    if (state !== 'open') return;
    state = next;
    if (next === 'unusual') ends.onFailed();
    reader?.end(next);
  }

  function take(piece: Buffer) {
    if (reader !== null) return reader.take(Buffer.from(piece));
    earlyBytes += piece.length;
    if (earlyBytes > MAX_EARLY_BYTES) settle('unusual');
    else early.push(Buffer.from(piece));
  }

  const chunks =
    length === null
      ? createChunkReader({
          onData: take,
          onEnd() {
            isOver = true;
          },
          onGarbled: () => settle('unusual'),
        })
      : null;

  return {
    write(bytes) {
      if (state !== 'open') return;
      let rest = 0;
      if (chunks !== null) rest = bytes.length - chunks.write(bytes);
      else {
        const piece = bytes.subarray(0, left);
        left -= piece.length;
        rest = bytes.length - piece.length;
        if (piece.length > 0) take(piece);
        isOver = left === 0;
      }
      if (!isOver || state !== 'open') return;
      ends.onWhole(rest === 0);
      settle('whole');
    },
    cut: () => settle('cut'),
    read(reading) {
      return new Promise((resolve, reject) => {
        reader = createBodyReader(reading, {
          resolve,
          reject(error) {
            reject(error);
            // Else its socket is no longer its own.
            if (state === 'open') ends.onFailed();
          },
        });
        if (length !== null && length > reading.limits.maxBytes) reader.refuse('too-large');
        for (const piece of early.splice(0)) reader.take(piece);
        if (state !== 'open') reader.end(state);
      });
    },
  };
}

/** Puts a body together, within its limits. */
function createBodyReader(
  { limits, budget, onBytes }: BodyReading,
  done: { resolve(body: HeldBody): void; reject(error: Error): void },
) {
  const chunks = collectBytes();
  let size = 0;
  let pieces = 0;
  let isOpen = true;
  const holding = budget.open(limits.maxBytes, () => refuse('crowded'));

  function fail(error: Error): void {
    if (!isOpen) return;
    isOpen = false;
    chunks.take();
    holding.close();
    done.reject(error);
  }

  function refuse(reason: BodyError['reason']): void {
    fail(new BodyError(reason));
  }

  return {
    refuse,
    /** It is not to be changed by others later on. */
    take(piece: Buffer) {
      if (!isOpen) return;
      onBytes(piece.length);
      size += piece.length;
      pieces += 1;
      if (size > limits.maxBytes) return refuse('too-large');
      if (pieces > FEW_PIECES && size < pieces * MIN_PIECE_BYTES) return refuse('pieces');
      chunks.push(piece);
      holding.grow(piece.length);
    },
    end(how: 'whole' | 'cut' | 'unusual') {
      if (!isOpen) return;
      if (how === 'cut') return refuse('cut');
      if (how === 'unusual') return fail(new UnusualAnswer());
      isOpen = false;
      done.resolve({ body: chunks.take(), release: holding.close });
    },
  };
}
