import { answerService, type NamedRoute } from '#lib/server/answers/answer-named.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/services/{name}/usage`: what each replica of a service uses now. */
export const GET = (_request: Request, route: NamedRoute): Promise<Response> =>
  answerService(route, (vitals, name) => vitals.usage.service(name));
