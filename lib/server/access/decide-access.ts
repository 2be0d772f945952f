import type { Level } from './access.ts';
import { CALLBACK_PATH } from './oidc/parse-oidc.ts';

/** What of a request counts. */
export interface AccessQuestion {
  method: string;
  /** Without query, and without the base path. */
  path: string;
  /** How far its credentials go. */
  level: Level;
  /** Its `Host` is one of ours. */
  knownHost: boolean;
  /** `Sec-Fetch-Site` and `Sec-Fetch-Mode`: browsers send them, other programs do not. */
  fetchSite: string | null;
  fetchMode: string | null;
  /** Its `Origin` is another site than the one that it was sent to; browsers send it with every POST, over HTTP too. */
  foreignOrigin: boolean;
}

export type AccessDecision =
  | { kind: 'allow' }
  /** To be asked who they are: people with a page, programs with a status. */
  | { kind: 'sign-in'; page: boolean }
  | { kind: 'refuse'; statusCode: 403 | 405 | 421; message: string };

/** Answered whoever asks; without a session they say no more than that this process is up. */
const PUBLIC: ReadonlySet<string> = new Set([
  '/login',
  CALLBACK_PATH,
  '/api/login',
  // Who clicks it in a page whose session is over is out already.
  '/api/logout',
  '/api/healthz',
  '/api/readyz',
  '/api/signed-out',
]);
/** The only ones that take POST, and nothing else takes it. */
const POSTED: ReadonlySet<string> = new Set(['/api/login', '/api/logout']);
const WALL: ReadonlySet<string> = new Set(['/wall', '/api/stream', '/api/logout']);

/** May this request be answered? Pure; every route but the built files goes through it. */
export function decideAccess(question: AccessQuestion): AccessDecision {
  const { method, path, level, knownHost, fetchSite, fetchMode, foreignOrigin } = question;
  if (!knownHost)
    return refuse(
      421,
      'Swarm Vitals does not answer to this host name. If it is yours, add it to VITALS_HOSTS.',
    );
  const isPost = POSTED.has(path);
  if (isPost ? method !== 'POST' : method !== 'GET' && method !== 'HEAD')
    return refuse(405, isPost ? 'Send this with POST.' : 'Swarm Vitals can only be read.');
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
  if (PUBLIC.has(path) || level === 'full') return { kind: 'allow' };
  if (level === 'wall')
    return WALL.has(path)
      ? { kind: 'allow' }
      : refuse(403, 'This screen may show the wall and nothing else.');
  return { kind: 'sign-in', page: !path.startsWith('/api/') && path !== '/metrics' };
}

function refuse(statusCode: 403 | 405 | 421, message: string): AccessDecision {
  return { kind: 'refuse', statusCode, message };
}
