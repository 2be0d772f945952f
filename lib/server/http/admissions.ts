/**
 * What the guard in front of Next's routes tells the HTTP server of a request that it let through. They are two module
 * instances in one process, which share only `globalThis`.
 */
const KEY = Symbol.for('swarm-vitals-admissions');
const shared = globalThis as { [KEY]?: (requestId: string) => void };

/** The number of a request in this process, as the HTTP server writes it. Whatever a request says there is overwritten. */
export const REQUEST_HEADER = 'x-vitals-request';

/** For the HTTP server: `listen` hears of each request whose sender was known. */
export function onAdmission(listen: (requestId: string) => void): void {
  shared[KEY] = listen;
}

/** For the guard: the sender of this request may see something. */
export function reportAdmission(requestId: string | null): void {
  if (requestId !== null) shared[KEY]?.(requestId);
}
