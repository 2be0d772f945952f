import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { SimNode, World } from '#lib/demo/world.ts';
import { answer } from './answer.ts';
import { ApiError } from './api-error.ts';
import { type Tally, toKind } from './create-tally.ts';
import { isHeldUp, SWARM_REQUEST_MS, TIMED_OUT } from './leaderless.ts';
import { parseTarget } from './parse-target.ts';
import { streamEvents } from './stream-events.ts';
import { streamLogs } from './stream-logs.ts';

/** Where an engine listens. */
export type EngineAddress = { kind: 'unix'; path: string } | { kind: 'tcp'; host: string; port: number };

export interface EngineServer {
  /** How Docker would write it: `unix:///…` or `tcp://host:port`. */
  endpoint(): string;
  listen(): Promise<void>;
  /** Nobody is there any more: the endpoint refuses. */
  cut(): Promise<void>;
  /** Answers what was asked while it was frozen. */
  thaw(): void;
  faults: { cutBodies: number; garbage: number };
}

const GARBAGE =
  '<!DOCTYPE html><html><head><title>Welcome to the hotel</title></head><body>Please log in.</body></html>';

const LOGS = /^\/containers\/[^/]+\/logs$/;

/**
 * One node's Docker Engine API: GET alone, over HTTP.
 *
 * @param isAgent answers as the agent in front of it would
 */
export function createEngineServer(
  world: World,
  node: SimNode,
  { address, tally, isAgent }: { address: EngineAddress; tally: Tally; isAgent: boolean },
): EngineServer {
  const sockets = new Set<Socket>();
  const waiting: (() => void)[] = [];
  const faults = { cutBodies: 0, garbage: 0 };
  let port = address.kind === 'tcp' ? address.port : 0;

  const server = createServer((request, response) => {
    if (node.frozen) waiting.push(() => serve(request, response));
    else serve(request, response);
  });
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });

  function serve(request: IncomingMessage, response: ServerResponse): void {
    if (!response.destroyed) setHeaders(response);
    attempt(response, () => {
      const path = request.url ?? '/';
      if (request.method !== 'GET' && !(request.method === 'HEAD' && path.endsWith('/_ping'))) {
        throw new ApiError(405, 'The demo swarm can only be read.');
      }
      const target = parseTarget(path, node.release);
      const kind = toKind(target);
      tally.ask(kind);
      const onBytes = (bytes: number) => tally.send(kind, bytes);
      if (isHeldUp(world, node, target.path)) {
        const give = () =>
          send(response, `${answer(world, node, target, { swarmError: TIMED_OUT, isAgent })}\n`, onBytes);
        world.timeline.after(SWARM_REQUEST_MS, () => attempt(response, give));
        return;
      }
      if (target.path === '/_ping') send(response, 'OK', onBytes, 'text/plain; charset=utf-8');
      else if (target.path === '/events' && faults.garbage === 0)
        streamEvents(world, node, target, { response, onBytes, isAgent });
      else if (LOGS.test(target.path)) streamLogs(world, node, target, response);
      else send(response, `${answer(world, node, target, { isAgent })}\n`, onBytes);
    });
  }

  function setHeaders(response: ServerResponse): void {
    response.setHeader('Api-Version', node.release.apiVersion);
    response.setHeader('Docker-Experimental', 'false');
    response.setHeader('Ostype', 'linux');
    response.setHeader('Server', `Docker/${node.release.version} (linux)`);
  }

  function send(
    response: ServerResponse,
    text: string,
    onBytes: (bytes: number) => void,
    type = 'application/json',
  ): void {
    if (faults.garbage > 0) {
      faults.garbage -= 1;
      response.setHeader('Content-Type', 'text/html');
      response.end(GARBAGE);
      return;
    }
    const body = Buffer.from(text);
    response.setHeader('Content-Type', type);
    response.setHeader('Content-Length', body.length);
    if (faults.cutBodies === 0) {
      onBytes(body.length);
      response.end(body);
      return;
    }
    faults.cutBodies -= 1;
    response.write(body.subarray(0, body.length >> 1), () => response.destroy());
  }

  return {
    endpoint: () => (address.kind === 'unix' ? `unix://${address.path}` : `tcp://${address.host}:${port}`),
    listen: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        const onListening = () => {
          server.off('error', reject);
          const bound = server.address();
          if (bound !== null && typeof bound === 'object') port = bound.port;
          resolve();
        };
        if (address.kind === 'unix') server.listen(address.path, onListening);
        else server.listen(port, address.host, onListening);
      }),
    cut: () =>
      new Promise((resolve) => {
        waiting.length = 0;
        if (server.listening) server.close(() => resolve());
        else resolve();
        for (const socket of sockets) socket.destroy();
      }),
    thaw() {
      for (const run of waiting.splice(0)) run();
    },
    faults,
  };
}

function attempt(response: ServerResponse, run: () => void): void {
  if (response.destroyed) return;
  try {
    run();
  } catch (error) {
    fail(response, error);
  }
}

function fail(response: ServerResponse, error: unknown): void {
  const known = error instanceof ApiError ? error : new ApiError(500, String(error));
  const body = known.plain ? known.message : JSON.stringify({ message: known.message });
  response.writeHead(known.statusCode, {
    'Content-Type': known.plain ? 'text/plain; charset=utf-8' : 'application/json',
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(body);
}
