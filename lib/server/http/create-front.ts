import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import { isWhole } from '#lib/model/contract/scope.ts';
import { readScope } from '#lib/server/access/read-scope.ts';
import { findRouteNeed, READY_PATH } from '#lib/server/access/routes.ts';
import { inSwarm } from '#lib/server/fleet/current-swarm.ts';
import { SWARM_HEADER, takeBelowName, takeSwarm, toFleetRoute } from '#lib/server/fleet/fleet-address.ts';
import { toOwnPath } from '#lib/view/links/to-path.ts';
import { type Caller, createConnections } from './create-connections.ts';
import { isPage } from './create-page-line.ts';
import { createReception } from './create-reception.ts';
import { createRefusalLog } from './create-refusal-log.ts';
import { decideRequest } from './decide-request.ts';
import { HEALTH_PATH } from './front-paths.ts';
import { FrontResponse } from './front-response.ts';
import * as limits from './limits.ts';
import type { StaticFiles } from './serve-static.ts';
import { stampAddress } from './stamp-address.ts';
import { whenWhole } from './when-whole.ts';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<unknown>;

/** The HTTP server of the product: everything that a stranger can send passes here before Next sees it. */
export interface Front {
  readonly server: Server;
  /**
   * Where requests go from now on. Those that came before have waited.
   *
   * @param stats the numbers of this process, for those who are let in; of one swarm, where it shows several
   */
  open(handler: RequestHandler, stats?: (swarm: string | null) => object): void;
  /** Takes no more connections; done when the answers under way are. */
  close(): Promise<void>;
}

export interface FrontOptions {
  /** What answers for the built files; `null` in development, where Next answers for all there is, and for its tools. */
  files: StaticFiles | null;
  log(text: string): void;
  /** The names of the swarms, where it shows several: each is below a path of its own. */
  swarms?: readonly string[];
}

/** A page for which there was no room is asked for again. */
const PAGE_AGAIN_AFTER_S = 5;
/** What the development server has for its own pages and tools. */
const TOOLS = /^\/(_next\/|__nextjs)/;

export function createFront({ files, log, swarms = [] }: FrontOptions): Front {
  const isDevelopment = files === null;
  const isTool = (url: string) => isDevelopment && TOOLS.test(url);
  const ready = Promise.withResolvers<{ handle: RequestHandler; stats(swarm: string | null): object }>();
  const refusals = createRefusalLog(log);
  const connections = createConnections(refusals.closed);
  const receive = createReception({
    connections,
    isFile: (url) => files?.isFile(url) ?? false,
    isTool,
    answer: (caller) => void answer(caller),
    refuse({ request, response }, statusCode) {
      refusals.refused(statusCode, request);
      refuse(response, statusCode, 'Too much at once. Try again.', toAgain(request, statusCode));
    },
    failed,
  });

  function onRequest(request: IncomingMessage, response: ServerResponse, expectsContinue: boolean): void {
    const connection = connections.find(request.socket);
    if (connection === null || request.socket.destroyed) return;
    if (!connections.begin(connection, response)) return;
    const { swarm, url: ownUrl } = takeOwnUrl(request.url ?? '/', swarms, files);
    const decision = decideRequest({
      method: request.method ?? '',
      url: ownUrl,
      // Whether a name is known must not show in which methods there are below it.
      below: swarms.length === 0 ? null : takeBelowName(toOwnPath(request.url?.split('?', 1)[0] ?? '/')),
      contentLength: request.headers['content-length'],
      transferEncoding: request.headers['transfer-encoding'],
      hosts: request.headersDistinct.host?.length ?? 0,
    });
    // Its tools post to each other; to other addresses that are none they could lead past the guard.
    const isForTools = isTool(ownUrl) && decision.kind === 'refuse' && decision.statusCode !== 400;
    if (decision.kind === 'refuse' && !isForTools) {
      const { statusCode, message, allow } = decision;
      refusals.refused(statusCode, request);
      refuse(response, statusCode, message, allow === null ? {} : { allow });
      return;
    }
    // Below Next's own path there are files, and nothing else that is of use to us: nobody need be asked.
    if (files !== null && ownUrl.startsWith('/_next/') && !files.isFile(ownUrl)) {
      refuse(response, 404, 'There is no such file.');
      return;
    }
    const isAbove = swarms.length > 0 && swarm === null && files?.isFile(ownUrl) !== true && !isTool(ownUrl);
    stampAddress(request, response, isAbove ? toFleetUrl(ownUrl) : ownUrl, swarm);
    if (expectsContinue) response.writeContinue();
    // What was sent ahead with it has been counted by then, and costs nobody a page when the connection is closed for it.
    setImmediate(() =>
      whenWhole(request, decision.kind === 'pass' ? decision.bodyBytes : 0, () => {
        if (!request.socket.destroyed) receive({ request, response, connection });
      }),
    );
  }

  async function answer(caller: Caller): Promise<void> {
    const { request, response } = caller;
    if (files?.serve(request, response)) return;
    // Nobody was asked about what should have been a file.
    if (files?.isFile(request.url ?? '')) {
      refuse(response, 404, 'There is no such file.');
      return;
    }
    try {
      const { handle, stats } = await ready.promise;
      if (request.url?.split('?', 1)[0] === HEALTH_PATH) {
        // Asked every few seconds by whoever watches, and by strangers: it needs no more than this.
        const scope = readScope({ get: (name) => [request.headers[name]].flat()[0] ?? null });
        const numbers = isWhole(scope) ? readNumbers(() => stats(findSwarm(request))) : {};
        sendJson(response, 200, { ok: true, ...numbers });
      } else await inSwarm(findSwarm(request), () => handle(request, response));
    } catch (error) {
      failed(caller, error);
    }
  }

  function failed({ response }: Caller, error: unknown): void {
    log(`a request failed: ${error instanceof Error ? error.message : String(error)}`);
    if (response.headersSent) response.destroy();
    else refuse(response, 500, 'Something went wrong.');
  }

  const server = createLimitedServer(isDevelopment, (request, response) =>
    onRequest(request, response, false),
  );
  server.on('connection', connections.add);
  server.on('checkContinue', (request, response) => onRequest(request, response, true));
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    refusals.refused(405, request);
    // Its parser is no longer its own.
    connections.find(socket)?.stop();
    socket.on('error', () => {});
    socket.end('HTTP/1.1 405 Method Not Allowed\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', () =>
      socket.destroy(),
    );
  });

  return {
    server,
    open: (handle, stats = () => ({})) => ready.resolve({ handle, stats }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        connections.close();
      }),
  };
}

/** @param mayUpgrade whether a request may ask for another protocol */
function createLimitedServer(mayUpgrade: boolean, onRequest: RequestListener): Server {
  const server = createServer(
    {
      ServerResponse: FrontResponse as typeof ServerResponse,
      maxHeaderSize: limits.MAX_HEADER_BYTES,
      headersTimeout: limits.HEADERS_WITHIN_MS,
      requestTimeout: limits.REQUEST_WITHIN_MS,
      keepAliveTimeout: limits.KEEP_ALIVE_MS,
      connectionsCheckingInterval: limits.CHECK_EVERY_MS,
      shouldUpgradeCallback: () => mayUpgrade,
    },
    onRequest,
  );
  server.timeout = limits.IDLE_WITHIN_MS;
  server.maxRequestsPerSocket = limits.MAX_REQUESTS_PER_CONNECTION;
  server.maxConnections = limits.MAX_STRANGERS + limits.MAX_ADMITTED;
  return server;
}

/** Some of them are read from a file: a process that may open no more is up all the same. */
function readNumbers(stats: () => object): object {
  try {
    return stats();
  } catch {
    return {};
  }
}

/**
 * Without the base path, and without the path of the swarm that it is about. What needs no session is below every name,
 * known or not: nobody learns from it which swarms there are.
 */
function takeOwnUrl(
  url: string,
  swarms: readonly string[],
  files: FrontOptions['files'],
): { swarm: string | null; url: string } {
  const [path = ''] = url.split('?', 1);
  const asked = toOwnPath(path);
  const taken = takeSwarm(asked, swarms);
  const below = swarms.length === 0 || taken.swarm !== null ? null : takeBelowName(asked);
  const isForAnybody =
    below !== null &&
    below !== READY_PATH &&
    (findRouteNeed(below)?.who === 'anybody' || below.startsWith('/_next/') || files?.isFile(below) === true);
  return { swarm: taken.swarm, url: (isForAnybody ? below : taken.path) + url.slice(path.length) };
}

function toFleetUrl(url: string): string {
  const [path = ''] = url.split('?', 1);
  return toFleetRoute(path) + url.slice(path.length);
}

function findSwarm({ headers }: IncomingMessage): string | null {
  return [headers[SWARM_HEADER]].flat()[0] ?? null;
}

/** In the place of a page nobody would try again for a screen on a wall: the browser does. */
function toAgain({ url = '/' }: IncomingMessage, statusCode: 429 | 503): Record<string, string> {
  const isForPage = statusCode === 503 && isPage(url.split('?', 1)[0] ?? '/');
  return { 'retry-after': '1', ...(isForPage ? { refresh: String(PAGE_AGAIN_AFTER_S) } : {}) };
}

/** The connection is closed: what else comes on it, such as a long body, is not read. */
function refuse(
  response: ServerResponse,
  statusCode: number,
  message: string,
  headers: Record<string, string> = {},
): void {
  sendJson(
    response,
    statusCode,
    { error: message },
    {
      ...headers,
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      connection: 'close',
    },
  );
}

function sendJson(
  response: ServerResponse,
  statusCode: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  const text = JSON.stringify(body);
  response.writeHead(statusCode, {
    ...headers,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(text);
}
