import * as oauth from 'oauth4webapi';
import type { OidcConfig } from './parse-oidc.ts';
import { CALLBACK_PATH } from './parse-oidc.ts';
import { readClaims, type SignedIn } from './read-claims.ts';

/** What a sign-in is known again by while its browser is at the provider. */
export interface Challenge {
  state: string;
  nonce: string;
  /** Of PKCE: what the provider was shown a hash of. */
  verifier: string;
}

/** Asks the provider; every call may reject, when it does not answer, or answers what cannot be right. */
export interface OidcClient {
  /** Where a browser signs in. */
  toSignInUrl(challenge: Challenge): Promise<string>;
  /** Who came back, by the code in the query. */
  exchange(query: URLSearchParams, challenge: Challenge): Promise<SignedIn>;
  /** Where a browser ends its session at the provider; `null`: it has no such place. */
  toSignOutUrl(): Promise<string | null>;
}

const TIMEOUT_MS = 10_000;
/** A document, a set of keys, a token: none of them is near it. */
const MAX_BYTES = 1_000_000;
/** Browsers are sent to a provider only when it answered within this: from one that is gone none would come back by itself. */
const KEEP_METADATA_MS = 30_000;

/** OpenID Connect by a certified library: code flow with PKCE; the ID token's signature is checked, too. */
export function createOidcClient(config: OidcConfig, nowMs: () => number): OidcClient {
  const issuer = new URL(config.issuer);
  const client: oauth.Client = { client_id: config.clientId };
  const redirectUri = config.ownUrl + CALLBACK_PATH;
  const keys: oauth.JWKSCacheInput = {};
  const options = {
    [oauth.customFetch]: fetchBounded,
    [oauth.allowInsecureRequests]: issuer.protocol === 'http:',
    [oauth.jwksCache]: keys,
    signal: () => AbortSignal.timeout(TIMEOUT_MS),
  };
  let known: { server: Promise<oauth.AuthorizationServer>; atMs: number } | null = null;

  /** Asked once for all who wait; one that failed is not kept. */
  function discover(): Promise<oauth.AuthorizationServer> {
    if (known !== null && nowMs() - known.atMs < KEEP_METADATA_MS) return known.server;
    const server = oauth
      .discoveryRequest(issuer, { ...options, algorithm: 'oidc' })
      .then((response) => readMetadata(issuer, response));
    const own = { server, atMs: nowMs() };
    known = own;
    server.catch(() => {
      if (known === own) known = null;
    });
    return server;
  }

  function toClientAuth({ token_endpoint_auth_methods_supported: methods }: oauth.AuthorizationServer) {
    if (config.clientSecret === null) return oauth.None();
    const isBasic = methods === undefined || methods.includes('client_secret_basic');
    return isBasic ? toBasic(config.clientSecret) : oauth.ClientSecretPost(config.clientSecret);
  }

  /** Some providers put groups into the ID token, some only into what they answer about a user. */
  async function readUser(server: oauth.AuthorizationServer, accessToken: string, subject: string) {
    if (server.userinfo_endpoint === undefined) return {};
    const response = await oauth.userInfoRequest(server, client, accessToken, options);
    return oauth.processUserInfoResponse(server, client, subject, response);
  }

  /** Of a provider that changed its keys just now the library knows the old ones for minutes. */
  async function checkSignature(server: oauth.AuthorizationServer, response: Response): Promise<void> {
    try {
      await oauth.validateApplicationLevelSignature(server, response, options);
    } catch {
      for (const name of ['jwks', 'uat'] as const) delete keys[name];
      await oauth.validateApplicationLevelSignature({ ...server }, response, options);
      // Its own copy of the old ones is by the document.
      known = null;
    }
  }

  return {
    async toSignInUrl({ state, nonce, verifier }) {
      const { authorization_endpoint: endpoint } = await discover();
      const url = toEndpoint(endpoint, issuer, 'authorization_endpoint');
      const parameters = {
        client_id: config.clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: config.scope,
        state,
        nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      };
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      return url.href;
    },
    async exchange(query, { state, nonce, verifier }) {
      const server = await discover();
      const answer = oauth.validateAuthResponse(server, client, query, state);
      const auth = toClientAuth(server);
      const response = await oauth.authorizationCodeGrantRequest(
        ...[server, client, auth, answer, redirectUri, verifier, options],
      );
      const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
        expectedNonce: nonce,
        requireIdToken: true,
      });
      await checkSignature(server, response);
      const claims = oauth.getValidatedIdTokenClaims(tokens);
      if (claims === undefined) throw new Error('The provider sent no ID token.');
      const inToken = readClaims(claims, tokens.expires_in, config.groupsClaim);
      if (inToken.groups !== null || !config.readsGroups) return inToken;
      const user = await readUser(server, tokens.access_token, claims.sub);
      const { groups, areElsewhere } = readClaims(user, undefined, config.groupsClaim);
      const { name } = readClaims({ ...user, ...claims }, undefined, config.groupsClaim);
      return { ...inToken, name, groups, areElsewhere: areElsewhere || inToken.areElsewhere };
    },
    async toSignOutUrl() {
      const { end_session_endpoint: endpoint } = await discover();
      if (endpoint === undefined) return null;
      const url = toEndpoint(endpoint, issuer, 'end_session_endpoint');
      url.searchParams.set('client_id', config.clientId);
      url.searchParams.set('post_logout_redirect_uri', `${config.ownUrl}/login?signed-out=1`);
      return url.href;
    },
  };
}

/**
 * Some providers have a slash at the end of their identifier and some do not, and both have their document at the same
 * place: so it decides which. Tokens have to say it exactly as the document does.
 */
async function readMetadata(issuer: URL, response: Response): Promise<oauth.AuthorizationServer> {
  const { href } = issuer;
  const other = new URL(href.endsWith('/') ? href.slice(0, -1) : `${href}/`);
  const copy = response.clone();
  try {
    return await oauth.processDiscoveryResponse(issuer, response);
  } catch (error) {
    return oauth.processDiscoveryResponse(other, copy).catch(() => Promise.reject(error));
  }
}

/**
 * As the library does it, but for what need not be encoded: not all providers decode it (Authentik 2026 does not), and
 * then `swarm-vitals` is not `swarm%2Dvitals`.
 */
function toBasic(secret: string): oauth.ClientAuth {
  const encode = (text: string) => encodeURIComponent(text).replaceAll('%20', '+');
  return (_server, { client_id: id }, _body, headers) => {
    const credentials = Buffer.from(`${encode(id)}:${encode(secret)}`).toString('base64');
    headers.set('authorization', `Basic ${credentials}`);
  };
}

/** Browsers are sent there: no other scheme than the provider's own. */
function toEndpoint(text: string | undefined, issuer: URL, name: string): URL {
  const url = URL.parse(text ?? '');
  if (url === null || (url.protocol !== 'https:' && url.protocol !== issuer.protocol))
    throw new Error(`The provider names no ${name} that could be used.`);
  return url;
}

/** Of an answer that is too long nothing is used. */
async function fetchBounded(
  url: string,
  options: { headers: Record<string, string>; method: string; body?: unknown; signal?: AbortSignal },
): Promise<Response> {
  const { status, statusText, headers, body } = await fetch(url, {
    ...options,
    redirect: 'manual',
  } as RequestInit);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) throw new Error(`The provider answered with more than ${MAX_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return new Response(chunks.length === 0 ? null : Buffer.concat(chunks), { status, statusText, headers });
}
