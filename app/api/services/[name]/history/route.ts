import { answerService, type NamedRoute } from '#lib/server/answers/answer-named.ts';
import { answerQuery, parseWindow } from '#lib/server/answers/queries.ts';
import { noServiceKnown } from '#words/pages/history.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/services/{name}/history`: every slot over time. */
export function GET(request: Request, route: NamedRoute): Promise<Response> {
  return answerQuery(request, (query) => {
    const window = parseWindow(query, Date.now());
    return answerService(route, ({ history }, name) => history.service(name, window), noServiceKnown);
  });
}
