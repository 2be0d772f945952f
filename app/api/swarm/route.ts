import { toJsonInTurns } from '#lib/server/answers/to-json-in-turns.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { encodePicture } from '#lib/wire/encode-picture.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/swarm`: the whole picture, as of now. */
export async function GET(): Promise<Response> {
  return toJsonInTurns(encodePicture((await getVitals()).picture()));
}
