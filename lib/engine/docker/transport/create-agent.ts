import { readFileSync } from 'node:fs';
import { type ClientRequest, Agent as HttpAgent, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { inspect } from 'node:util';
import type { Endpoint, EndpointTls } from '#lib/engine/endpoint.ts';
import { EngineError } from '#lib/engine/port.ts';
import { createAgentConnector } from './connect-agent.ts';
import { connectDirectly } from './connect-directly.ts';
import { connectSsh } from './connect-ssh.ts';
import { readTlsFiles } from './read-tls-files.ts';

/** Docker sends none; a proxy may send one or two. */
const MAX_INTERIM = 8;

export interface SocketOptions {
  keepAlive: boolean;
  maxSockets: number;
  maxFreeSockets: number;
  /** Where nothing is encrypted or compressed the body of an answer may be read without Node's streams (connect-directly.ts). */
  isDirect?: boolean;
}

/** What Node's agents do beyond what its types say. */
interface OpenAgent {
  createConnection(options: object, done: (error: Error | null, socket?: Duplex) => void): Duplex | undefined;
  addRequest(request: ClientRequest, options: object): void;
  [inspect.custom]?(): string;
}

/**
 * The sockets to one endpoint, for one purpose.
 *
 * - Cheap to inspect: docker-modem prints each request's options, agent and all its sockets included, even when
 *   nobody debugs.
 * - An engine that answers with nothing but "wait" (100, 102, 103) is not listened to for ever.
 * - Redirects are made harmless: docker-modem would fetch a `Location` in the background, wherever it leads.
 * - Certificates are read for each new connection, so renewed ones need no restart.
 * - The secret of our agents is in no option that docker-modem could print, and never goes over a connection in clear.
 *
 * @throws EngineError `config` when the secret would go over a connection in clear
 */
export function createAgent(
  endpoint: Endpoint,
  { isDirect = false, ...options }: SocketOptions,
  { agentSecret, onSocket }: { agentSecret: string | null; onSocket(socket: Socket): void },
): HttpAgent {
  const access = endpoint.kind === 'tcp' ? endpoint.tls : null;
  if ((agentSecret !== null && access === null) || (agentSecret === null && access === 'psk'))
    throw new EngineError('config', `${endpoint.display} is no place to send an agent's secret to.`);
  const agent = makeAgent(access, options);
  const tls = access === 'psk' ? null : access;
  const open = agent as unknown as OpenAgent;
  open[inspect.custom] = () => `Agent(${endpoint.display})`;

  const addRequest = open.addRequest.bind(agent);
  open.addRequest = (request, requestOptions) => {
    request.prependListener('response', (response: IncomingMessage) => {
      if (isRedirect(response)) delete response.headers.location;
    });
    if (tls !== null && agentSecret !== null) request.setHeader('Authorization', `Bearer ${agentSecret}`);
    request.once('socket', onSocket);
    let interim = 0;
    request.on('information', () => {
      interim += 1;
      if (interim > MAX_INTERIM)
        request.destroy(
          new EngineError('excess', `${endpoint.display} sends interim answers (1xx) without end.`),
        );
    });
    addRequest(request, requestOptions);
  };

  const connect = open.createConnection.bind(agent);
  if (isDirect && access === null && endpoint.kind !== 'ssh')
    open.createConnection = (connectionOptions, done) => connectDirectly(connect, connectionOptions, done);
  if (endpoint.kind === 'ssh') open.createConnection = () => connectSsh(endpoint);
  if (endpoint.kind === 'tcp' && access === 'psk' && agentSecret !== null) {
    const connectAgent = createAgentConnector(agentSecret);
    open.createConnection = () => connectAgent(endpoint);
  }
  if (tls?.pinnedCaPath) {
    const { pinnedCaPath } = tls;
    open.createConnection = (connectionOptions, done) => {
      try {
        const pinned = { ca: readFileSync(pinnedCaPath), checkServerIdentity: () => undefined };
        return connect({ ...connectionOptions, ...pinned }, done);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        done(new EngineError('config', `VITALS_AGENT_CA cannot be used: ${reason}`));
        return undefined;
      }
    };
  }
  if (tls?.certPath) {
    const { certPath, verify } = tls;
    open.createConnection = (connectionOptions, done) => {
      try {
        return connect({ ...connectionOptions, ...readTlsFiles(certPath, verify) }, done);
      } catch (error) {
        done(error as Error);
        return undefined;
      }
    };
  }
  return agent;
}

function makeAgent(access: EndpointTls | 'psk' | null, options: Omit<SocketOptions, 'isDirect'>): HttpAgent {
  if (access === null) return new HttpAgent({ ...options });
  return access === 'psk'
    ? new HttpsAgent({ ...options, maxCachedSessions: 0 })
    : new HttpsAgent({ ...options, rejectUnauthorized: access.verify });
}

function isRedirect({ statusCode = 0 }: IncomingMessage): boolean {
  return statusCode >= 300 && statusCode < 400;
}
