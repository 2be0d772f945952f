import type { Agent } from 'node:http';
import type { Socket } from 'node:net';
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
  /** One for each question whether there is a leader: it may hang where `/_ping` is answered. */
  swarmPing(): Docker;
  /** One for each stream. */
  events(): Docker;
  /** All that came over them, be it an answer or not. */
  wireBytes(): number;
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
  const wire = countWire();

  const lazily = (options: { keepAlive: boolean; maxSockets: number; maxFreeSockets: number }) => {
    let docker: Docker | null = null;
    return () => {
      if (docker) return docker;
      const agent = createAgent(endpoint, options, { agentSecret, onSocket: wire.add });
      agents.push(agent);
      docker = createOrExplain(endpoint, agent, headers);
      return docker;
    };
  };

  return {
    // After a rush of reads one kept open is enough for the rest of the day.
    polls: lazily({ keepAlive: true, maxSockets, maxFreeSockets: 1 }),
    ping: lazily({ keepAlive: true, maxSockets: 1, maxFreeSockets: 1 }),
    swarmPing: lazily({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY, maxFreeSockets: 0 }),
    events: lazily({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY, maxFreeSockets: 0 }),
    wireBytes: wire.bytes,
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

/** Node's buffers of a socket and of the answer on it, and what came meanwhile. */
const UNREAD_BYTES = 512 * 1024;

function countWire() {
  const open = new Set<Socket>();
  let closedBytes = 0;
  return {
    add(socket: Socket) {
      if (open.has(socket)) return;
      open.add(socket);
      socket.once('close', () => {
        open.delete(socket);
        const bytes = toWireBytes(socket);
        // One that we ended has something in it that nobody read.
        const isOurs = !socket.readableEnded && socket.errored === null;
        closedBytes += isOurs ? Math.max(0, bytes - UNREAD_BYTES) : bytes;
      });
    },
    bytes() {
      let bytes = closedBytes;
      for (const socket of open) bytes += toWireBytes(socket);
      return bytes;
    },
  };
}

/** What `ssh` printed is no socket, and counts nothing. */
function toWireBytes(socket: Partial<Socket>): number {
  return socket.bytesRead ?? 0;
}
