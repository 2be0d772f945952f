import type { FleetHits } from '#lib/model/contract/fleet.ts';
import type { Place } from '#lib/model/contract/place.ts';
import type { Scope } from '#lib/model/contract/scope.ts';
import { parsePlaceQuery } from '#lib/model/derive/find-places.ts';
import { findInSwarm } from '#lib/view/fleet/find-in-swarm.ts';
import { findFleetDoubt } from '#lib/view/fleet/to-fleet-swarm.ts';
import { inSwarm } from './current-swarm.ts';
import type { FleetMember } from './fleet.ts';

/** Names are found at once: for ports of a swarm that does not answer they wait no longer. */
const PORTS_WITHIN_MS = 1_000;

/** What answers to a query in each of these swarms, as far as somebody may see it. */
export async function findInFleet(
  members: readonly FleetMember[],
  { query, scope, nowMs }: { query: string; scope: Scope; nowMs(): number },
): Promise<FleetHits> {
  const isPort = parsePlaceQuery(query)?.kind === 'port';
  // All at once: what a service publishes is in no stream.
  const places = await Promise.all(
    members.map(({ product }) => (isPort ? findPorts(product.of(scope), query) : [])),
  );
  const swarms = [];
  for (const [at, { name, product }] of members.entries()) {
    const of = product.of(scope).picture();
    const isKnown = findFleetDoubt(of, nowMs()) === null;
    const found = inSwarm(name, () => findInSwarm(of, query, isKnown, places[at] ?? []));
    if (found !== null) swarms.push({ swarm: name, ...found });
    await others();
  }
  const unanswered = members.flatMap(({ name }, at) => (places[at] === null ? [name] : []));
  return { query, swarms, unanswered };
}

/** @returns `null`: it did not answer */
function findPorts(
  product: ReturnType<FleetMember['product']['of']>,
  query: string,
): Promise<Place[] | null> {
  const { promise: late, resolve } = Promise.withResolvers<null>();
  setTimeout(() => resolve(null), PORTS_WITHIN_MS).unref();
  const asked = product.places(query).then(({ places }) => places);
  return Promise.race([asked.catch(() => null), late]);
}

/** Lets everything that waits for the event loop run. */
function others(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
