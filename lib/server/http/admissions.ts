/**
 * What the guard in front of Next's routes tells the HTTP server of a request. They are two module instances in one
 * process, which share only `globalThis`.
 */
const KEY = Symbol.for('swarm-vitals-admissions');
const shared = globalThis as { [KEY]?: GuardListener };

/** The number of a request in this process, as the HTTP server writes it. Whatever a request says there is overwritten. */
export const REQUEST_HEADER = 'x-vitals-request';

/** Hears of requests by their numbers. */
export interface GuardListener {
  /** The guard was asked about it, whatever it decided. */
  guarded(requestId: string): void;
  /** Its sender was known. */
  admitted(requestId: string): void;
}

/** For the HTTP server. */
export function onGuard(listener: GuardListener): void {
  shared[KEY] = listener;
}

/** For the guard: this request has come to it. */
export function reportGuarded(requestId: string | null): void {
  if (requestId !== null) shared[KEY]?.guarded(requestId);
}

/** For the guard: the sender of this request may see something. */
export function reportAdmission(requestId: string | null): void {
  if (requestId !== null) shared[KEY]?.admitted(requestId);
}
