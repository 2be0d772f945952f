import { answerNode, type NamedRoute } from '#lib/server/answers/answer-named.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/nodes/{name}`: one node by id or hostname; 409 with the ids when several have that hostname. */
export const GET = (_request: Request, route: NamedRoute): Promise<Response> =>
  answerNode(route, (vitals, id) => vitals.nodeDetail(id));
