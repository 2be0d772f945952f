import type { IncomingHttpHeaders } from 'node:http';
import { readFleetScope, readScope } from '#lib/server/access/read-scope.ts';
import type { Fleet, Running } from '#lib/server/fleet/fleet.ts';
import { SWARM_HEADER } from '#lib/server/fleet/fleet-address.ts';
import type { Vitals } from '#lib/server/vitals.ts';

/**
 * All that the overview, the matrix, the nodes, the wall and the layout around them ask for: such a page is another one as
 * soon as any of these is another object. When the picture was confirmed last is left out: that alone is no other page.
 */
function listShown(vitals: Pick<Vitals, 'picture' | 'history' | 'incidents'>): readonly unknown[] {
  const { atMs: _, ...picture } = vitals.picture();
  const { history, incidents } = vitals;
  return [
    ...[vitals, ...Object.values(picture)],
    ...[history.recentEvents(), history.state().sentence, incidents.overview()],
  ];
}

/** The same of what is above several swarms: each is the same object for as long as nothing of it changes. */
function listShownOfAll(fleet: Fleet): readonly unknown[] {
  const { swarms, events } = fleet.picture();
  return [fleet, events, ...swarms];
}

/** The same for whoever sent a request; `null`: it is about no swarm that there is. */
export function listShownBy(running: Running, headers: IncomingHttpHeaders): readonly unknown[] | null {
  const own = { get: (name: string) => [headers[name]].flat()[0] ?? null };
  const swarm = own.get(SWARM_HEADER);
  if (swarm === null && running.fleet !== null) return listShownOfAll(running.fleet(readFleetScope(own)));
  const product = running.product(swarm);
  return product === null ? null : listShown(product.of(readScope(own)));
}
