import { answerService, type NamedRoute } from '#lib/server/answers/answer-named.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/services/{name}`: one service by name or id, with the tasks of every slot, newest first. */
export const GET = (_request: Request, route: NamedRoute): Promise<Response> =>
  answerService(route, (vitals, name) => vitals.serviceDetail(name));
