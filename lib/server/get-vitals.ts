import 'server-only';
import { headers } from 'next/headers';
import { readScope } from './access/read-scope.ts';
import type { Product, Vitals } from './vitals.ts';

// Our server, and Next's routes and pages, are separate module instances: they share only globalThis.
const KEY = Symbol.for('swarm-vitals');

/** What whoever sent the present request may ask: there is no other way from a page or a route to what is known. */
export async function getVitals(): Promise<Vitals> {
  const product = (globalThis as { [KEY]?: Product })[KEY];
  if (!product) throw new Error('Swarm Vitals was not started: the server calls boot() first.');
  return product.of(readScope(await headers()));
}
