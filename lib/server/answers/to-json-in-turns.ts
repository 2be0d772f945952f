import { joinPieces } from '#lib/wire/encode-picture.ts';

/** So much at a time, and no longer: in between, what is live goes first. */
const PIECE_BYTES = 128 * 1024;
const PIECE_MS = 5;

/** A JSON answer that is written while it is sent, some milliseconds at a time; what fits into the first of them is whole. */
export function toJsonInTurns(pieces: Iterator<Uint8Array>, status = 200): Response {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  const first = takeTurn(pieces);
  if (first.done) return new Response(first.bytes, { status, headers });
  let waiting: Uint8Array<ArrayBuffer> | null = first.bytes;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (waiting !== null) {
        controller.enqueue(waiting);
        waiting = null;
        return;
      }
      await new Promise((resolve) => setImmediate(resolve));
      const { bytes, done } = takeTurn(pieces);
      if (bytes.length > 0) controller.enqueue(bytes);
      if (done) controller.close();
    },
  });
  return new Response(body, { status, headers });
}

function takeTurn(pieces: Iterator<Uint8Array>): { bytes: Uint8Array<ArrayBuffer>; done: boolean } {
  const untilMs = performance.now() + PIECE_MS;
  const taken: Uint8Array[] = [];
  let size = 0;
  for (let next = pieces.next(); ; next = pieces.next()) {
    if (next.done) return { bytes: joinPieces(taken), done: true };
    taken.push(next.value);
    size += next.value.length;
    if (size >= PIECE_BYTES || performance.now() > untilMs) return { bytes: joinPieces(taken), done: false };
  }
}
