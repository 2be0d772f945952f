import { toJson } from '#lib/server/answers/to-json.ts';
import { noFleet } from '#lib/server/fleet/no-fleet.ts';
import { getFleet } from '#lib/server/get-vitals.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/fleet`: all swarms, as of now, where there are several. */
export async function GET(): Promise<Response> {
  const fleet = await getFleet();
  return fleet === null ? noFleet() : toJson(fleet.picture());
}
