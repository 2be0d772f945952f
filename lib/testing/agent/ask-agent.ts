import { Agent, request } from 'node:https';
import { AGENT_PROTOCOL, AGENT_TLS, toAgentKey } from '#lib/engine/agent-handshake.ts';

export interface AgentAnswer {
  status: number;
  body: string;
}

/** Asks an agent on this machine by hand. Rejects with Node's error when there is no answer. */
export function askAgent(
  port: number,
  path: string,
  options: { secret: string; method?: string; headers?: Record<string, string>; body?: string },
): Promise<AgentAnswer> {
  const { secret, method = 'GET', headers = {}, body: sentBody } = options;
  const agent = new Agent({
    ...AGENT_TLS,
    keepAlive: false,
    maxCachedSessions: 0,
    pskCallback: () => ({ psk: toAgentKey(secret), identity: AGENT_PROTOCOL }),
    checkServerIdentity: () => undefined,
  });
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers, agent }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(sentBody);
  });
}
