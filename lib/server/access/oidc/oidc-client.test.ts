import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createOidcClient } from './create-oidc-client.ts';
import { formatProviderError } from './provider-errors.ts';

const CHALLENGE = { state: 'the-state', nonce: 'the-nonce', verifier: 'v'.repeat(43) };
const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
const others = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** A provider that answers what it is told to. */
interface Provider {
  issuer: string;
  claims: Record<string, unknown>;
  header: Record<string, unknown>;
  key: typeof own.privateKey;
  metadata: Record<string, unknown>;
  user: Record<string, unknown>;
  asked: string[];
  credentials: (string | undefined)[];
  answer: ((path: string, response: ServerResponse) => boolean) | null;
}

let server: Server;
let provider: Provider;

beforeEach(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? '';
    provider.asked.push(path);
    if (path === '/token') provider.credentials.push(request.headers.authorization);
    request.resume();
    if (provider.answer?.(path, response)) return;
    response.setHeader('content-type', 'application/json').end(JSON.stringify(toAnswer(path)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const nowS = Math.trunc(Date.now() / 1_000);
  provider = {
    issuer,
    claims: {
      iss: issuer,
      aud: 'swarm-vitals',
      sub: 'u1',
      iat: nowS,
      exp: nowS + 600,
      nonce: CHALLENGE.nonce,
    },
    header: { alg: 'RS256', kid: 'k1' },
    key: own.privateKey,
    metadata: {},
    user: { sub: 'u1', groups: ['ops'] },
    asked: [],
    credentials: [],
    answer: null,
  };
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function toAnswer(path: string): unknown {
  const { issuer, metadata, user } = provider;
  if (path.includes('/.well-known'))
    return {
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      userinfo_endpoint: `${issuer}/me`,
      jwks_uri: `${issuer}/keys`,
      end_session_endpoint: `${issuer}/out`,
      ...metadata,
    };
  if (path === '/keys')
    return { keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' }] };
  if (path === '/me') return user;
  return { access_token: 'at', token_type: 'Bearer', expires_in: 3_600, id_token: toIdToken() };
}

function toIdToken(): string {
  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const text = `${encode(provider.header)}.${encode(provider.claims)}`;
  if (provider.header.alg === 'none') return `${text}.`;
  return `${text}.${sign('sha256', Buffer.from(text), provider.key).toString('base64url')}`;
}

function createClient(
  groups = ['*'],
  { issuer = provider.issuer, groupsClaim = 'groups', readsGroups = !groups.includes('*') } = {},
) {
  return createOidcClient(
    {
      issuer,
      clientId: 'swarm-vitals',
      clientSecret: 'a secret~1',
      scope: 'openid',
      groups,
      groupsClaim,
      readsGroups,
      minSessionMs: 3_600_000,
      ownUrl: 'https://vitals.example/swarm',
    },
    () => performance.now(),
  );
}

const back = (state = CHALLENGE.state) => new URLSearchParams({ code: 'c', state, iss: provider.issuer });

it('sends browsers to the provider with PKCE, and back to our own address', async () => {
  const url = new URL(await createClient().toSignInUrl(CHALLENGE));
  expect(url.origin + url.pathname).toBe(`${provider.issuer}/auth`);
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    client_id: 'swarm-vitals',
    redirect_uri: 'https://vitals.example/swarm/login/callback',
    response_type: 'code',
    state: 'the-state',
    nonce: 'the-nonce',
    code_challenge_method: 'S256',
  });
  expect(url.search).not.toContain(CHALLENGE.verifier);
});

it('takes somebody whose token is in order, for as long as the provider says', async () => {
  const who = await createClient().exchange(back(), CHALLENGE);
  expect(who).toMatchObject({ name: 'u1', groups: null });
  expect(who.endsAtMs - Date.now()).toBeGreaterThan(3_500_000);
  expect(provider.asked).not.toContain('/me');
});

it.each([['k2'], ['k1']])(
  'takes tokens of a provider that changed its keys just now, and calls the new one %s',
  async (kid) => {
    const client = createClient();
    await client.exchange(back(), CHALLENGE);
    const jwk = { ...others.publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' };
    provider.answer = (path, response) => {
      if (path !== '/keys') return false;
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }));
      return true;
    };
    Object.assign(provider, { key: others.privateKey, header: { alg: 'RS256', kid } });
    expect(await client.exchange(back(), CHALLENGE)).toMatchObject({ name: 'u1' });
    expect(await client.exchange(back(), CHALLENGE)).toMatchObject({ name: 'u1' });
    Object.assign(provider, { key: own.privateKey });
    await expect(client.exchange(back(), CHALLENGE), 'the old one counts no more').rejects.toThrow();
  },
);

it('asks the provider for groups where the token has none and some are needed', async () => {
  expect(await createClient(['ops']).exchange(back(), CHALLENGE)).toMatchObject({ groups: ['ops'] });
});

it('finds groups in what the provider answers, whatever else of that claim is in the token', async () => {
  Object.assign(provider.claims, { realm_access: {}, groups: undefined });
  Object.assign(provider.user, { realm_access: { roles: ['ops'] }, preferred_username: 'ada' });
  const client = createClient(['ops'], { groupsClaim: 'realm_access.roles' });
  expect(await client.exchange(back(), CHALLENGE)).toMatchObject({ groups: ['ops'], name: 'ada' });
});

it('says who it is so that providers understand it which do not decode what comes with Basic', async () => {
  await createClient().exchange(back(), CHALLENGE);
  const expected = Buffer.from('swarm-vitals:a+secret~1').toString('base64');
  expect(provider.credentials).toEqual([`Basic ${expected}`]);
});

it('takes a provider by its name with a slash at the end or without, and tokens as the provider writes it', async () => {
  const named = `${provider.issuer}/realms/ops/`;
  Object.assign(provider.metadata, { issuer: named });
  Object.assign(provider.claims, { iss: named });
  const query = new URLSearchParams({ code: 'c', state: CHALLENGE.state });
  const client = createClient(['*'], { issuer: named.slice(0, -1) });
  expect(await client.exchange(query, CHALLENGE)).toMatchObject({ name: 'u1' });
  Object.assign(provider.claims, { iss: named.slice(0, -1) });
  await expect(client.exchange(query, CHALLENGE)).rejects.toThrow('iss');
});

it('asks about a user whose groups decide what they see, also where whoever signs in is let in', async () => {
  const client = createClient(['*'], { readsGroups: true });
  expect(await client.exchange(back(), CHALLENGE)).toMatchObject({ name: 'u1', groups: ['ops'] });
  expect(await createClient().exchange(back(), CHALLENGE)).toMatchObject({ name: 'u1', groups: null });
});

it.each<[string, string, () => void]>([
  [
    'another name of the provider',
    'it says https://other.example',
    () => Object.assign(provider.metadata, { issuer: 'https://other.example' }),
  ],
  ['another audience', 'it says grafana', () => Object.assign(provider.claims, { aud: 'grafana' })],
  [
    'a client that it does not know',
    'invalid_client; Unknown client',
    () => {
      provider.answer = (path, response) => {
        if (path !== '/token') return false;
        const body = { error: 'invalid_client', error_description: 'Unknown client' };
        response.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify(body));
        return true;
      };
    },
  ],
])('says what is wrong with %s, and nothing that opens anything', async (_what, words, spoil) => {
  spoil();
  const text = formatProviderError(
    await createClient()
      .exchange(back(), CHALLENGE)
      .catch((error) => error),
  );
  expect(text).toContain(words);
  expect(text).not.toMatch(/the-nonce|eyJ/);
});

it.each<[string, () => void]>([
  ['another’s key', () => Object.assign(provider, { key: others.privateKey })],
  ['no signature at all', () => Object.assign(provider.header, { alg: 'none' })],
  ['a signature by what everybody knows', () => Object.assign(provider.header, { alg: 'HS256' })],
  ['another audience', () => Object.assign(provider.claims, { aud: 'grafana' })],
  ['another issuer', () => Object.assign(provider.claims, { iss: 'https://evil.example' })],
  ['another sign-in’s nonce', () => Object.assign(provider.claims, { nonce: 'another' })],
  ['no nonce', () => Object.assign(provider.claims, { nonce: undefined })],
  ['an end that is over', () => Object.assign(provider.claims, { exp: 1_000_000 })],
  ['metadata of another issuer', () => Object.assign(provider.metadata, { issuer: 'https://evil.example' })],
  ['a user that is another', () => Object.assign(provider.user, { sub: 'u2' })],
])('refuses a token with %s', async (_what, spoil) => {
  spoil();
  await expect(createClient(['ops']).exchange(back(), CHALLENGE)).rejects.toThrow();
});

it('refuses an answer to another sign-in, and an error', async () => {
  await expect(createClient().exchange(back('other'), CHALLENGE)).rejects.toThrow();
  const denied = new URLSearchParams({
    error: 'access_denied',
    state: CHALLENGE.state,
    iss: provider.issuer,
  });
  await expect(createClient().exchange(denied, CHALLENGE)).rejects.toThrow();
  expect(provider.asked).not.toContain('/token');
});

it.each<[string, (response: ServerResponse) => void]>([
  [
    'goes on for ever',
    (response) => {
      response.setHeader('content-type', 'application/json');
      const write = () => response.write(`"${'x'.repeat(60_000)}",`) && setImmediate(write);
      response.on('drain', write);
      write();
    },
  ],
  ['leads elsewhere', (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
  ['is a page', (response) => response.setHeader('content-type', 'text/html').end('<html>')],
  [
    'names a place that no browser should go to',
    (response) => {
      const metadata = {
        ...(toAnswer('/.well-known') as object),
        authorization_endpoint: 'javascript:alert(1)',
      };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(metadata));
    },
  ],
])('sends nobody to a provider whose document %s, and asks again the next time', async (_what, spoil) => {
  provider.answer = (path, response) => {
    if (!path.startsWith('/.well-known')) return false;
    spoil(response);
    return true;
  };
  const client = createClient();
  await expect(client.toSignInUrl(CHALLENGE)).rejects.toThrow();
  provider.answer = null;
  if (_what.startsWith('names')) return;
  await expect(client.toSignInUrl(CHALLENGE)).resolves.toContain('/auth');
});
