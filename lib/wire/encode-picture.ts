import type { ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';

const encoder = new TextEncoder();
const COMMA = encoder.encode(',');
const END = encoder.encode(']}');

// Pictures are immutable and shared in parts: a service is written once for as long as it stays the same.
const written = new WeakMap<ServicePicture, Uint8Array>();

function encodeService(service: ServicePicture): Uint8Array {
  const known = written.get(service);
  if (known !== undefined) return known;
  const bytes = encoder.encode(JSON.stringify(service));
  written.set(service, bytes);
  return bytes;
}

/**
 * A picture as JSON, piece by piece: of one with ten thousand replicas that is 8 MB, of which a change touches a few kB. Who
 * takes the pieces may let others have their turn in between.
 */
export function* encodePicture({ services, ...head }: SwarmPicture): Generator<Uint8Array> {
  yield encoder.encode(`${JSON.stringify(head).slice(0, -1)},"services":[`);
  let isFirst = true;
  for (const service of services) {
    if (!isFirst) yield COMMA;
    isFirst = false;
    yield encodeService(service);
  }
  yield END;
}

/** All pieces as one. */
export function joinPieces(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
