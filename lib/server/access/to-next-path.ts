/** Where to go on to after signing in: a path of ours, whatever the request said. */
export function toNextPath(text: string | null): string {
  if (text === null || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text) || text.includes('\\')) return '/';
  // As a browser reads it: `/.//x` is `//x` to whoever looks at it once more.
  const path = URL.parse(text, 'http://own.invalid')?.pathname ?? '//';
  return /^\/(\/|login|api\/)/.test(path) ? '/' : text;
}
