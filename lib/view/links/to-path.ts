/**
 * The path to ask for, of one of ours without the base path: `/nodes` is `/swarm/nodes` below `/swarm`, and `/` is
 * `/swarm`. Whatever is linked, fetched or sent to goes through here.
 */
export function toPath(own: string): string {
  const base = basePath();
  if (base === '') return own;
  return own === '/' || own.startsWith('/?') ? base + own.slice(1) : base + own;
}

/** A path without the base path, as `toPath` takes it; also one that has lost it on its way. */
export function toOwnPath(path: string): string {
  const base = basePath();
  if (base === '') return path;
  if (path === base) return '/';
  return path.startsWith(`${base}/`) ? path.slice(base.length) : path;
}

const KEY = Symbol.for('swarm-vitals-base-path');
const shared = globalThis as { [KEY]?: string };

/**
 * What stands before every path of ours, such as `/swarm`; empty at the root of a host. The one thing here that no
 * argument says: the server sets it once at its start, and a page has it in its first HTML, before any script runs.
 */
export function basePath(): string {
  shared[KEY] ??= (typeof document === 'undefined' ? null : document.documentElement.dataset.base) ?? '';
  return shared[KEY];
}

/** For the server's start, before anything is drawn. */
export function setBasePath(path: string): void {
  shared[KEY] = path;
}
