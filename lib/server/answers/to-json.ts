/** A JSON answer that nobody keeps: what it says is true now. */
export function toJson(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
}

/** 404 says "gone": only once the swarm was read can that be known. Before it, 503. */
export function notFound(message: string, ready: boolean): Response {
  return ready ? toJson({ error: message }, 404) : toJson({ error: 'The swarm was not read yet.' }, 503);
}
