import { answerRead } from '#lib/server/answers/not-read.ts';
import { toJson } from '#lib/server/answers/to-json.ts';
import { getVitals } from '#lib/server/get-vitals.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/places?q=:8080`, `10.0.1.7` or `shop_backend`: who publishes a port, has an address, is on a network. */
export function GET(request: Request): Promise<Response> {
  return answerRead(async () =>
    toJson(await (await getVitals()).places(new URL(request.url).searchParams.get('q') ?? '')),
  );
}
