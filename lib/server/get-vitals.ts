import 'server-only';
import { headers } from 'next/headers';
import { readFleetScope, readScope } from './access/read-scope.ts';
import type { Fleet, Running } from './fleet/fleet.ts';
import { SWARM_HEADER } from './fleet/fleet-address.ts';
import type { Vitals } from './vitals.ts';

// Our server, and Next's routes and pages, are separate module instances: they share only globalThis.
const KEY = Symbol.for('swarm-vitals');

function getRunning(): Running {
  const running = (globalThis as { [KEY]?: Running })[KEY];
  if (!running) throw new Error('Swarm Vitals was not started: the server calls boot() first.');
  return running;
}

/**
 * What whoever sent the present request may ask of the swarm that it is about: there is no other way from a page or a route
 * to what is known.
 */
export async function getVitals(): Promise<Vitals> {
  const own = await headers();
  const product = getRunning().product(own.get(SWARM_HEADER));
  if (product === null) throw new Error('This is about no swarm of several: ask getFleet().');
  return product.of(readScope(own));
}

/** The same of all swarms together, also for a page of one of them; `null`: there is but one. */
export async function getFleet(): Promise<Fleet | null> {
  return getRunning().fleet?.(readFleetScope(await headers())) ?? null;
}

/** Is the present request about what is above all swarms, where there are several? */
export async function isAboveSwarms(): Promise<boolean> {
  return getRunning().fleet !== null && !(await headers()).has(SWARM_HEADER);
}
