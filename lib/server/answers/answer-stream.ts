/**
 * An answer that goes on, or is written at its reader's pace. Whoever asks for its head alone reads nothing of it, and
 * nothing tells that they left: for them it is not opened, else it would stay so for ever, and take somebody's place.
 *
 * @param open or what is answered where it cannot be
 */
export function answerStream(
  { method }: Pick<Request, 'method'>,
  headers: Record<string, string>,
  open: () => ReadableStream<Uint8Array> | Response,
): Response {
  if (method === 'HEAD') return new Response(null, { headers });
  const opened = open();
  return opened instanceof Response ? opened : new Response(opened, { headers });
}
