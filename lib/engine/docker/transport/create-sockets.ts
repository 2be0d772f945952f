import type { Agent } from 'node:http';
import type { Socket } from 'node:net';
import type Docker from 'dockerode';
import type { Endpoint } from '#lib/engine/endpoint.ts';
import { EngineError } from '#lib/engine/port.ts';
import { createAgent, type SocketOptions } from './create-agent.ts';
import { createDirectSockets, type DirectSockets } from './create-direct-sockets.ts';
import { createDockerode } from './create-dockerode.ts';

/** How to ask for an answer that ends. */
export interface Way {
  /** Makes it at the first use. @throws EngineError `config` */
  docker(): Docker;
  /** The short way, where it may be tried first. */
  direct: DirectSockets | null;
}

/** For each purpose sockets of its own: what one waits for never holds another up. */
export interface Sockets {
  /** Kept alive and shared by all lists and inspects. */
  polls: Way;
  /** One, kept alive. */
  ping: Way;
  /** One for each question whether there is a leader: it may hang where `/_ping` is answered. */
  swarmPing: Way;
  /** One for each stream of events, whose body can be read directly. */
  events(): Docker;
  /** One for each log. */
  logs(): Docker;
  /** All that came over them, be it an answer or not. */
  wireBytes(): number;
  close(): void;
}

const ONE_EACH: SocketOptions = {
  keepAlive: false,
  maxSockets: Number.POSITIVE_INFINITY,
  maxFreeSockets: 0,
};

/** Makes each at its first use; those functions throw an EngineError `config` if dockerode cannot be made. */
export function createSockets(
  endpoint: Endpoint,
  { agentSecret, maxSockets }: { agentSecret: string | null; maxSockets: number },
): Sockets {
  // Of what is not an agent of ours, compressed answers are not asked for: a proxy would hold back a stream for them.
  const headers: Record<string, string> = agentSecret === null ? {} : { 'Accept-Encoding': 'gzip' };
  const agents: Agent[] = [];
  const directs: DirectSockets[] = [];
  const wire = countWire();

  // The secret of our agents is Node's and TLS's to carry.
  const toDirect = () => {
    const direct = agentSecret === null ? createDirectSockets(endpoint, wire.add) : null;
    if (direct !== null) directs.push(direct);
    return direct;
  };

  const lazily = (options: SocketOptions) => {
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
    polls: { docker: lazily({ keepAlive: true, maxSockets, maxFreeSockets: 1 }), direct: toDirect() },
    ping: { docker: lazily({ keepAlive: true, maxSockets: 1, maxFreeSockets: 1 }), direct: toDirect() },
    swarmPing: { docker: lazily(ONE_EACH), direct: null },
    events: lazily({ ...ONE_EACH, isDirect: true }),
    logs: lazily(ONE_EACH),
    wireBytes: wire.bytes,
    close() {
      for (const direct of directs) direct.close();
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
