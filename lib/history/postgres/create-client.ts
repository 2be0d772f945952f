import { readFileSync } from 'node:fs';
import pg from 'pg';
import type { PostgresAddress, PostgresTls } from './message.ts';

/** A client that is not connected yet. @throws Error with the code `no-authority` */
export function createClient(
  address: PostgresAddress,
  more: pg.ClientConfig & { pipeline?: boolean },
): pg.Client {
  const types = new pg.TypeOverrides();
  // Whole numbers up to 2^53, and what sums of them are.
  for (const type of [pg.types.builtins.INT8, pg.types.builtins.NUMERIC]) types.setTypeParser(type, Number);
  const { host, port, user, password, database, tls } = address;
  return new pg.Client({
    ...{ host, port, user, password, database, types },
    ssl: toTls(tls),
    application_name: 'swarm-vitals',
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    ...more,
  });
}

function toTls({ check, ca }: PostgresTls) {
  if (check === 'none') return false;
  if (check === 'encrypted') return { rejectUnauthorized: false };
  const authority = ca === null ? {} : { ca: readAuthority(ca) };
  return { ...authority, ...(check === 'authority' ? { checkServerIdentity: () => undefined } : {}) };
}

function readAuthority(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw Object.assign(new Error('no authority'), { code: 'no-authority' });
  }
}
