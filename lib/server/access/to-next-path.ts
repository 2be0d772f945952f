/** Where to go on to after signing in: a path of ours, whatever the request said. */
export function toNextPath(text: string | null): string {
  if (text === null || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text) || text.includes('\\')) return '/';
  return text.startsWith('/login') || text.startsWith('/api/') ? '/' : text;
}
