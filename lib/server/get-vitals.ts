import 'server-only';
import type { Vitals } from './vitals.ts';

// Our server, and Next's routes and pages, are separate module instances: they share only globalThis.
const KEY = Symbol.for('swarm-vitals');

/** The running product of this process, made by `boot()` at start. */
export function getVitals(): Vitals {
  const vitals = (globalThis as { [KEY]?: Vitals })[KEY];
  if (!vitals) throw new Error('Swarm Vitals was not started: the server calls boot() first.');
  return vitals;
}
