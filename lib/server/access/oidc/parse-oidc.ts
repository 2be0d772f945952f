import type { Settings } from '#lib/server/settings/read-settings.ts';

/** A provider of OpenID Connect, and what it has to say of somebody before they are let in. */
export interface OidcConfig {
  /** Its identifier, an `https` address; over plain HTTP on loopback alone. */
  issuer: string;
  clientId: string;
  /** `null`: a public client, which proves itself by PKCE alone. */
  clientSecret: string | null;
  scope: string;
  /** Whoever is in one of them is let in; empty: whoever the provider signs in. */
  groups: string[];
  /** The claim with somebody's groups; with dots in it, a claim within claims. */
  groupsClaim: string;
  /** This server as browsers reach it, with the base path and no slash at its end. */
  ownUrl: string;
}

/** Where the provider sends browsers back to. */
export const CALLBACK_PATH = '/login/callback';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
const NEEDED = ['VITALS_OIDC_ISSUER', 'VITALS_OIDC_CLIENT_ID', 'VITALS_PUBLIC_URL'] as const;

/** `VITALS_OIDC_*` and `VITALS_PUBLIC_URL`; `null`: something is missing or wrong, and the problems say what. */
export function parseOidc(settings: Settings, basePath: string, problems: string[]): OidcConfig | null {
  const before = problems.length;
  const missing = NEEDED.filter((name) => settings.text(name) === null);
  if (missing.length > 0)
    problems.push(
      `VITALS_AUTH=oidc needs ${missing.join(', ')}: the provider's address, the name under which it knows this server, and where people reach this server.`,
    );
  const clientSecret = settings.secret('VITALS_OIDC_CLIENT_SECRET');
  const scope = settings.text('VITALS_OIDC_SCOPE') ?? '';
  if (!scope.split(/\s+/).includes('openid'))
    problems.push('VITALS_OIDC_SCOPE: "openid" has to be among them.');
  const issuer = settings.text('VITALS_OIDC_ISSUER') ?? '';
  const ownUrl = (settings.text('VITALS_PUBLIC_URL') ?? '').replace(/\/+$/, '');
  if (issuer !== '') checkAddress('VITALS_OIDC_ISSUER', issuer, problems);
  if (ownUrl !== '') checkAddress('VITALS_PUBLIC_URL', ownUrl, problems);
  if (problems.length > before) return null;
  return {
    issuer,
    clientId: settings.text('VITALS_OIDC_CLIENT_ID') ?? '',
    clientSecret,
    scope,
    groups: settings.list('VITALS_OIDC_GROUPS'),
    groupsClaim: settings.text('VITALS_OIDC_GROUPS_CLAIM') ?? 'groups',
    ownUrl: ownUrl.endsWith(basePath) ? ownUrl : ownUrl + basePath,
  };
}

/** Who signs people in, and where their codes are sent, must not be changed on the way. */
function checkAddress(name: string, text: string, problems: string[]): void {
  const url = URL.parse(text);
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname));
  if (url === null || !isSafe || url.search !== '' || url.hash !== '' || url.username !== '')
    problems.push(
      `${name}: with VITALS_AUTH=oidc an address that begins with https:// (http:// on loopback alone), without "?", "#" or a name in it, not "${text}".`,
    );
}
