import { toJson } from '#lib/server/answers/to-json.ts';
import { noFleet } from '#lib/server/fleet/no-fleet.ts';
import { getFleet } from '#lib/server/get-vitals.ts';
import * as words from '#words/pages/fleet.ts';

export const dynamic = 'force-dynamic';

/** Where several swarms are shown, what a program gets whose address leads to none of them: their names. */
export async function GET(): Promise<Response> {
  const fleet = await getFleet();
  if (fleet === null) return noFleet();
  return toJson({ error: words.nameTheSwarm, swarms: fleet.picture().swarms.map(({ name }) => name) }, 404);
}

/** The same for what takes POST below a name of a swarm. */
export const POST = GET;
