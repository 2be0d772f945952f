import { answerRead } from '#lib/server/answers/not-read.ts';
import { notFound, toJson } from '#lib/server/answers/to-json.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { noSuchTask } from '#words/pages/log.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/tasks/{id}/last-words`: the end of a dead task's log. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  const vitals = await getVitals();
  return answerRead(async () => {
    const words = await vitals.history.lastLogLines(id);
    return words ? toJson(words) : notFound(noSuchTask(id), vitals.picture().ready);
  });
}
