import type { PostgresAddress, PostgresTls } from './message.ts';

const CHECKS: Readonly<Record<string, PostgresTls['check']>> = {
  disable: 'none',
  require: 'encrypted',
  'verify-ca': 'authority',
  'verify-full': 'full',
};
const LOCAL = new Set(['localhost', '127.0.0.1', '::1']);
const PARAMETERS = new Set(['sslmode', 'sslrootcert', 'host']);
const PORT = 5_432;

/**
 * `postgres://user:password@host:5432/database?sslmode=verify-full&sslrootcert=/run/secrets/ca.crt`. The folder of a socket is
 * given as `host`: `postgres://user@/database?host=/run/postgresql`. Where it is not this machine, TLS is the default, with a
 * certificate of the host's name.
 *
 * @param text a secret: it is in no message
 * @returns what is wrong with it, as a sentence goes on after the setting's name
 */
export function parseDatabaseUrl(text: string): PostgresAddress | string {
  const url = URL.parse(
    /^postgres(ql)?:\/\/([^@/]*@)?\//.test(text) ? text.replace(/(\/\/[^/]*)\//, '$1localhost/') : text,
  );
  if (url === null || !['postgres:', 'postgresql:'].includes(url.protocol))
    return 'is no address of PostgreSQL: postgres://user:password@host:5432/database';
  const unknown = [...url.searchParams.keys()].find((name) => !PARAMETERS.has(name));
  if (unknown !== undefined)
    return `has a parameter that is not known; these are: ${[...PARAMETERS].join(', ')}`;
  const database = decode(url.pathname.slice(1));
  const [user, password] = [decode(url.username), decode(url.password)];
  if (database === null || user === null || password === null)
    return 'has a % that is none of an encoded character: write it as %25';
  if (user === '') return 'names no user: postgres://user:password@host:5432/database';
  if (database === '' || database.includes('/'))
    return 'names no database: postgres://user:password@host:5432/database';
  const host = url.searchParams.get('host') || url.hostname.replace(/^\[(.*)\]$/, '$1');
  const isHere = host.startsWith('/') || LOCAL.has(host);
  const mode = url.searchParams.get('sslmode') ?? (isHere ? 'disable' : 'verify-full');
  const check = CHECKS[mode];
  if (check === undefined) return `has an sslmode that is none of ${Object.keys(CHECKS).join(', ')}`;
  const ca = url.searchParams.get('sslrootcert');
  // Whoever names an authority wants it asked, as PostgreSQL's own programs take it.
  const tls = { check: check === 'encrypted' && ca !== null ? 'authority' : check, ca };
  return { host, port: Number(url.port || PORT), user, password, database, tls };
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
