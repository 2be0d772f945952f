import { toJson } from '#lib/server/answers/to-json.ts';
import { answerChange, refuseBody } from '#lib/server/silences/answer-change.ts';
import { readName } from '#lib/view/links/read-name.ts';

export const dynamic = 'force-dynamic';

/** `POST /api/silences/{id}/end`: it is over now, and is kept as one that was ended. */
export async function POST(request: Request, route: { params: Promise<{ id: string }> }): Promise<Response> {
  const error = await refuseBody(request);
  if (error !== null) return toJson({ error }, 400);
  const id = readName((await route.params).id);
  return answerChange(request, 'silence-end', ({ silences }, actor) => silences.end(id, actor));
}
