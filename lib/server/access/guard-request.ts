import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { REQUEST_HEADER, reportAdmission, reportGuarded } from '#lib/server/http/admissions.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { toSetCookie } from './cookies.ts';
import { type Gate, isSecure, type Visitor, type Wait } from './create-gate.ts';
import { getGate } from './get-gate.ts';
import { toSecurityHeaders } from './to-security-headers.ts';
import { toVisitor } from './to-visitor.ts';
import { toWaitSentence } from './to-wait-sentence.ts';

/** How far the sender of a request may go, as routes read it. Whatever a request says there itself is overwritten. */
export const LEVEL_HEADER = 'x-vitals-level';
/** The stacks that a wall's pass may show, as JSON; not there: all. */
export const STACKS_HEADER = 'x-vitals-stacks';
/** Set where somebody can sign out. */
export const SESSION_HEADER = 'x-vitals-session';

/** Every request but those for built files goes through here first. */
export async function guardRequest(request: NextRequest): Promise<NextResponse> {
  reportGuarded(request.headers.get(REQUEST_HEADER));
  const gate = getGate();
  if (gate === null) return NextResponse.json({ error: 'Starting.' }, { status: 503 });
  const visitor = toVisitor(request, request.nextUrl.pathname);
  const nonce = randomBytes(16).toString('base64');
  const security = toSecurityHeaders(nonce, {
    frameAncestors: gate.config.frameAncestors,
    dev: gate.config.development,
  });
  const response = await answer(gate, request, visitor, nonce, security);
  for (const [name, value] of Object.entries(security)) response.headers.set(name, value);
  return response;
}

async function answer(
  gate: Gate,
  request: NextRequest,
  visitor: Visitor,
  nonce: string,
  security: Record<string, string>,
): Promise<NextResponse> {
  const { decision, level, grant, wait, doubt } = await gate.admit(visitor);
  const token = request.nextUrl.searchParams.get('token');
  if (visitor.path === '/wall' && token !== null && decision.kind !== 'refuse')
    return openWall(gate, request, visitor, token);
  if (decision.kind === 'refuse')
    return NextResponse.json({ error: decision.message }, { status: decision.statusCode });
  if (decision.kind === 'sign-in') {
    if (wait !== null) return toTooMany(wait);
    if (!decision.page || gate.config.mode.kind !== 'password')
      return NextResponse.json({ error: toUnauthorized(gate, doubt) }, { status: 401 });
    const login = request.nextUrl.clone();
    login.pathname = '/login';
    login.search = '';
    if (visitor.path !== '/') login.searchParams.set('next', `${visitor.path}${request.nextUrl.search}`);
    return toRedirect(login);
  }
  if (level !== 'none') reportAdmission(request.headers.get(REQUEST_HEADER));
  const headers = new Headers(request.headers);
  headers.set(LEVEL_HEADER, level);
  headers.delete(SESSION_HEADER);
  headers.delete(STACKS_HEADER);
  if (grant.kind === 'wall' && grant.stacks !== null)
    headers.set(STACKS_HEADER, encodeURIComponent(JSON.stringify(grant.stacks)));
  if (grant.kind === 'session') headers.set(SESSION_HEADER, '1');
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', security['content-security-policy'] ?? '');
  return NextResponse.next({ request: { headers } });
}

/** A screen comes with its token in the address, and goes on without it: addresses are seen and logged. */
async function openWall(
  gate: Gate,
  request: NextRequest,
  visitor: Visitor,
  token: string,
): Promise<NextResponse> {
  const wall = request.nextUrl.clone();
  wall.searchParams.delete('token');
  if (gate.config.mode.kind === 'none') return toRedirect(wall);
  const pass = await gate.openWall(token, visitor);
  if (pass === null)
    return NextResponse.json(
      { error: 'This token opens no wall: it is wrong, or was revoked.' },
      { status: 403 },
    );
  const response = toRedirect(wall);
  response.headers.append('set-cookie', toSetCookie(pass, isSecure(visitor)));
  return response;
}

/** Next sends the path alone when the address is its own, so it holds behind any proxy. */
function toRedirect(url: NextRequest['nextUrl']): NextResponse {
  return NextResponse.redirect(url, { status: 303, headers: { 'cache-control': 'no-store' } });
}

/** A program that sends the password is told that it was not even compared. */
function toTooMany(wait: Wait): NextResponse {
  return NextResponse.json(
    { error: toWaitSentence(wait) },
    { status: 429, headers: { 'retry-after': String(wait.seconds) } },
  );
}

function toUnauthorized({ config }: Gate, doubt: string | null): string {
  if (config.mode.kind === 'proxy' && doubt !== null) return doubt;
  return config.mode.kind === 'proxy'
    ? `Sign in at the proxy in front of Swarm Vitals: it names who you are in ${config.mode.header}.`
    : `Sign in at ${toPath('/login')}, or send the API token as a bearer token.`;
}
