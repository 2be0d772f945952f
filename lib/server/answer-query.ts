import { QueryError } from './query-error.ts';
import { toJson } from './to-json.ts';

/** The answer to a request with a query: 400 with a sentence when that is wrong. */
export async function answerQuery(
  request: Request,
  answer: (query: URLSearchParams) => Promise<Response>,
): Promise<Response> {
  try {
    return await answer(new URL(request.url).searchParams);
  } catch (error) {
    if (error instanceof QueryError) return toJson({ error: error.message }, 400);
    throw error;
  }
}
