import { findHighestRole, findSwarmRole, isAtLeast, isWhole, type Scope } from '#lib/model/contract/scope.ts';
import type { Level } from './access.ts';
import { findRouteNeed, type RouteNeed } from './routes.ts';

/** What of a request counts. */
export interface AccessQuestion {
  method: string;
  /** Without query, and without the base path. */
  path: string;
  /** How far its credentials go, and what they may see. */
  level: Level;
  scope: Scope;
  /** Its `Host` is one of ours. */
  knownHost: boolean;
  /** `Sec-Fetch-Site` and `Sec-Fetch-Mode`: browsers send them, other programs do not. */
  fetchSite: string | null;
  fetchMode: string | null;
  /** Its `Origin` is another site than the one that it was sent to; browsers send it with every POST, over HTTP too. */
  foreignOrigin: boolean;
}

export interface Refusal {
  kind: 'refuse';
  statusCode: 403 | 404 | 405 | 421;
  message: string;
  /** To a person who is known: said with a page, and written down. */
  page: boolean;
  isKnown: boolean;
}

export type AccessDecision =
  | { kind: 'allow' }
  /** To be asked who they are: people with a page, programs with a status. */
  | { kind: 'sign-in'; page: boolean }
  | Refusal;

/** May this request be answered? Pure; every route but the built files goes through it. */
export function decideAccess(question: AccessQuestion): AccessDecision {
  const { method, path, level, knownHost, fetchSite, fetchMode, foreignOrigin } = question;
  const refuse = (statusCode: Refusal['statusCode'], message: string): AccessDecision => ({
    kind: 'refuse',
    statusCode,
    message,
    page: false,
    isKnown: false,
  });
  if (!knownHost)
    return refuse(
      421,
      'Swarm Vitals does not answer to this host name. If it is yours, add it to VITALS_HOSTS.',
    );
  const need = findRouteNeed(path);
  const isPost = need?.isPosted === true || (need?.posts !== undefined && method === 'POST');
  if (isPost ? method !== 'POST' : method !== 'GET' && method !== 'HEAD')
    return refuse(405, need?.isPosted === true ? 'Send this with POST.' : 'Swarm Vitals can only be read.');
  // Another site may link here, but neither read nor post.
  const isForeign = fetchSite === 'cross-site' || fetchSite === 'same-site';
  if (isForeign && (isPost || fetchMode !== 'navigate'))
    return refuse(403, 'Asked for by a page of another site.');
  // Browsers leave Sec-Fetch-* out over plain HTTP.
  if (isPost && fetchSite === null && foreignOrigin)
    return refuse(
      403,
      'Sent by a page of another site. If it was ours: the proxy in front of Swarm Vitals has to pass on the Host header.',
    );
  if (need?.who === 'anybody') return { kind: 'allow' };
  const page = !path.startsWith('/api/') && path !== '/metrics';
  if (level === 'none') return { kind: 'sign-in', page };
  if (level === 'wall')
    return need?.who === 'screen'
      ? { kind: 'allow' }
      : refuse(403, 'This screen may show the wall and nothing else.');
  const posts = isPost ? need?.posts : undefined;
  return decideForPerson(question.scope, posts === undefined ? need : { who: posts }, page);
}

function decideForPerson(scope: Scope, need: RouteNeed | null, page: boolean): AccessDecision {
  // Next says itself that there is nothing; an address that nobody thought of is for those alone who may see everything.
  if (isWhole(scope) && need?.who !== 'admin') return { kind: 'allow' };
  const refuse = (statusCode: 403 | 404, message: string): AccessDecision => ({
    kind: 'refuse',
    statusCode,
    message,
    page,
    isKnown: statusCode === 403,
  });
  const role = findHighestRole(scope);
  if (role === null) return refuse(403, 'You are signed in, and nothing here is for you to see.');
  if (need === null) return refuse(404, 'There is nothing here.');
  const least = need.who === 'anybody' || need.who === 'screen' ? 'viewer' : need.who;
  if (!isAtLeast(role, least)) return refuse(403, `This is for the role ${least}; yours is ${role}.`);
  const swarmRole = findSwarmRole(scope);
  if (need.isOfSwarm && swarmRole === null)
    return refuse(403, 'This is told of the whole swarm alone, and you may see some of its stacks.');
  if (need.isOfSwarm && swarmRole !== null && !isAtLeast(swarmRole, least))
    return refuse(403, `This is for the role ${least} of the whole swarm; yours is ${swarmRole}.`);
  return { kind: 'allow' };
}
