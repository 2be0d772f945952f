import { getVitals } from '#lib/server/get-vitals.ts';
import { toJson } from '#lib/server/to-json.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/swarm`: the whole picture, as of now. */
export function GET(): Response {
  return toJson(getVitals().picture());
}
