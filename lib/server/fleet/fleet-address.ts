/** Which swarm a request is about, as routes read it; not there: what is above all swarms, or there is but one. */
export const SWARM_HEADER = 'x-vitals-swarm';
/** The path that was asked for, without the base path, where that is not the route's own. */
export const ADDRESS_HEADER = 'x-vitals-address';

const SWARM = /^\/swarms\/([^/]+)(\/.*)?$/;

/** What a path is about: `/swarms/prod/nodes` is `/nodes` of `prod`; `swarm` is `null` where no such swarm is known. */
export function takeSwarm(path: string, names: readonly string[]): { swarm: string | null; path: string } {
  const [, name = '', own] = SWARM.exec(path) ?? [];
  return names.includes(name) ? { swarm: name, path: own ?? '/' } : { swarm: null, path };
}

/** What a path asks for below the name of any swarm, known or not; `null`: it is below none. */
export const takeBelowName = (path: string): string | null => SWARM.exec(path)?.[2] ?? null;

/** What is above all swarms and has another route than it would have in one of them. */
const ROUTES: Readonly<Record<string, string>> = {
  '/': '/fleet',
  '/wall': '/fleet/wall',
  '/events': '/fleet/events',
  '/incidents': '/fleet/incidents',
};
/** What is the same for all of them. */
const SHARED: ReadonlySet<string> = new Set([
  '/login',
  '/login/callback',
  '/api/login',
  '/api/logout',
  '/api/healthz',
  '/api/readyz',
  '/api/signed-out',
  '/api/status',
  '/metrics',
  '/api/fleet',
  '/api/fleet/events',
  '/api/fleet/incidents',
  '/api/fleet/stream',
  '/api/fleet/search',
]);
const OF_PROGRAMS = /^(\/swarms\/[^/]*)?\/(api(\/|$)|metrics$)/;

/** The route that answers for a path above all swarms: for one that leads to none of them, that which says so. */
export function toFleetRoute(path: string): string {
  const route = Object.hasOwn(ROUTES, path) ? ROUTES[path] : null;
  if (route != null) return route;
  if (SHARED.has(path)) return path;
  return OF_PROGRAMS.test(path) ? '/api/fleet/none' : '/fleet/none';
}
