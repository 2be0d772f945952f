import { connect, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls';
import { AGENT_PROTOCOL, AGENT_TLS, toAgentKey } from '#lib/engine/agent-handshake.ts';

/** The same for all agents: nothing secret is in it. */
let context: SecureContext | null = null;

/**
 * Makes connections to agents of ours: nothing is written to one before both sides have proven the secret. The key stays
 * in here, in nothing that could be printed.
 */
export function createAgentConnector(secret: string): (to: { host: string; port: number }) => TLSSocket {
  const psk = toAgentKey(secret);
  context ??= createSecureContext(AGENT_TLS);
  const secureContext = context;
  return ({ host, port }) =>
    connect({
      host,
      port,
      secureContext,
      pskCallback: (hint) =>
        hint === null || hint === AGENT_PROTOCOL ? { psk, identity: AGENT_PROTOCOL } : null,
      // The key is the identity: there is no certificate, and agents have no names.
      checkServerIdentity: () => undefined,
    });
}
