import type { IncomingMessage } from 'node:http';
import type { EngineAddress } from './agent-config.ts';
import { http } from './builtins.ts';

/** The way to the agent's own engine: GET, and nothing else can be said through it. */
export interface EngineLink {
  /** The head of the answer, whatever its status. `signal` ends it, the body too. */
  get(path: string, query: Record<string, string>, signal: AbortSignal): Promise<IncomingMessage>;
  close(): void;
}

export function createEngineLink(address: EngineAddress): EngineLink {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 32, maxFreeSockets: 4 });
  const where =
    address.kind === 'unix' ? { socketPath: address.path } : { host: address.host, port: address.port };
  return {
    get(path, query, signal) {
      const search = new URLSearchParams(query).toString();
      const target = search === '' ? path : `${path}?${search}`;
      return new Promise((resolve, reject) => {
        const sent = http.request(
          { ...where, agent, method: 'GET', path: target, signal, headers: { Host: 'docker' } },
          resolve,
        );
        sent.on('error', reject);
        sent.end();
      });
    },
    close: () => agent.destroy(),
  };
}
