import { answerRead } from '#lib/server/answers/not-read.ts';
import { toJson } from '#lib/server/answers/to-json.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { answerChange, readBody } from '#lib/server/silences/answer-change.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/silences`: what nobody wants to be told of, and what was silenced lately. */
export async function GET(): Promise<Response> {
  const vitals = await getVitals();
  return answerRead(async () => toJson(await vitals.silences.list()));
}

/** `POST /api/silences`: one more, for whoever has the role admin of what it is of. */
export async function POST(request: Request): Promise<Response> {
  const body = await readBody(request);
  if (body.kind === 'refused') return toJson({ error: body.error }, body.statusCode);
  return answerChange(request, 'silence', ({ silences }, actor) => silences.add(body.value, actor));
}
