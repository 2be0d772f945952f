import { answerLog } from '#lib/server/answer-log.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/services/{name}/{key}/log?task=&tail=&follow=1&format=text`: what one replica, or one task of it, writes. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ name: string; replica: string }> },
): Promise<Response> {
  const { name, replica } = await params;
  return answerLog(request, name, replica);
}
