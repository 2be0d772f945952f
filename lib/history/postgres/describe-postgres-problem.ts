import { PostgresError, TOO_SLOW } from './create-link.ts';
import { NEWER, OLDER, USED, WRITTEN } from './create-postgres-database.ts';

const NO_ANSWER = 'it does not answer';
const ENDED = 'it ended the connection';
const UNTRUSTED =
  'its certificate is not to be trusted: name the file of its authority as sslrootcert in VITALS_DATABASE_URL';

/** What was prepared or locked in one session is asked for in another one. */
export const POOLED = 'pooled';
const POOL =
  "a pool hands its sessions around, as PgBouncer's transaction mode does: use its session mode, or connect without it";

/** Codes of PostgreSQL (https://www.postgresql.org/docs/current/errcodes-appendix.html), of Node and of OpenSSL. */
const WORDS: Readonly<Record<string, string>> = {
  [TOO_SLOW]: NO_ANSWER,
  [USED]: 'another Swarm Vitals keeps its history there: each needs a database of its own',
  [NEWER]: 'a newer Swarm Vitals has written it: start that version again, or name another database',
  [OLDER]: 'its tables are not made yet, or are of an older version: whoever leads makes them',
  [WRITTEN]: 'the session that wrote to it before does not end: it is tried again',
  ECONNREFUSED: 'nothing listens at its address',
  ENOENT: 'its socket is not there',
  // connection.ts
  'no-authority': 'the file of sslrootcert in VITALS_DATABASE_URL cannot be read',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name cannot be looked up now',
  ETIMEDOUT: NO_ANSWER,
  EHOSTUNREACH: NO_ANSWER,
  ENETUNREACH: NO_ANSWER,
  ECONNRESET: ENDED,
  EPIPE: ENDED,
  [POOLED]: POOL,
  '26000': POOL,
  // The name of our schema is set for a session.
  '42P01': `its tables are not to be found, or ${POOL}`,
  '42P05': POOL,
  '57P01': ENDED,
  '57P02': ENDED,
  '57P03': 'it is starting or ending',
  '28000': 'it refuses the user',
  '28P01': 'it refuses the password',
  '3D000': 'it has no such database',
  '42501': 'its user has no right to the schema there, or to make it: give it a database of its own',
  '25006': 'it is read-only, as a standby is',
  '53100': 'its disk is full',
  '55P03': 'somebody else holds its tables, as a backup does: it is tried again',
  '53300': 'it has too many connections',
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  CERT_HAS_EXPIRED: 'its certificate is too old',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is of another name than its address',
};

/** Why PostgreSQL cannot be used, as a sentence goes on after its name: nothing that it wrote, which may have values in it. */
export function describePostgresProblem(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const known = WORDS[String(code)];
  if (known !== undefined) return known;
  if (/does not support SSL/.test(String(message)))
    return 'it speaks no TLS: only in a network that is yours, say sslmode=disable in VITALS_DATABASE_URL';
  // Of pg itself: nobody took its connection in time.
  if (/timeout (expired|exceeded)|connection timeout/i.test(String(message))) return NO_ANSWER;
  if (/terminated|ended/i.test(String(message))) return ENDED;
  return error instanceof PostgresError && /^[\w-]{1,50}$/.test(error.code)
    ? `it answers with the error ${error.code}`
    : 'it cannot be used';
}
