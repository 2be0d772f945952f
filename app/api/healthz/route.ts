import { getVitals } from '#lib/server/get-vitals.ts';
import { toJson } from '#lib/server/to-json.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/healthz`: this process is alive; says nothing of the swarm. */
export function GET(): Response {
  return toJson({ ok: true, ...getVitals().stats() });
}
