import { isGuessable } from '#lib/model/text/is-guessable.ts';

/**
 * How the server and an agent prove the installation's secret to each other: TLS with a pre-shared key. Neither sends
 * the secret or anything made of it that could be used again; whoever does not know it learns nothing, not even what
 * was asked. Fetched as it is, not imported: see lib/agent/builtins.ts.
 */
const crypto = process.getBuiltinModule('node:crypto');
const { SSL_OP_NO_RENEGOTIATION, SSL_OP_NO_TICKET } = crypto.constants;

/** Who speaks, and in which form: one of another form is named rather than misread. Sent in clear, both ways. */
export const AGENT_PROTOCOL = 'swarm-vitals-agent/1';

/**
 * Of TLS 1.2, since Node knows no keys of this kind in 1.3. Ephemeral keys: who learns the secret later cannot read
 * what was recorded. No tickets and no second handshake: each connection proves the secret anew.
 */
export const AGENT_TLS = {
  ciphers: 'ECDHE-PSK-CHACHA20-POLY1305',
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.2',
  secureOptions: SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION,
  // No certificate is ever looked at: the authorities that Node knows stay on the disk.
  ca: [] as string[],
} as const;

/** The key of the handshake, 32 bytes: never the secret itself, and of no use for anything else. */
export function toAgentKey(secret: string): Buffer {
  return Buffer.from(crypto.hkdfSync('sha256', secret, '', AGENT_PROTOCOL, 32));
}

const MIN_CHARS = 32;
const HOW = 'make one with: openssl rand -hex 32';

/**
 * What is wrong with a secret, in words; `null`: nothing. Whoever pretends to be an agent sees a handshake and can try
 * secrets against it at leisure: so it must be one that nobody tries.
 */
export function findSecretProblem(secret: string): string | null {
  if (!/^[\x21-\x7e]+$/.test(secret)) return 'use printable characters without blanks.';
  if (secret.length < MIN_CHARS)
    return `${secret.length} characters are too short, it needs ${MIN_CHARS} or more; ${HOW}`;
  if (isGuessable(secret)) return `it repeats few characters and can be guessed; ${HOW}`;
  return null;
}
