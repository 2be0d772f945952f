import { describe, expect, it } from 'vitest';
import { WHOLE } from '#lib/model/contract/scope.ts';
import { type AccessQuestion, decideAccess } from './decide-access.ts';

const ask = (over: Partial<AccessQuestion>) =>
  decideAccess({
    method: 'GET',
    path: '/',
    level: 'full',
    scope: WHOLE,
    knownHost: true,
    fetchSite: null,
    fetchMode: null,
    foreignOrigin: false,
    ...over,
  });

const PATHS = [
  '/',
  '/services/web',
  '/services/web/1',
  '/nodes',
  '/events',
  '/wall',
  '/api/swarm',
  '/api/stream',
  '/metrics',
  '/api/anything',
  '/new',
];

describe('may it be answered?', () => {
  it.each(PATHS)('%s to whoever is let in', (path) => {
    expect(ask({ path })).toEqual({ kind: 'allow' });
  });

  it.each(PATHS)('%s to nobody else', (path) => {
    expect(ask({ path, level: 'none' }).kind).toBe('sign-in');
  });

  it.each([
    ['/wall', 'allow'],
    ['/api/stream', 'allow'],
    ['/', 'refuse'],
    ['/wall/x', 'refuse'],
    ['/api/swarm', 'refuse'],
    ['/api/events', 'refuse'],
    ['/services/web', 'refuse'],
    ['/metrics', 'refuse'],
  ])('a screen and %s: %s', (path, kind) => {
    expect(ask({ path, level: 'wall' }).kind).toBe(kind);
  });

  it.each(['/login', '/api/healthz', '/api/readyz', '/api/signed-out'])('%s to everybody', (path) => {
    expect(ask({ path, level: 'none' }).kind).toBe('allow');
  });

  it.each([
    ['POST', '/', 405],
    ['DELETE', '/api/swarm', 405],
    ['OPTIONS', '/api/stream', 405],
    ['GET', '/api/login', 405],
    ['PUT', '/api/logout', 405],
  ])('%s %s is refused', (method, path, statusCode) => {
    expect(ask({ method, path })).toMatchObject({ kind: 'refuse', statusCode });
  });

  it('who signs out after their session ended is signed out, and asked for nothing', () => {
    expect(ask({ method: 'POST', path: '/api/logout', level: 'none' })).toEqual({ kind: 'allow' });
    expect(
      ask({ method: 'POST', path: '/api/logout', level: 'none', fetchSite: 'cross-site' }),
    ).toMatchObject({ statusCode: 403 });
  });

  it('asks people with a page, and programs with a status', () => {
    expect(ask({ path: '/nodes', level: 'none' })).toEqual({ kind: 'sign-in', page: true });
    expect(ask({ path: '/api/swarm', level: 'none' })).toEqual({ kind: 'sign-in', page: false });
    expect(ask({ path: '/metrics', level: 'none' })).toEqual({ kind: 'sign-in', page: false });
  });

  it.each([
    ['a link from elsewhere', { fetchSite: 'cross-site', fetchMode: 'navigate' }, 'allow'],
    ['our own page', { path: '/api/stream', fetchSite: 'same-origin', fetchMode: 'cors' }, 'allow'],
    ['an address typed in', { fetchSite: 'none', fetchMode: 'navigate' }, 'allow'],
    ['another site that reads', { path: '/api/swarm', fetchSite: 'cross-site', fetchMode: 'cors' }, 'refuse'],
    [
      'another site that embeds',
      { path: '/api/healthz', fetchSite: 'cross-site', fetchMode: 'no-cors' },
      'refuse',
    ],
    [
      'a sibling site that reads',
      { path: '/api/swarm', fetchSite: 'same-site', fetchMode: 'cors' },
      'refuse',
    ],
    [
      'another site that posts a form',
      { method: 'POST', path: '/api/login', fetchSite: 'cross-site', fetchMode: 'navigate' },
      'refuse',
    ],
  ] as const)('%s: %s', (_what, question, kind) => {
    expect(ask(question).kind).toBe(kind);
  });

  it('answers to its own names only', () => {
    expect(ask({ knownHost: false })).toMatchObject({ kind: 'refuse', statusCode: 421 });
  });

  it('a form that a page of another site sends over plain HTTP: no; a link there, and what a browser vouches for: yes', () => {
    for (const path of ['/api/login', '/api/logout']) {
      const post = { method: 'POST', path, foreignOrigin: true };
      expect(ask(post)).toMatchObject({ kind: 'refuse', statusCode: 403 });
      expect(ask({ ...post, fetchSite: 'same-origin' }).kind).toBe('allow');
      expect(ask({ ...post, foreignOrigin: false }).kind).toBe('allow');
    }
    expect(ask({ path: '/', foreignOrigin: true }).kind).toBe('allow');
  });
});

describe('what changes something', () => {
  const scopeOf = (role: 'viewer' | 'operator' | 'admin', stacks: string[] | null = null) => ({
    isWall: false,
    rights: [{ role, stacks }],
  });
  const post = (over: Partial<AccessQuestion>) => ask({ method: 'POST', path: '/api/silences', ...over });

  it.each(['/api/silences', '/api/silences/abc/end'])('%s is for an admin of something', (path) => {
    expect(post({ path }).kind).toBe('allow');
    expect(post({ path, scope: scopeOf('admin', ['shop']) }).kind).toBe('allow');
    for (const scope of [scopeOf('operator'), scopeOf('viewer'), scopeOf('operator', ['shop'])])
      expect(post({ path, scope })).toMatchObject({ kind: 'refuse', statusCode: 403 });
  });

  it('is read by viewers', () => {
    for (const scope of [scopeOf('viewer'), scopeOf('viewer', ['shop']), scopeOf('operator')])
      expect(ask({ path: '/api/silences', scope }).kind).toBe('allow');
  });

  it('is for no stranger, no screen, and no other method', () => {
    expect(post({ level: 'none' }).kind).toBe('sign-in');
    expect(post({ level: 'wall' })).toMatchObject({ statusCode: 403 });
    expect(ask({ path: '/api/silences', level: 'wall' })).toMatchObject({ statusCode: 403 });
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'])
      expect(ask({ method, path: '/api/silences' })).toMatchObject({ statusCode: 405 });
    expect(ask({ path: '/api/silences/abc/end' })).toMatchObject({ statusCode: 405 });
    expect(post({ path: '/api/swarm' })).toMatchObject({ statusCode: 405 });
  });

  it.each<[string, Partial<AccessQuestion>]>([
    ['a form of another site', { fetchSite: 'cross-site', fetchMode: 'navigate' }],
    ['a script of another site', { fetchSite: 'cross-site', fetchMode: 'cors' }],
    ['another host of the same domain', { fetchSite: 'same-site', fetchMode: 'no-cors' }],
    ['a browser without Sec-Fetch-Site', { foreignOrigin: true }],
    ['a name that was bound to our address', { knownHost: false }],
  ])('is sent in vain by %s', (_, over) => {
    expect(post(over).kind).toBe('refuse');
    expect(post({ path: '/api/silences/abc/end', ...over }).kind).toBe('refuse');
  });
});
