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
