import type { Agent } from 'node:http';
import type Docker from 'dockerode';
import type { Endpoint } from '#lib/engine/endpoint.ts';
import { EngineError } from '#lib/engine/port.ts';
import { createAgent } from './create-agent.ts';
import { createDockerode } from './create-dockerode.ts';

/** A dockerode for each purpose, on sockets of its own: what one waits for never holds another up. */
export interface Sockets {
  /** Kept alive and shared by all lists and inspects. */
  polls(): Docker;
  /** One, kept alive. */
  ping(): Docker;
  /** One for each stream. */
  events(): Docker;
  close(): void;
}

/** Makes each at its first use; those functions throw an EngineError `config` if dockerode cannot be made. */
export function createSockets(
  endpoint: Endpoint,
  { agentSecret, maxSockets }: { agentSecret: string | null; maxSockets: number },
): Sockets {
  // Of what is not an agent of ours, compressed answers are not asked for: a proxy would hold back a stream for them.
  const headers: Record<string, string> = agentSecret === null ? {} : { 'Accept-Encoding': 'gzip' };
  const agents: Agent[] = [];

  const lazily = (options: { keepAlive: boolean; maxSockets: number; maxFreeSockets: number }) => {
    let docker: Docker | null = null;
    return () => {
      if (docker) return docker;
      const agent = createAgent(endpoint, options, agentSecret);
      agents.push(agent);
      docker = createOrExplain(endpoint, agent, headers);
      return docker;
    };
  };

  return {
    // After a rush of reads one kept open is enough for the rest of the day.
    polls: lazily({ keepAlive: true, maxSockets, maxFreeSockets: 1 }),
    ping: lazily({ keepAlive: true, maxSockets: 1, maxFreeSockets: 1 }),
    events: lazily({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY, maxFreeSockets: 0 }),
    close() {
      for (const agent of agents) {
        // A request ended before it got its socket would hand it back for later use.
        Object.assign(agent, { keepAlive: false });
        agent.destroy();
      }
    },
  };
}

/** dockerode looks at the environment even when given everything, and stumbles over a broken DOCKER_CERT_PATH. */
function createOrExplain(endpoint: Endpoint, agent: Agent, headers: Record<string, string>): Docker {
  try {
    return createDockerode(endpoint, agent, headers);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EngineError('config', `DOCKER_HOST or DOCKER_CERT_PATH cannot be used: ${reason}`);
  }
}
