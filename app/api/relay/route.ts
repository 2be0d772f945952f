import { answerRead } from '#lib/server/answers/not-read.ts';
import { answerQuery } from '#lib/server/answers/queries.ts';
import { toJson } from '#lib/server/answers/to-json.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { answerQuestion } from '#lib/server/relay/answer-question.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/relay?ask=&with=`: what a relay of the same version asks beyond the stream; no part of the API's contract. */
export function GET(request: Request): Promise<Response> {
  return answerRead(() =>
    answerQuery(request, async (query) =>
      toJson(await answerQuestion(await getVitals(), query, request.signal)),
    ),
  );
}
