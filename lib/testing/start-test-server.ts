import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createDockerClient, type DockerClientOptions } from '#lib/engine/docker/create-docker-client.ts';
import { parseEndpoint } from '#lib/engine/parse-endpoint.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** For tests: an HTTP server on a real socket that answers as it is set up, and remembers what it was asked. */
export interface TestServer {
  server: Server;
  port: number;
  /** Paths with their queries, in order. */
  asked: string[];
  /** Methods that were used. */
  methods: Set<string>;
  /** Connections that are open now. */
  sockets: Set<Socket>;
  /** How many connections were ever made. */
  connections(): number;
  /** A client of it, by default with short limits. */
  client(options?: DockerClientOptions): ReturnType<typeof createDockerClient>;
  stop(): Promise<void>;
}

const VERSION = { ApiVersion: '1.41', MinAPIVersion: '1.12', Version: '20.10.24' };

export const sendJson = (response: ServerResponse, value: unknown, statusCode = 200) => {
  response.writeHead(statusCode, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(value));
};

/** Handlers are by path, without the version; `/version` is answered as engine 20.10 unless told otherwise. */
export async function startTestServer(handlers: Record<string, Handler>): Promise<TestServer> {
  const asked: string[] = [];
  const methods = new Set<string>();
  const sockets = new Set<Socket>();
  const clients: ReturnType<typeof createDockerClient>[] = [];
  let connections = 0;
  const all: Record<string, Handler> = {
    '/version': (_, response) => sendJson(response, VERSION),
    ...handlers,
  };

  const server = createServer((request, response) => {
    const url = request.url ?? '';
    asked.push(url);
    methods.add(request.method ?? '');
    const path = (url.split('?')[0] ?? '').replace(/^\/v1\.\d+/, '');
    const handler = all[path];
    if (handler) handler(request, response);
    else sendJson(response, { message: 'page not found' }, 404);
  });
  server.on('connection', (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    server,
    port,
    asked,
    methods,
    sockets,
    connections: () => connections,
    client(options = {}) {
      const endpoint = parseEndpoint(`tcp://127.0.0.1:${port}`, { certPath: null, tlsVerify: false });
      const limits = {
        versionMs: 300,
        infoMs: 300,
        infoPatienceMs: 100,
        swarmListMs: 300,
        engineMs: 300,
        openMs: 300,
      };
      const client = createDockerClient(endpoint, { ...options, limits: { ...limits, ...options.limits } });
      clients.push(client);
      return client;
    },
    async stop() {
      for (const client of clients) client.close();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
