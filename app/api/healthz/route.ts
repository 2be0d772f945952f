import { isAdmitted } from '#lib/server/access/is-admitted.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { toJson } from '#lib/server/to-json.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/healthz`: this process is alive; says nothing of the swarm, and its numbers only to whom is let in. */
export function GET(request: Request): Response {
  return toJson({ ok: true, ...(isAdmitted(request) ? getVitals().stats() : {}) });
}
