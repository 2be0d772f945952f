import { basePath } from './base-path.ts';

/** A path without the base path, as `toPath` takes it; also one that has lost it on its way. */
export function toOwnPath(path: string): string {
  const base = basePath();
  if (base === '') return path;
  if (path === base) return '/';
  return path.startsWith(`${base}/`) ? path.slice(base.length) : path;
}
