/** A JSON answer that nobody keeps: what it says is true now. */
export function toJson(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
}

export function notFound(message: string): Response {
  return toJson({ error: message }, 404);
}
