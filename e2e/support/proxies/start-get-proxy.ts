import {
  createServer,
  type IncomingMessage,
  type RequestOptions,
  request,
  type ServerResponse,
} from 'node:http';
import { request as requestEncrypted } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { AGENT_PROTOCOL, AGENT_TLS, toAgentKey } from '#lib/engine/agent-handshake.ts';
import { createBender } from './create-bender.ts';

/** What went through a proxy on one path: the API version and ids are left out of it. */
export interface Traffic {
  path: string;
  requests: number;
  bytes: number;
}

/** What a proxy can do to its engine's answers; `null` is to let them through. */
export type ProxyFault =
  /** A web page instead of the answer, as a captive portal (200) or a gateway whose engine is gone (502) has it. */
  | { kind: 'page'; status: number }
  /** Bodies end in their middle, streams among them, without a word. */
  | { kind: 'cut' }
  /** Takes requests, and says nothing any more. Connections stay open. */
  | { kind: 'silent' }
  /** Every request and every piece of an answer waits for so long. */
  | { kind: 'slow'; delayMs: number };

/** Changes what goes through. */
export interface Bend {
  /** An answer's body, of a stream each line. */
  body?(text: string, path: string): string;
  /** What the engine is asked for instead. */
  path?(path: string): string;
  /** Sent along with each request. */
  headers?: Record<string, string>;
  /** The other side is an agent: this is proven to it. */
  agentSecret?: string;
}

/** An HTTP proxy in front of one engine that lets nothing but GET through, and keeps count. */
export interface GetProxy {
  readonly port: number;
  /** As a Docker endpoint: `tcp://127.0.0.1:PORT`. */
  readonly endpoint: string;
  /** Every request that was refused, as `METHOD /path`. */
  refused(): string[];
  /** What went through since the start or the last reset, most requests first. */
  traffic(): Traffic[];
  reset(): void;
  /** From now on, until it is called again. */
  meddle(proxyFault: ProxyFault | null): void;
  /** Writes this into every stream of events that is open, as if the engine had. */
  emit(text: string): void;
  close(): Promise<void>;
}

/**
 * Starts a proxy on a free port of the loopback interface, or on `port`.
 * @param target the engine's endpoint, `tcp://ADDRESS:PORT`
 * @param bend what it makes of what it receives
 */
export async function startGetProxy(target: string, port = 0, bend: Bend = {}): Promise<GetProxy> {
  const { hostname, port: targetPort } = new URL(target.replace(/^tcp:/, 'http:'));
  const { agentSecret } = bend;
  const ask = (options: RequestOptions) =>
    agentSecret === undefined ? request(options) : requestEncrypted({ ...options, ...toProof(agentSecret) });
  const refused: string[] = [];
  const counts = new Map<string, Traffic>();
  const sockets = new Set<Socket>();
  const streams = new Set<ServerResponse>();
  let proxyFault: ProxyFault | null = null;
  const later = (work: () => void) => {
    if (proxyFault?.kind === 'slow') setTimeout(work, proxyFault.delayMs);
    else work();
  };

  const countOf = (url: string): Traffic => {
    const path = toPlainPath(url);
    const count = counts.get(path) ?? { path, requests: 0, bytes: 0 };
    counts.set(path, count);
    return count;
  };

  const forward = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const path = incoming.url ?? '/';
    const count = countOf(path);
    count.requests += 1;
    // A connection for each request: one kept alive might lead to an engine that died.
    const upstream = ask({
      hostname,
      port: targetPort,
      path: bend.path?.(path) ?? path,
      method: 'GET',
      headers: { ...incoming.headers, ...bend.headers, connection: 'close' },
      agent: false,
    });
    const cut = () => incoming.socket.destroy();
    upstream.on('error', cut);
    outgoing.on('close', () => upstream.destroy());
    upstream.on('response', (response) => {
      const { connection: _, 'keep-alive': __, 'content-length': length, ...headers } = response.headers;
      if (length !== undefined && !bend.body) headers['content-length'] = length;
      outgoing.writeHead(response.statusCode ?? 502, headers);
      outgoing.flushHeaders();
      const isStream = /\/events\b/.test(path);
      if (isStream) streams.add(outgoing);
      outgoing.on('close', () => streams.delete(outgoing));
      const send = (chunk: Buffer) => {
        if (proxyFault?.kind === 'silent') return;
        if (proxyFault?.kind === 'cut') outgoing.write(chunk.subarray(0, chunk.length / 2), cut);
        else later(() => outgoing.write(chunk));
      };
      const bent = bend.body && createBender(bend.body, path, isStream, send);
      response.on('data', (chunk: Buffer) => {
        count.bytes += chunk.length;
        (bent?.take ?? send)(chunk);
      });
      response.on('end', () => {
        bent?.end();
        if (proxyFault?.kind !== 'silent') later(() => outgoing.end());
      });
      response.on('error', cut);
    });
    upstream.end();
  };

  const answer = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (proxyFault?.kind === 'silent') return;
    if (proxyFault?.kind !== 'page') return later(() => forward(incoming, outgoing));
    outgoing.writeHead(proxyFault.status, { 'content-type': 'text/html' });
    outgoing.end('<!doctype html><title>Sign in</title><h1>Welcome to the hotel</h1>');
  };

  const server = createServer((incoming, outgoing) => {
    if (incoming.method === 'GET') return answer(incoming, outgoing);
    refused.push(`${incoming.method} ${incoming.url}`);
    incoming.resume();
    outgoing.writeHead(403, { 'content-type': 'application/json' });
    outgoing.end('{"message":"This proxy lets nothing but GET through."}');
  });
  // Attach, exec and BuildKit leave HTTP: they begin with POST, but no upgrade is let through at all.
  server.on('upgrade', (incoming, socket) => {
    refused.push(`${incoming.method} ${incoming.url} (upgrade)`);
    socket.destroy();
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const own = (server.address() as AddressInfo).port;

  return {
    port: own,
    endpoint: `tcp://127.0.0.1:${own}`,
    refused: () => [...refused],
    traffic: () => [...counts.values()].sort((a, b) => b.requests - a.requests),
    // What is open counts on.
    reset() {
      for (const count of counts.values()) Object.assign(count, { requests: 0, bytes: 0 });
    },
    emit(text) {
      for (const stream of streams) stream.write(text);
    },
    meddle(next) {
      proxyFault = next;
      // What is open goes on only where the fault is that it says nothing, or that it is late.
      if (next?.kind !== 'silent' && next?.kind !== 'slow') for (const socket of sockets) socket.destroy();
    },
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function toProof(secret: string) {
  const psk = toAgentKey(secret);
  return {
    ...AGENT_TLS,
    pskCallback: () => ({ psk, identity: AGENT_PROTOCOL }),
    checkServerIdentity: () => undefined,
  };
}

function toPlainPath(url: string): string {
  return url
    .replace(/\?.*$/s, '')
    .replace(/^\/v1\.\d+(?=\/)/, '')
    .replace(/\/[0-9a-f]{12,64}(?=\/|$)/, '/{id}');
}
