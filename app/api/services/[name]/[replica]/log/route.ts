import { toVisibleName } from '#lib/model/text/show-hidden.ts';
import { answerLog } from '#lib/server/answers/answer-log.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/services/{name}/{key}/log?task=&tail=&follow=1&format=text`: what one replica, or one task of it, writes. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ name: string; replica: string }> },
): Promise<Response> {
  const { replica, ...raw } = await params;
  const name = toVisibleName(raw.name);
  return answerLog(request, name, replica);
}
