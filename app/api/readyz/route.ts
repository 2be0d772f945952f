import { findHighestRole } from '#lib/model/contract/scope.ts';
import { isAdmitted, readScope } from '#lib/server/access/read-scope.ts';
import { toJson } from '#lib/server/answers/to-json.ts';
import { getFleet, getVitals, isAboveSwarms } from '#lib/server/get-vitals.ts';

export const dynamic = 'force-dynamic';

/**
 * `GET /api/readyz`: 200 once a manager was read in full since start, 503 until then. Above several swarms: once there is
 * something to say of any; which of them are not heard is said to whoever may see it.
 */
export async function GET(request: Request): Promise<Response> {
  const fleet = (await isAboveSwarms()) ? await getFleet() : null;
  if (fleet !== null) {
    const ready = fleet.isReady();
    const silent = fleet.picture().swarms.flatMap(({ name, state }) => (state === 'live' ? [] : [name]));
    return toJson(isTold(request) ? { ready, silent } : { ready }, ready ? 200 : 503);
  }
  const { ready, sentence } = (await getVitals()).picture();
  return toJson(isTold(request) ? { ready, sentence } : { ready }, ready ? 200 : 503);
}

function isTold(request: Request): boolean {
  return isAdmitted(request) && findHighestRole(readScope(request.headers)) !== null;
}
