import { getVitals } from '#lib/server/get-vitals.ts';

export const dynamic = 'force-dynamic';

/**
 * `GET /api/stream`: server-sent events `snapshot`, `changes` and `beat` (lib/wire/message.ts). Resumes with
 * `Last-Event-ID`, or `?from=` for a page that knows the revision it was drawn with. What it carries is what
 * its reader may see: of a screen with a wall's token what the wall draws.
 */
export async function GET(request: Request): Promise<Response> {
  const from = request.headers.get('last-event-id') ?? new URL(request.url).searchParams.get('from');
  const stream = (await getVitals()).openStream(from, request.signal);
  return new Response(stream, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      // no-transform keeps the stream from being compressed, and so held back.
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}
