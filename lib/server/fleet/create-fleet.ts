import { randomBytes } from 'node:crypto';
import type { Timer } from '#lib/flow/timers.ts';
import type { Scope } from '#lib/model/contract/scope.ts';
import { isWhole, toScopeKey } from '#lib/model/contract/scope.ts';
import type { Product } from '#lib/server/vitals.ts';
import { findFleetDoubt } from '#lib/view/fleet/to-fleet-swarm.ts';
import type { systemClock } from '#lib/watch/clock.ts';
import { createFirstSeen } from './create-first-seen.ts';
import { createFleetView, type FleetView } from './create-fleet-view.ts';
import type { Fleet, FleetMember, Running } from './fleet.ts';

/** What changes is sent this often at most: each swarm changes many times a second, and its row a few times a minute. */
const PACE_MS = 250;
/** Of so many scopes the view is kept. */
const MAX_KEPT = 64;

/** Several swarms together, each of which fails on its own. Views are made when somebody looks. */
export function createFleet(options: {
  products: readonly { name: string; product: Product }[];
  build: string;
  clock: typeof systemClock;
}): Running {
  const { build, clock } = options;
  const epoch = randomBytes(6).toString('hex');
  const startedAtMs = clock.nowMs();
  const members: FleetMember[] = options.products.map((one) => ({ ...one, last: null }));
  const byName = new Map(members.map(({ name, product }) => [name, product]));
  const firstSeen = createFirstSeen(clock.nowMs);
  const views = new Map<string, FleetView>();
  let timer: Timer | null = null;
  let sentMs = Number.NEGATIVE_INFINITY;

  function look(member: FleetMember): void {
    const picture = member.product.picture();
    if (findFleetDoubt(picture, clock.nowMs()) === null) member.last = picture;
    plan();
  }

  function plan(): void {
    if (timer !== null || !hasViewers()) return;
    const dueMs = Math.max(0, sentMs + PACE_MS - clock.steadyMs());
    timer = clock.setTimer(dueMs, () => {
      timer = null;
      sentMs = clock.steadyMs();
      for (const view of views.values()) if (view.viewers() > 0) view.refresh();
    });
  }

  const hasViewers = () => [...views.values()].some((view) => view.viewers() > 0);
  for (const member of members) member.product.subscribe({ onUpdate: () => look(member), onEvents: plan });

  function viewOf(scope: Scope): Fleet {
    const key = isWhole(scope) ? '' : toScopeKey(scope);
    const known = views.get(key);
    if (known !== undefined) return known.fleet;
    const view = createFleetView({ members, scope, epoch, build, clock, firstSeen });
    views.set(key, view);
    for (const [oldest, { viewers }] of views) {
      if (views.size <= MAX_KEPT) break;
      if (viewers() === 0 && oldest !== key) views.delete(oldest);
    }
    return view.fleet;
  }

  return {
    product: (swarm) => (swarm === null ? null : (byName.get(swarm) ?? null)),
    fleet: viewOf,
    networks: () => Promise.reject(new Error('a relay reads no Docker (VITALS_SWARMS).')),
    stats(swarm) {
      const one = swarm === null ? undefined : byName.get(swarm);
      if (one !== undefined) return one.stats();
      const all = members.map(({ product }) => product.stats());
      return {
        startedAtMs,
        viewers: all.reduce((sum, { viewers }) => sum + viewers, 0),
        fleetViewers: [...views.values()].reduce((sum, { viewers }) => sum + viewers(), 0),
        memoryBytes: process.memoryUsage.rss(),
        sources: all.flatMap(({ source }) => source ?? []),
      };
    },
    async close() {
      timer?.cancel();
      for (const view of views.values()) view.close();
      await Promise.allSettled(members.map(({ product }) => product.close()));
    },
  };
}
