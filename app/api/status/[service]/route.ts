import { decideServiceStatus } from '#lib/model/status/decide-service-status.ts';
import { toJson } from '#lib/server/answers/to-json.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { english } from '#lib/words/english.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/status/{service}`: 200 when all is well with it, 503 when not or when that is not known, 404 unknown. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ service: string }> },
): Promise<Response> {
  const { service } = await params;
  const { statusCode, body } = decideServiceStatus(
    (await getVitals()).picture(),
    service,
    Date.now(),
    english,
  );
  return toJson(body, statusCode);
}
