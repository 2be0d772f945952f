import { headers } from 'next/headers';
import type { Silence } from '#lib/model/contract/silence.ts';
import { getGate } from '#lib/server/access/get-gate.ts';
import { readPersonName, readScope } from '#lib/server/access/read-scope.ts';
import { toVisitor } from '#lib/server/access/to-visitor.ts';
import { toJson } from '#lib/server/answers/to-json.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import type { Vitals } from '#lib/server/vitals.ts';
import type { Actor, SilenceResult } from './create-silence-answers.ts';

type Body = { kind: 'read'; value: unknown } | { kind: 'refused'; statusCode: 400 | 415; error: string };

/**
 * JSON that says that it is JSON: no form of another site can send that without being asked about first. How long it may be is
 * decided before a byte of it is kept (`lib/server/http/limits.ts`).
 */
export async function readBody(request: Request): Promise<Body> {
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';', 1);
  if (type.trim().toLowerCase() !== 'application/json')
    return { kind: 'refused', statusCode: 415, error: 'Send JSON, with Content-Type: application/json.' };
  const text = await request.text();
  if (text.trim() === '') return { kind: 'refused', statusCode: 400, error: 'There is no body: send JSON.' };
  try {
    return { kind: 'read', value: JSON.parse(text) };
  } catch {
    return { kind: 'refused', statusCode: 400, error: 'The body is not JSON.' };
  }
}

/** What needs no body takes none, and `{}`. @returns a sentence: what was sent may have been meant to say something */
export async function refuseBody(request: Request): Promise<string | null> {
  const text = (await request.text()).trim();
  return text === '' || /^\{\s*\}$/.test(text) ? null : 'This takes no body: leave it out, or send {}.';
}

/** Does it on behalf of whoever sent the request, and writes down who did what, or wanted to. */
export async function answerChange(
  request: Request,
  event: 'silence' | 'silence-end',
  change: (vitals: Vitals, actor: Actor) => Promise<SilenceResult>,
): Promise<Response> {
  const own = await headers();
  const actor: Actor = { scope: readScope(own), name: readPersonName(own) };
  const result = await change(await getVitals(), actor);
  const isDone = result.kind === 'done';
  // What was never tried is not worth a line each; who may not is.
  if (isDone || result.statusCode === 403)
    getGate()?.audit.silence(
      event,
      actor.name,
      toVisitor(request),
      isDone ? toAudited(result.silence) : { why: result.error },
    );
  if (!isDone) return toJson({ error: result.error }, result.statusCode);
  return toJson(result.silence, event === 'silence' ? 201 : 200);
}

function toAudited({
  id,
  target,
  cause,
  worst,
  untilMs,
  comment,
}: Silence): Record<string, string | undefined> {
  const name = target.kind === 'node' ? target.hostname : target.kind === 'swarm' ? undefined : target.name;
  return {
    silence: id,
    of: name === undefined ? target.kind : `${target.kind} ${name}`,
    cause: cause ?? undefined,
    worst: worst ?? undefined,
    until: new Date(untilMs).toISOString(),
    comment: comment === '' ? undefined : comment.slice(0, 200),
  };
}
