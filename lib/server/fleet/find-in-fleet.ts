import type { FleetHits } from '#lib/model/contract/fleet.ts';
import type { Place } from '#lib/model/contract/place.ts';
import { parsePlaceQuery } from '#lib/model/derive/find-places.ts';
import { findInSwarm } from '#lib/view/fleet/find-in-swarm.ts';
import { findFleetDoubt } from '#lib/view/fleet/to-fleet-swarm.ts';
import { inSwarm } from './current-swarm.ts';
import type { SeenSwarm } from './fleet.ts';

/** Names are found at once: for ports of a swarm that does not answer they wait no longer. */
const PORTS_WITHIN_MS = 1_000;

/** What answers to a query in each of these swarms. */
export async function findInFleet(
  seen: readonly SeenSwarm[],
  { query, nowMs }: { query: string; nowMs(): number },
): Promise<FleetHits> {
  const isPort = parsePlaceQuery(query)?.kind === 'port';
  // All at once: what a service publishes is in no stream.
  const places = await Promise.all(seen.map(({ vitals }) => (isPort ? findPorts(vitals, query) : [])));
  const swarms = [];
  for (const [at, { name, vitals }] of seen.entries()) {
    const of = vitals.picture();
    const isKnown = findFleetDoubt(of, nowMs()) === null;
    const found = inSwarm(name, () => findInSwarm(of, query, isKnown, places[at] ?? []));
    if (found !== null) swarms.push({ swarm: name, ...found });
    await others();
  }
  const unanswered = seen.flatMap(({ name }, at) => (places[at] === null ? [name] : []));
  return { query, swarms, unanswered };
}

/** @returns `null`: it did not answer */
function findPorts(vitals: SeenSwarm['vitals'], query: string): Promise<Place[] | null> {
  const { promise: late, resolve } = Promise.withResolvers<null>();
  setTimeout(() => resolve(null), PORTS_WITHIN_MS).unref();
  const asked = vitals.places(query).then(({ places }) => places);
  return Promise.race([asked.catch(() => null), late]);
}

/** Lets everything that waits for the event loop run. */
function others(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
