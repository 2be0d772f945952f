import { getVitals } from '#lib/server/get-vitals.ts';
import { toJson } from '#lib/server/to-json.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/readyz`: 200 once a manager was read in full since start, 503 until then. */
export function GET(): Response {
  const { ready, sentence } = getVitals().picture();
  return toJson({ ready, sentence }, ready ? 200 : 503);
}
