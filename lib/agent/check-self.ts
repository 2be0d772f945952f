import { AGENT_PROTOCOL, AGENT_TLS, toAgentKey } from '#lib/engine/agent-handshake.ts';
import { https } from './builtins.ts';
import type { AgentConfig } from './parse-agent-config.ts';

const TIMEOUT_MS = 4_000;

/** Does the agent on this machine answer, its engine too? For a container's health check. */
export function checkSelf({ port, secret, tls }: AgentConfig): Promise<boolean> {
  const identity = AGENT_PROTOCOL;
  const proof = tls
    ? // Its own certificate need not name the loopback address.
      { rejectUnauthorized: false, headers: { Authorization: `Bearer ${secret}` } }
    : {
        ...AGENT_TLS,
        pskCallback: () => ({ psk: toAgentKey(secret), identity }),
        checkServerIdentity: () => undefined,
      };
  return new Promise((resolve) => {
    const asked = https.request({ host: '127.0.0.1', port, path: '/_ping', timeout: TIMEOUT_MS, ...proof });
    asked.on('response', (response) => resolve(response.statusCode === 200));
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(false));
    asked.end();
  });
}
