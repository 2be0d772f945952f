import { ResponseBodyError } from 'oauth4webapi';
import { beforeEach, expect, it } from 'vitest';
import { buildAccessConfig } from '#lib/testing/build-access-config.ts';
import { answerSignIn } from './answer-sign-in.ts';
import { createGate } from './create-gate.ts';
import type { Gate } from './gate.ts';
import type { OidcClient } from './oidc/create-oidc-client.ts';
import { createOidcSignIn } from './oidc/create-oidc-sign-in.ts';
import type { SignedIn } from './oidc/read-claims.ts';
import type { Visitor } from './visitor.ts';

const ADA: SignedIn = { name: 'ada', groups: ['ops'], areElsewhere: false, endsAtMs: Date.now() + 3_600_000 };
const OIDC = {
  issuer: 'https://id.example',
  clientId: 'vitals',
  clientSecret: null,
  scope: 'openid',
  groups: ['ops'],
  groupsClaim: 'groups',
  readsGroups: true,
  minSessionMs: 3_600_000,
  ownUrl: 'https://vitals.example',
};

const VISITOR: Visitor = {
  ...{ method: 'GET', path: '/', address: '/', peer: '192.168.0.9' },
  header: () => null,
  countLines: () => 1,
  cookie: () => null,
};

let wallMs: number;
let nowMs: number;
let said: string[];
let gate: Gate;
let answer: () => Promise<SignedIn>;
let isThere: boolean;
let signOutUrl: string | null;

beforeEach(() => {
  wallMs = Date.now();
  nowMs = 0;
  said = [];
  isThere = true;
  signOutUrl = null;
  answer = async () => ADA;
  const provider: OidcClient = {
    async toSignInUrl({ state }) {
      if (!isThere) throw new Error('connect ECONNREFUSED');
      return `https://id.example/auth?state=${state}`;
    },
    exchange: () => answer(),
    toSignOutUrl: async () => signOutUrl,
  };
  const clocks = { nowMs: () => nowMs, wallMs: () => wallMs, log: (text: string) => void said.push(text) };
  const made = createGate(buildAccessConfig({ mode: { kind: 'oidc', oidc: OIDC } }), {
    ...clocks,
    installationSecret: null,
    signOutPath: null,
    surroundings: { networks: [], own: [], inContainer: false },
  });
  const key = async () => 'k'.repeat(43);
  const partyOf = () => '192.168.0.9';
  gate = {
    ...made,
    oidc: createOidcSignIn({ ...clocks, client: provider, groups: ['ops'], key, partyOf }),
  };
});

/** A browser: all its tabs have its cookies. */
function openBrowser(proxy: Record<string, string> = { 'x-forwarded-proto': 'https' }) {
  const cookies = new Map<string, string>();
  async function ask(address: string, method = 'GET') {
    const [path = '', query = ''] = address.split('?');
    const headers: Record<string, string> = { host: 'vitals.example', ...proxy };
    const visitor: Visitor = {
      method,
      path,
      address: path,
      header: (name) => headers[name] ?? null,
      countLines: () => 1,
      cookie: (name) => cookies.get(name) ?? null,
      peer: '192.168.0.9',
    };
    const request = { visitor, query: query && `?${query}`, body: '', account: null, nonce: 'n' };
    const { statusCode, headers: sent, body } = await answerSignIn(gate, request);
    return {
      statusCode,
      body,
      location: String(sent.location ?? ''),
      cookies: [sent['set-cookie'] ?? []].flat(),
    };
  }
  return {
    cookies,
    ask,
    /** The answer arrives, and its cookies with it. */
    take({ cookies: lines }: { cookies: string[] }) {
      for (const line of lines) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === '') cookies.delete(name);
        else cookies.set(name, value);
      }
    },
    async go(address: string, method = 'GET') {
      const answered = await ask(address, method);
      this.take(answered);
      return answered;
    },
  };
}

/** Where the provider sends somebody back to whom it was shown this address. */
function toCallback(
  { location }: { location: string },
  more: Record<string, string> = { code: 'c' },
): string {
  const state = new URL(location).searchParams.get('state') ?? '';
  return `/login/callback?${new URLSearchParams({ ...more, state })}`;
}

it('somebody signs in, and comes to where they wanted to', async () => {
  const browser = openBrowser();
  const back = await browser.go(toCallback(await browser.go('/login?next=%2Fnodes')));
  expect(back).toMatchObject({ statusCode: 303, location: '/nodes' });
  expect([...browser.cookies.keys()]).toEqual(['__Host-vitals-session']);
  expect(said).toEqual(['audit {"event":"sign-in","who":"ada","from":"192.168.0.9","by":"oidc"}']);
});

it.each([
  ['nothing', ''],
  ['JSON', '{"password":"x"}'],
])('%s in the place of the form is no wrong password', async (_what, body) => {
  const tried: string[] = [];
  const visitor = { ...VISITOR, method: 'POST', path: '/api/login', address: '/api/login' };
  const asked: Gate = {
    ...gate,
    oidc: null,
    config: buildAccessConfig({
      mode: { kind: 'password', password: { kind: 'plain', text: 'correct horse' } },
    }),
    signIn: async (password) => {
      tried.push(password);
      return { kind: 'wrong' };
    },
  };
  const answered = await answerSignIn(asked, { visitor, query: '', body, account: null, nonce: 'n' });
  expect(answered.statusCode).toBe(400);
  expect(answered.body).toContain('Send the password as a form');
  expect(tried).toEqual([]);
});

it('an operator reads that the proxy does not say that it was TLS', async () => {
  const browser = openBrowser({});
  await browser.go(toCallback(await browser.go('/login')));
  expect(said.join()).toContain('"who":"ada","warning":"have the proxy send X-Forwarded-Proto: https');
});

it.each([
  ['five minutes', 300, 3_600],
  ['a day', 86_400, 86_400],
  ['a year', 31_536_000, 604_800],
])('a session of a provider whose word lasts for %s', async (_what, seconds, lasts) => {
  answer = async () => ({ ...ADA, endsAtMs: wallMs + seconds * 1_000 });
  const browser = openBrowser();
  const back = await browser.go(toCallback(await browser.go('/login')));
  expect(back.cookies.find((line) => line.startsWith('__Host-vitals-session'))).toContain(
    `Max-Age=${lasts};`,
  );
});

it('tabs that begin at the same time all come in', async () => {
  const browser = openBrowser();
  const begun = [await browser.ask('/login?next=%2Fnodes'), await browser.ask('/login?next=%2Fevents')];
  for (const one of begun) browser.take(one);
  // Only the second one's flow is in the cookie, and the first one comes back first.
  const [first, second] = begun.map((one) => toCallback(one));
  const early = await browser.go(first ?? '');
  expect(early).toMatchObject({ statusCode: 303, location: '/login?next=%2Fnodes&again=1' });
  const once = await browser.go(early.location);
  expect(await browser.go(second ?? '')).toMatchObject({ location: '/events' });
  expect(await browser.go(toCallback(once))).toMatchObject({ statusCode: 303, location: '/nodes' });
});

it('whoever took too long begins once more by themselves, and then no more', async () => {
  const browser = openBrowser();
  const begun = await browser.go('/login');
  wallMs += 601_000;
  const late = await browser.go(toCallback(begun));
  expect(late).toMatchObject({ statusCode: 303, location: '/login?again=1' });
  const again = await browser.go(late.location);
  wallMs += 601_000;
  expect((await browser.go(toCallback(again))).statusCode).toBe(400);
});

it('whoever begins once more has all the time there is', async () => {
  const browser = openBrowser();
  await browser.go('/login');
  wallMs += 590_000;
  const again = await browser.go('/login');
  wallMs += 300_000;
  expect(await browser.go(toCallback(again))).toMatchObject({ statusCode: 303, location: '/' });
});

it.each([
  ['a code that the provider knows no more', { code: 'c' }],
  ['a page of the provider that was open for too long', { error: 'temporarily_unavailable' }],
])('begins once more after %s', async (_what, more) => {
  answer = async () => {
    const response = new Response(null, { status: 400 });
    throw new ResponseBodyError('an error', { cause: { error: 'invalid_grant' }, response });
  };
  const browser = openBrowser();
  const back = await browser.go(toCallback(await browser.go('/login'), more));
  expect(back).toMatchObject({ statusCode: 303, location: '/login?again=1' });
  expect((await browser.go(toCallback(await browser.go(back.location), more))).statusCode).toBe(400);
});

it('where somebody signed out no other tab signs in again by itself', async () => {
  const browser = openBrowser();
  const begun = await browser.go('/login');
  await browser.go(toCallback(begun));
  const underWay = await browser.go('/login?next=%2Fnodes');
  expect(await browser.go('/api/logout', 'POST')).toMatchObject({ location: '/login?signed-out=1' });

  const reloaded = await browser.go('/login?next=%2Fevents');
  expect(reloaded.statusCode).toBe(200);
  expect(reloaded.body).toContain('You are signed out.');
  const cameBack = await browser.go(toCallback(underWay));
  expect(cameBack.statusCode).toBe(200);
  expect([...browser.cookies.keys()]).toEqual(['__Host-vitals-flow']);

  const [, href = ''] = /class="button" href="([^"]+)"/.exec(reloaded.body) ?? [];
  const wanted = await browser.go(href.replaceAll('&amp;', '&'));
  expect(await browser.go(toCallback(wanted))).toMatchObject({ statusCode: 303, location: '/events' });
});

it('a page that finds no provider comes back with it, though nobody stands before it', async () => {
  const browser = openBrowser();
  isThere = false;
  const answered = await browser.go('/login?next=%2Fnodes');
  expect(answered.statusCode).toBe(502);
  expect(answered.body).toContain('<meta http-equiv="refresh" content="15;url=/login?next=%2Fnodes">');
});

it('whoever is turned away can become somebody else at the provider', async () => {
  signOutUrl = 'https://id.example/out?a=1&b=2';
  answer = async () => ({ ...ADA, groups: ['guests'] });
  const browser = openBrowser();
  const { statusCode, body } = await browser.go(toCallback(await browser.go('/login?next=%2Fnodes')));
  expect(statusCode).toBe(403);
  expect(body).toContain('href="/login?next=%2Fnodes&amp;start=1">Sign in<');
  expect(body).toContain('href="https://id.example/out?a=1&amp;b=2">Sign out at the provider<');
});

it('strangers who make up codes fill no log', async () => {
  const browser = openBrowser();
  const denied = toCallback(await browser.go('/login'), { error: 'access_denied', error_description: 'x' });
  for (let count = 0; count < 5; count += 1) expect((await browser.go(denied)).statusCode).toBe(403);
  nowMs += 10_000;
  await browser.go(denied);
  expect(said).toEqual([
    'the provider signed nobody in: access_denied x',
    'the provider signed nobody in: access_denied x (4 more since the last such line)',
  ]);
});

it.each<[string, Partial<SignedIn>, string]>([
  ['is in others', { groups: ['/ops', 'dev'] }, 'they are in /ops, dev'],
  ['is in none', { groups: [] }, 'they are in none'],
  ['has none that it says', { groups: null }, 'nothing in the claim VITALS_OIDC_GROUPS_CLAIM'],
  ['has too many', { groups: null, areElsewhere: true }, 'too many (Entra ID'],
])('an operator reads why somebody was turned away who %s', async (_what, over, words) => {
  answer = async () => ({ ...ADA, ...over });
  const browser = openBrowser();
  expect((await browser.go(toCallback(await browser.go('/login')))).statusCode).toBe(403);
  expect(browser.cookies.has('__Host-vitals-session')).toBe(false);
  expect(said.join()).toContain(words);
});
