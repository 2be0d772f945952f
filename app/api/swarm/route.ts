import { answerPicture } from '#lib/server/answers/answer-picture.ts';
import { getVitals } from '#lib/server/get-vitals.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/swarm`: the whole picture, as of now. */
export async function GET(request: Request): Promise<Response> {
  return answerPicture(request, (await getVitals()).picture());
}
