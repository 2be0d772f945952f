import { toJson } from '#lib/server/answers/to-json.ts';
import { noFleet } from '#lib/server/fleet/no-fleet.ts';
import { getFleet, isAboveSwarms } from '#lib/server/get-vitals.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/status`: 200 when all is well with all swarms, 503 when not or when one is silent, where there are several. */
export async function GET(): Promise<Response> {
  const fleet = (await isAboveSwarms()) ? await getFleet() : null;
  if (fleet === null) return noFleet();
  const status = fleet.status();
  return toJson(status, status.ok ? 200 : 503);
}
