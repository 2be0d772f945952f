/**
 * Where to go on to after signing in: a path of ours, whatever the request said. Without dot segments: what stands before
 * it is the base path, and a browser would leave that for whatever else the host has.
 */
export function toNextPath(text: string | null): string {
  if (text === null || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text) || text.includes('\\')) return '/';
  // As a browser reads it: `/.//x` is `//x` to whoever looks at it once more.
  const { pathname, search, hash } = new URL(text, 'http://own.invalid');
  return /^\/(\/|login|api\/)/.test(pathname) ? '/' : `${pathname}${search}${hash}`;
}
