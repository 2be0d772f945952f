import { BlockList, isIP } from 'node:net';
import { isGuessable } from '#lib/model/text/is-guessable.ts';
import type { Settings } from '#lib/server/settings/read-settings.ts';
import type { AccessConfig, AccessMode, Password, WallTokens } from './access.ts';
import { EVERYBODY, type Grants } from './grants/grants.ts';
import { listSwarmNames, parseGrants } from './grants/parse-grants.ts';
import { parseOidc } from './oidc/parse-oidc.ts';
import { isWholeHash } from './passwords/check-password.ts';
import { createAddressList } from './proxies/create-address-list.ts';
import type { Peers } from './sign-outs/watch-peers.ts';

const MIN_PASSWORD = 8;
const MIN_TOKEN = 16;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1|\[::1\])$/i;
/** What stands between the groups that a proxy names. */
const SEPARATORS = { comma: ',', pipe: '|', semicolon: ';' } as const;
/** More than this is not sent by the form, nor as `Basic`. */
const MAX_PASSWORD = 512;

/** The settings of access (docs/configuration.md, "Access"). Closed by default: open on a network only when that is said. */
export function parseAccess(
  settings: Settings,
  { isDevelopment, basePath }: { isDevelopment: boolean; basePath: string },
  problems: string[],
): AccessConfig {
  const loopback = LOOPBACK.test(settings.text('HOSTNAME') ?? '0.0.0.0');
  const { trustedProxies, sureProxies } = parseProxies(settings.list('VITALS_TRUSTED_PROXIES'), problems);
  const mode = parseMode(settings, { loopback, trustedProxies, basePath }, problems);
  const apiToken = settings.secret('VITALS_API_TOKEN');
  if (apiToken !== null) checkToken('VITALS_API_TOKEN', apiToken, problems);
  const grants = parseGrants(settings, mode.kind, problems);
  return {
    mode: readGroupsFor(grants, mode),
    grants,
    trustedProxies,
    sureProxies,
    apiToken,
    wallTokens: parseWallTokens(settings, problems),
    peers: parsePeers(settings, problems),
    hosts: settings.list('VITALS_HOSTS').map((host) => host.toLowerCase()),
    frameAncestors: parseOrigins(settings.list('VITALS_FRAME_ANCESTORS'), problems),
    development: isDevelopment,
    loopback,
  };
}

/** Whoever is let in whatever their groups may still see by them. */
function readGroupsFor(grants: Grants, mode: AccessMode): AccessMode {
  const isByGroups = grants?.some(({ group }) => group !== EVERYBODY) === true;
  return mode.kind === 'oidc' && isByGroups ? { ...mode, oidc: { ...mode.oidc, readsGroups: true } } : mode;
}

function parseMode(
  settings: Settings,
  { loopback, trustedProxies, basePath }: { loopback: boolean; trustedProxies: string[]; basePath: string },
  problems: string[],
): AccessMode {
  const asked = settings.choice('VITALS_AUTH');
  const password = parsePassword(settings, problems);
  // On loopback it would be open to everybody whom a proxy sends there.
  if (asked === null && settings.isSet('VITALS_OIDC_ISSUER'))
    problems.push('VITALS_OIDC_ISSUER counts with VITALS_AUTH=oidc alone: set that as well.');
  const kind = asked ?? (password === null && loopback ? 'none' : 'password');
  switch (kind) {
    case 'none':
      return { kind };
    case 'password':
      if (password !== null) return { kind, password };
      if (!problems.some((problem) => problem.startsWith('VITALS_PASSWORD')))
        problems.push(
          asked === null
            ? 'Swarm Vitals would listen on a network without any access control: set VITALS_PASSWORD_FILE (or VITALS_PASSWORD, or VITALS_PASSWORD_HASH), or VITALS_AUTH=oidc with a provider that signs people in, or VITALS_AUTH=proxy behind a proxy that does, or HOSTNAME=127.0.0.1 to listen on this machine alone. VITALS_AUTH=none opens it to everybody who reaches it.'
            : 'VITALS_AUTH=password needs VITALS_PASSWORD_FILE, VITALS_PASSWORD or VITALS_PASSWORD_HASH.',
        );
      return { kind: 'none' };
    case 'oidc': {
      const oidc = parseOidc(settings, basePath, problems);
      return oidc === null ? { kind: 'none' } : { kind, oidc };
    }
    case 'proxy':
      if (trustedProxies.length === 0)
        problems.push(
          'VITALS_AUTH=proxy needs VITALS_TRUSTED_PROXIES: the addresses whose word for who somebody is counts, for example 10.0.7.0/24.',
        );
      return {
        kind,
        header: parseHeader(settings, 'VITALS_AUTH_HEADER', problems),
        groupsHeader: settings.isSet('VITALS_AUTH_GROUPS_HEADER')
          ? parseHeader(settings, 'VITALS_AUTH_GROUPS_HEADER', problems)
          : null,
        groupsSeparator: SEPARATORS[settings.choice('VITALS_AUTH_GROUPS_SPLIT') ?? 'comma'],
      };
  }
}

function parsePassword(settings: Settings, problems: string[]): Password | null {
  const hash = settings.secret('VITALS_PASSWORD_HASH');
  const text = settings.secret('VITALS_PASSWORD');
  if (hash !== null && text !== null)
    problems.push('VITALS_PASSWORD and VITALS_PASSWORD_HASH: set one of them.');
  if (hash !== null) {
    if (hash !== '' && !isWholeHash(hash))
      problems.push(
        'VITALS_PASSWORD_HASH: not a whole hash of ours; `npm start -- --hash-password` makes one. In a file for Docker each $ has to be written twice.',
      );
    return { kind: 'hash', text: hash };
  }
  if (text === null) return null;
  if (text !== '' && text.length < MIN_PASSWORD)
    problems.push(`VITALS_PASSWORD: too short; give it ${MIN_PASSWORD} characters or more.`);
  if (text.length > MAX_PASSWORD)
    problems.push(`VITALS_PASSWORD: too long; give it ${MAX_PASSWORD} characters or fewer.`);
  return { kind: 'plain', text };
}

function parsePeers(settings: Settings, problems: string[]): Peers | null {
  const host = settings.text('VITALS_PEERS');
  if (host === null) return null;
  if (!/^[\w.-]+$/.test(host))
    problems.push(
      `VITALS_PEERS: one host name that leads to all servers, such as tasks.vitals_server, not "${host}".`,
    );
  return { host, port: settings.port('PORT') };
}

function parseHeader(
  settings: Settings,
  name: 'VITALS_AUTH_HEADER' | 'VITALS_AUTH_GROUPS_HEADER',
  problems: string[],
): string {
  const header = (settings.text(name) ?? '').toLowerCase();
  if (!/^[a-z0-9-]{1,64}$/.test(header)) problems.push(`${name}: "${header}" is no header's name.`);
  return header;
}

function parseWallTokens(settings: Settings, problems: string[]): WallTokens {
  const path = settings.text('VITALS_WALL_TOKENS_FILE');
  if (path !== null) {
    if (settings.isSet('VITALS_WALL_TOKENS'))
      problems.push('VITALS_WALL_TOKENS and VITALS_WALL_TOKENS_FILE: set one of them.');
    return { kind: 'file', path, swarmNames: listSwarmNames(settings) };
  }
  const tokens = settings.list('VITALS_WALL_TOKENS');
  for (const token of tokens) checkToken('VITALS_WALL_TOKENS', token, problems);
  return { kind: 'fixed', tokens };
}

function checkToken(name: string, token: string, problems: string[]): void {
  if (token !== '' && (token.length < MIN_TOKEN || !/^[\x21-\x7e]+$/.test(token)))
    problems.push(`${name}: a token has ${MIN_TOKEN} printable characters or more, and no blanks.`);
  else if (token !== '' && isGuessable(token))
    problems.push(
      `${name}: a token repeats few characters and can be guessed; openssl rand -hex 16 makes one.`,
    );
}

function parseProxies(
  entries: readonly string[],
  problems: string[],
): Pick<AccessConfig, 'trustedProxies' | 'sureProxies'> {
  const trustedProxies: string[] = [];
  const sureProxies: string[] = [];
  for (const entry of entries) {
    const network = entry.replace(/!$/, '');
    checkNetwork(network, problems);
    trustedProxies.push(network);
    if (network !== entry) sureProxies.push(network);
  }
  return { trustedProxies, sureProxies };
}

function checkNetwork(network: string, problems: string[]): void {
  const [address = '', prefix] = network.split('/');
  const version = isIP(address);
  const max = version === 4 ? 32 : 128;
  const bits = prefix === undefined ? max : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
  if (version === 0 || !(bits <= max))
    problems.push(`VITALS_TRUSTED_PROXIES: "${network}" is no address and no network such as 10.0.7.0/24.`);
  else if (bits < (version === 4 ? 8 : 16))
    problems.push(
      `VITALS_TRUSTED_PROXIES: "${network}" is the addresses of half the world: name the proxy's own, such as 10.0.7.0/24.`,
    );
  else if (version === 6 && bits < 128 && holdsIpv4(network, address))
    problems.push(
      `VITALS_TRUSTED_PROXIES: "${network}" holds IPv4 addresses written as IPv6: write them as 10.0.7.0/24.`,
    );
}

/** Within `::ffff:0:0/96`, or around it: 96 bits there are every IPv4 address. */
function holdsIpv4(network: string, address: string): boolean {
  const mapped = new BlockList();
  mapped.addSubnet('::ffff:0:0', 96, 'ipv6');
  return mapped.check(address, 'ipv6') || createAddressList([network])('0.0.0.0');
}

function parseOrigins(origins: string[], problems: string[]): string[] {
  for (const origin of origins)
    if (!/^https?:\/\/[\w.*-]+(:\d+)?$/.test(origin))
      problems.push(`VITALS_FRAME_ANCESTORS: "${origin}" is no origin such as https://board.example.`);
  return origins;
}
