import { answerStream } from '#lib/server/answers/answer-stream.ts';
import { STREAM_HEADERS } from '#lib/server/answers/stream-headers.ts';
import { noFleet } from '#lib/server/fleet/no-fleet.ts';
import { getFleet } from '#lib/server/get-vitals.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/fleet/stream`: server-sent events of all swarms (lib/wire/fleet-message.ts), where there are several. */
export async function GET(request: Request): Promise<Response> {
  const fleet = await getFleet();
  if (fleet === null) return noFleet();
  return answerStream(request, STREAM_HEADERS, () => fleet.openStream(request.signal));
}
