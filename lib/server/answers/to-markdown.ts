/** A text as Markdown, shown by any browser and kept by none: what `Copy as Markdown` gives to who has no script. */
export function toMarkdown(text: string): Response {
  return new Response(text, {
    headers: {
      'cache-control': 'no-store',
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
    },
  });
}

/** The address of a page of ours, as whoever asks reaches us; the path alone where they do not say. */
export function toPermalink(request: Request, path: string): string {
  const host = request.headers.get('host') ?? '';
  const proto =
    request.headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https' ? 'https' : 'http';
  return URL.canParse(path, `${proto}://${host}`) ? new URL(path, `${proto}://${host}`).href : path;
}
