import { joinPieces } from '#lib/wire/encode-picture.ts';

/** So much at a time, and no longer: in between, what is live goes first. */
const PIECE_BYTES = 128 * 1024;
const PIECE_MS = 5;

/** A JSON answer that is written while it is sent, some milliseconds at a time. */
export function toJsonInTurns(pieces: Iterator<Uint8Array>): Response {
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise((resolve) => setImmediate(resolve));
      const untilMs = performance.now() + PIECE_MS;
      const taken: Uint8Array[] = [];
      let bytes = 0;
      let next = pieces.next();
      while (!next.done) {
        taken.push(next.value);
        bytes += next.value.length;
        if (bytes >= PIECE_BYTES || performance.now() > untilMs) break;
        next = pieces.next();
      }
      if (taken.length > 0) controller.enqueue(joinPieces(taken));
      if (next.done) controller.close();
    },
  });
  return new Response(body, { headers: { 'content-type': 'application/json', 'cache-control': 'no-store' } });
}
