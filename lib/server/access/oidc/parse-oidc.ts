import { isGuessable } from '#lib/model/text/is-guessable.ts';
import type { Settings } from '#lib/server/settings/read-settings.ts';

/** A provider of OpenID Connect, and what it has to say of somebody before they are let in. */
export interface OidcConfig {
  /** Its identifier, an `https` address; over plain HTTP on loopback alone. */
  issuer: string;
  clientId: string;
  /** `null`: a public client, which proves itself by PKCE alone. */
  clientSecret: string | null;
  scope: string;
  /** Whoever is in one of them is let in; with {@link EVERYBODY} among them whoever the provider signs in. */
  groups: string[];
  /** The claim with somebody's groups; with dots in it, a claim within claims. */
  groupsClaim: string;
  /** Somebody's groups decide something: whether they are let in, or what they may see. */
  readsGroups: boolean;
  /** A session lasts for this long, should the provider's word be shorter. */
  minSessionMs: number;
  /** This server as browsers reach it, with the base path and no slash at its end. */
  ownUrl: string;
}

/** Where the provider sends browsers back to. */
export const CALLBACK_PATH = '/login/callback';

/** Has to be said: some providers sign in everybody there is. */
export const EVERYBODY = '*';

const MIN_SECRET = 16;
/** Some copy the address of the document, not of what it is about. */
const WELL_KNOWN = /\.well-known\/openid-configuration$/;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
const NEEDED = [
  'VITALS_OIDC_ISSUER',
  'VITALS_OIDC_CLIENT_ID',
  'VITALS_OIDC_GROUPS',
  'VITALS_PUBLIC_URL',
] as const;

/** `VITALS_OIDC_*` and `VITALS_PUBLIC_URL`; `null`: something is missing or wrong, and the problems say what. */
export function parseOidc(settings: Settings, basePath: string, problems: string[]): OidcConfig | null {
  const before = problems.length;
  const missing = NEEDED.filter((name) => settings.text(name) === null);
  if (missing.length > 0)
    problems.push(
      `VITALS_AUTH=oidc needs ${missing.join(', ')}: the provider's address, the name under which it knows this server, the groups that are let in (* for whoever it signs in), and where people reach this server.`,
    );
  const clientSecret = settings.secret('VITALS_OIDC_CLIENT_SECRET');
  if (clientSecret !== null) checkSecret(clientSecret, problems);
  const groups = parseGroups(settings, problems);
  const scope = settings.text('VITALS_OIDC_SCOPE') ?? '';
  if (!scope.split(/\s+/).includes('openid'))
    problems.push('VITALS_OIDC_SCOPE: "openid" has to be among them.');
  const issuer = (settings.text('VITALS_OIDC_ISSUER') ?? '').replace(WELL_KNOWN, '');
  const ownUrl = (settings.text('VITALS_PUBLIC_URL') ?? '').replace(/\/+$/, '');
  if (issuer !== '') checkAddress('VITALS_OIDC_ISSUER', issuer, problems);
  if (ownUrl !== '') checkAddress('VITALS_PUBLIC_URL', ownUrl, problems);
  if (problems.length > before) return null;
  return {
    issuer,
    clientId: settings.text('VITALS_OIDC_CLIENT_ID') ?? '',
    clientSecret,
    scope,
    groups,
    groupsClaim: settings.text('VITALS_OIDC_GROUPS_CLAIM') ?? 'groups',
    readsGroups: !groups.includes(EVERYBODY),
    minSessionMs: (settings.count('VITALS_OIDC_MINUTES') ?? 0) * 60_000,
    // Its path alone: a host can have the same name as the path.
    ownUrl: new URL(ownUrl).pathname.endsWith(basePath) ? ownUrl : ownUrl + basePath,
  };
}

/** Separated by commas alone: many groups have blanks in their names, and `Site Admins` is neither `Site` nor `Admins`. */
function parseGroups(settings: Settings, problems: string[]): string[] {
  const parts = (settings.text('VITALS_OIDC_GROUPS') ?? '').split(',').map((part) => part.trim());
  const groups = parts.filter((part) => part !== '');
  if (groups.length === 0 && settings.isSet('VITALS_OIDC_GROUPS'))
    problems.push('VITALS_OIDC_GROUPS: names no group; * lets in whoever the provider signs in.');
  return groups;
}

/** Cookies are sealed by what is made of it, and strangers get one on their way to the provider: they could try secrets on it. */
function checkSecret(secret: string, problems: string[]): void {
  if (secret !== '' && (secret.length < MIN_SECRET || isGuessable(secret)))
    problems.push(
      `VITALS_OIDC_CLIENT_SECRET: it can be guessed; have the provider make one of ${MIN_SECRET} characters or more.`,
    );
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
