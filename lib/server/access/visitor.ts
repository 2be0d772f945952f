import { isIP } from 'node:net';
import { type CookieKind, toCookieName } from './cookies.ts';

/** What a request shows of itself. */
export interface Visitor {
  method: string;
  /** Of the route that answers. */
  path: string;
  /** The path that was asked for, without the base path: another one where there are several swarms. */
  address: string;
  header(name: string): string | null;
  /** How many lines of this name it has: who reads them together cannot know who wrote which. */
  countLines(name: string): number;
  cookie(name: string): string | null;
  /** The other end of the connection; `null` when it is not known. */
  peer: string | null;
  /** Whether nobody waits for the answer any more; not there: somebody does. */
  isGone?(): boolean;
}

const MAX_SEAL_LENGTH = 2_000;

/**
 * Whether the person's browser came here over TLS. Anybody's word is taken: who says so of their own request changes
 * the names of their own cookies, and nothing else.
 */
export function isSecure(visitor: Visitor): boolean {
  return visitor.header('x-forwarded-proto')?.split(',')[0]?.trim() === 'https';
}

/**
 * The one way in which iron-session writes a seal. It reads more: anything behind the `~`, and blanks, `=` or other last
 * letters in the last part, which alone is not itself sealed. One seal could be written in any number of ways so.
 */
const SEAL =
  /^Fe26\.2\*1\*[0-9a-f]{64}\*[\w-]{22}\*[\w-]+\*\d*\*[0-9a-f]{64}\*[\w-]{42}[AEIMQUYcgkosw048]~2$/;
/** What a wall's pass has before its seal. */
const WALL_ID = /^[\w-]{12}\./;

/** The seal that it brings in this cookie; `null`: none, or one that is longer than ours are, or written in another way. */
export function findCookie(kind: CookieKind, visitor: Visitor): string | null {
  const value = visitor.cookie(toCookieName(kind, isSecure(visitor)));
  if (value === null || value.length > MAX_SEAL_LENGTH) return null;
  // In the place of a sign-in under way there may be a word of ours.
  if (kind === 'flow') return value;
  return SEAL.test(kind === 'wall' ? value.replace(WALL_ID, '') : value) ? value : null;
}

/**
 * No page of another site can write these headers, so a proxy's word for the host need not be a trusted one's here. Browsers of
 * before 2020 send `Referer` alone.
 */
export function isForeignOrigin({ header }: Visitor, hosts: readonly string[]): boolean {
  const origin = header('origin') ?? header('referer');
  if (origin === null) return false;
  const { host, hostname } = URL.parse(origin) ?? { host: '', hostname: '' };
  const own = [header('host'), header('x-forwarded-host')?.split(',')[0]?.trim()];
  // A default port is left out of one of them, or of both.
  const isOwn = own.some((one) => one === host || one?.replace(/:(80|443)$/, '') === host);
  return host === '' || !(isOwn || hosts.includes(hostname));
}

/** The name and password of a program that sends them, as they were sent; `null`: it does not. */
export function findBasic({ header }: Visitor): string | null {
  return /^Basic ([\w+/=-]{1,3072})$/.exec(header('authorization') ?? '')?.[1] ?? null;
}

/** The last of the addresses, which the nearest proxy has seen itself; some write its port, which is another each time. */
export function toForwardedAddress(header: string | null): string | null {
  const last = header?.split(',').at(-1)?.trim() ?? '';
  const address = last.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
  return isIP(address) === 0 ? null : address;
}
