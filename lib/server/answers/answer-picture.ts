import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { ENCODINGS, PACKED_AS } from '#lib/server/http/encodings.ts';
import { encodePicture } from '#lib/wire/encode-picture.ts';
import { packPicture } from './pack-picture.ts';
import { toJsonInTurns } from './to-json-in-turns.ts';

const GZIP = ENCODINGS.find(({ name }) => name === 'gzip');

/** The whole picture; for who takes gzip of what is kept compressed of each service, whatever else they would rather take. */
export function answerPicture({ headers }: Pick<Request, 'headers'>, picture: SwarmPicture): Response {
  if (!GZIP?.isTaken.test(headers.get('accept-encoding') ?? '')) return toJsonInTurns(encodePicture(picture));
  const answer = toJsonInTurns(packPicture(picture));
  answer.headers.set(PACKED_AS, 'gzip');
  answer.headers.set('vary', 'Accept-Encoding');
  return answer;
}
