import { isAdmitted } from '#lib/server/access/is-admitted.ts';
import { toJson } from '#lib/server/answers/to-json.ts';
import { getVitals } from '#lib/server/get-vitals.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/readyz`: 200 once a manager was read in full since start, 503 until then. */
export function GET(request: Request): Response {
  const { ready, sentence } = getVitals().picture();
  return toJson(isAdmitted(request) ? { ready, sentence } : { ready }, ready ? 200 : 503);
}
