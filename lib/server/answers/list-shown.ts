import type { IncomingHttpHeaders } from 'node:http';
import { readScope } from '#lib/server/access/read-scope.ts';
import type { Running } from '#lib/server/fleet/fleet.ts';
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

/** The same for whoever sent a request; `null`: of several swarms, where a page also shows the others. */
export function listShownBy(running: Running, headers: IncomingHttpHeaders): readonly unknown[] | null {
  if (running.fleet !== null) return null;
  const scope = readScope({ get: (name) => [headers[name]].flat()[0] ?? null });
  const product = running.product(null);
  return product === null ? null : listShown(product.of(scope));
}
