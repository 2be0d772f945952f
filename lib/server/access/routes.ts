import type { Role } from '#lib/model/contract/scope.ts';
import { CALLBACK_PATH } from './oidc/parse-oidc.ts';

/** What a route asks of whoever wants its answer. */
export interface RouteNeed {
  /**
   * - `anybody` also without a session: it says no more than that this process is up
   * - `screen` a wall's token, and whoever may see anything
   * - a role: whoever has it somewhere; what is answered is narrowed to where they have it
   */
  who: 'anybody' | 'screen' | Role;
  /** It is told of the whole swarm or not at all: whom stacks limit gets no answer. */
  isOfSwarm?: true;
  /** It takes POST and nothing else. */
  isPosted?: true;
  /** It takes POST, too: for whoever has this role somewhere. Whether they have it of what they change is asked there. */
  posts?: Role;
}

const VIEWER: RouteNeed = { who: 'viewer' };
const OPERATOR: RouteNeed = { who: 'operator' };

/** Of what anybody may ask for this alone says something of a swarm: below its name it is for whoever may see that one. */
export const READY_PATH = '/api/readyz';

/** Every route there is, by the name of its folder (`routes.test.ts` finds one that is missing). */
export const ROUTES: Readonly<Record<string, RouteNeed>> = {
  '/login': { who: 'anybody' },
  [CALLBACK_PATH]: { who: 'anybody' },
  '/api/login': { who: 'anybody', isPosted: true },
  // Who clicks it in a page whose session is over is out already.
  '/api/logout': { who: 'anybody', isPosted: true },
  '/api/healthz': { who: 'anybody' },
  [READY_PATH]: { who: 'anybody' },
  '/api/signed-out': { who: 'anybody' },
  '/wall': { who: 'screen' },
  '/api/stream': { who: 'screen' },
  '/': VIEWER,
  // Above all swarms, where there are several (lib/server/fleet/fleet-address.ts).
  '/fleet': VIEWER,
  '/fleet/events': VIEWER,
  '/fleet/incidents': VIEWER,
  '/fleet/none': VIEWER,
  '/fleet/wall': { who: 'screen' },
  '/api/fleet': VIEWER,
  '/api/fleet/events': VIEWER,
  '/api/fleet/incidents': VIEWER,
  // In the place of what takes POST below a name that there is not.
  '/api/fleet/none': { who: 'viewer', posts: 'viewer' },
  '/api/fleet/search': VIEWER,
  '/api/fleet/stream': { who: 'screen' },
  '/events': VIEWER,
  '/incidents': VIEWER,
  '/incidents/[id]': VIEWER,
  '/matrix': VIEWER,
  '/nodes': VIEWER,
  '/nodes/[name]': VIEWER,
  '/reports': VIEWER,
  '/services/[name]': VIEWER,
  '/services/[name]/compare': VIEWER,
  '/services/[name]/log': OPERATOR,
  '/services/[name]/[replica]': VIEWER,
  '/services/[name]/[replica]/log': OPERATOR,
  '/silences': VIEWER,
  '/timeline': VIEWER,
  '/api/events': VIEWER,
  '/api/incidents': VIEWER,
  '/api/incidents/[id]': VIEWER,
  '/api/nodes': VIEWER,
  '/api/nodes/[name]': VIEWER,
  '/api/nodes/[name]/usage': VIEWER,
  '/api/places': VIEWER,
  '/api/relay': VIEWER,
  '/api/reports': VIEWER,
  '/api/services/[name]': VIEWER,
  '/api/services/[name]/history': VIEWER,
  '/api/services/[name]/log': OPERATOR,
  '/api/services/[name]/usage': VIEWER,
  '/api/services/[name]/[replica]': VIEWER,
  '/api/services/[name]/[replica]/history': VIEWER,
  '/api/services/[name]/[replica]/log': OPERATOR,
  '/api/services/[name]/[replica]/usage': VIEWER,
  '/api/silences': { who: 'viewer', posts: 'admin' },
  '/api/silences/[id]/end': { who: 'admin', isPosted: true },
  '/api/status': VIEWER,
  '/api/status/[service]': VIEWER,
  '/api/swarm': VIEWER,
  '/api/tasks/[id]/last-words': { who: 'operator', isOfSwarm: true },
  '/api/timeline': VIEWER,
  '/metrics': VIEWER,
};

const FIXED = new Map(Object.entries(ROUTES).filter(([name]) => !name.includes('[')));
const WITH_PARAMETERS = Object.entries(ROUTES)
  .filter(([name]) => name.includes('['))
  .map(([name, need]) => ({ parts: name.split('/'), need }));

/**
 * What the route of this address asks for; `null`: there is none that is known. A part that is written in the place of a
 * parameter leads to that parameter's route, as Next has it: the route of its own name comes first.
 */
export function findRouteNeed(path: string): RouteNeed | null {
  const fixed = FIXED.get(path);
  if (fixed !== undefined) return fixed;
  const given = path.split('/');
  const found = WITH_PARAMETERS.filter(
    ({ parts }) =>
      parts.length === given.length &&
      parts.every((part, at) => (part.startsWith('[') ? given[at] !== '' : part === given[at])),
  );
  // One that is written out, such as `log`, comes before one that stands for anything.
  found.sort((a, b) => countParameters(a.parts) - countParameters(b.parts));
  return found[0]?.need ?? null;
}

const countParameters = (parts: readonly string[]) => parts.filter((part) => part.startsWith('[')).length;
