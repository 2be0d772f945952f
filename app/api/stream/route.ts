import { answerStream } from '#lib/server/answers/answer-stream.ts';
import { STREAM_HEADERS } from '#lib/server/answers/stream-headers.ts';
import { getVitals } from '#lib/server/get-vitals.ts';

export const dynamic = 'force-dynamic';

/**
 * `GET /api/stream`: server-sent events `snapshot`, `changes` and `beat` (lib/wire/message.ts). Resumes with
 * `Last-Event-ID`, or `?from=` for a page that knows the revision it was drawn with. What it carries is what
 * its reader may see: of a screen with a wall's token what the wall draws.
 */
export async function GET(request: Request): Promise<Response> {
  const from = request.headers.get('last-event-id') ?? new URL(request.url).searchParams.get('from');
  const { openStream } = await getVitals();
  return answerStream(request, STREAM_HEADERS, () => openStream(from, request.signal));
}
