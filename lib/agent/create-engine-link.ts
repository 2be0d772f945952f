import type { IncomingMessage } from 'node:http';
import { http } from './builtins.ts';
import { describeLinkError } from './describe-link-error.ts';
import type { EngineAddress } from './parse-agent-config.ts';

/** What a question to the engine is for: none of these ever waits for another kind. */
export type Purpose =
  /** Is it there? */
  | 'ping'
  /** Lists and inspects: so many at a time, more wait in line. */
  | 'call'
  /** Events and logs: each has a socket of its own; how many there may be is not decided here. */
  | 'stream';

/** The way to the agent's own engine: GET, and nothing else can be said through it. */
export interface EngineLink {
  /** The head of the answer, whatever its status. `signal` ends it, the body too. */
  get(
    purpose: Purpose,
    path: string,
    query: Record<string, string>,
    signal: AbortSignal,
  ): Promise<IncomingMessage>;
  close(): void;
}

/** The engine cannot be spoken to, and this is what stands in the way. */
export class LinkError extends Error {}

/** @param onBlocked called with why the engine cannot be spoken to, once for each new reason */
export function createEngineLink(
  address: EngineAddress,
  onBlocked: (reason: string) => void = () => {},
): EngineLink {
  let blockedBy: string | null = null;
  const explain = (error: unknown): unknown => {
    const reason = describeLinkError(error, address);
    if (reason === null) return error;
    if (reason !== blockedBy) onBlocked(reason);
    blockedBy = reason;
    return new LinkError(reason);
  };
  const settle = (response: IncomingMessage) => {
    blockedBy = null;
    return response;
  };
  const agents = {
    ping: new http.Agent({ keepAlive: true, maxSockets: 2, maxFreeSockets: 1 }),
    // Two servers ask six at a time each.
    call: new http.Agent({ keepAlive: true, maxSockets: 16, maxFreeSockets: 4 }),
    stream: new http.Agent({ keepAlive: false }),
  };
  const where =
    address.kind === 'unix' ? { socketPath: address.path } : { host: address.host, port: address.port };
  return {
    get(purpose, path, query, signal) {
      const search = new URLSearchParams(query).toString();
      const target = search === '' ? path : `${path}?${search}`;
      return new Promise((resolve, reject) => {
        const sent = http.request(
          {
            ...where,
            agent: agents[purpose],
            method: 'GET',
            path: target,
            signal,
            headers: { Host: 'docker' },
          },
          (response) => resolve(settle(response)),
        );
        sent.on('error', (error) => reject(explain(error)));
        sent.end();
      });
    },
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}
