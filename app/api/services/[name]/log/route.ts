import { toVisibleName } from '#lib/model/text/show-hidden.ts';
import { answerLog } from '#lib/server/answers/answer-log.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/services/{name}/log?tail=&follow=1&format=text`: what all its replicas write, by time. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ name: string }> },
): Promise<Response> {
  return answerLog(request, toVisibleName((await params).name), null);
}
