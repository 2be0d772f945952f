import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { AgentConfig } from './agent-config.ts';
import type { AgentRequest } from './agent-request.ts';
import { answerRequest, isTaskContainer, toError } from './answer-request.ts';
import { http, loadHttps } from './builtins.ts';
import { createEngineLink } from './create-engine-link.ts';
import { createRateLimit } from './create-rate-limit.ts';
import { createRefusalLog } from './create-refusal-log.ts';
import { isAuthorized } from './is-authorized.ts';
import { parseAgentRequest } from './parse-agent-request.ts';
import { pipeEngine } from './pipe-engine.ts';
import { sendAnswer } from './send-answer.ts';
import { streamEvents } from './stream-events.ts';

export interface AgentServer {
  /** Starts to listen. Rejects when it cannot. @returns the port */
  listen(): Promise<number>;
  close(): Promise<void>;
}

const MAX_CONNECTIONS = 256;
const MAX_STREAMS = 64;
/** One server asks some 20 times a second for a node of a hundred containers; two of them, and room for a burst. */
const REQUESTS = { perSecond: 500, burst: 3_000 };
const WRONG_SECRETS = { perSecond: 1, burst: 10 };

/**
 * The agent: a window on one engine. Answers GET on the few paths that Swarm Vitals needs, to whoever has the secret,
 * and leaves out of each answer everything but the fields in `shapes.ts`.
 */
export function createAgentServer(
  config: AgentConfig,
  options: { nowMs(): number; log(text: string): void },
): AgentServer {
  const { log, nowMs } = options;
  const link = createEngineLink(config.engine);
  const refused = createRefusalLog(log);
  const requests = createRateLimit({ ...REQUESTS, nowMs });
  const wrongSecrets = createRateLimit({ ...WRONG_SECRETS, nowMs });
  let streams = 0;

  const onRequest: RequestListener = (request, response) => {
    response.setHeader('Cache-Control', 'no-store');
    response.on('error', () => {});
    serve(request, response).catch(() => {
      sendAnswer(response, toError(502, 'The engine does not answer the agent as Docker does.'));
    });
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const from = request.socket.remoteAddress ?? 'unknown';
    if (!isAuthorized(request.headers.authorization, config.secret)) {
      refused(from, request.headers.authorization === undefined ? 'no secret' : 'a wrong secret');
      const status = wrongSecrets.take(from) ? 401 : 429;
      // Whoever guesses shall not do so thousands of times on one connection.
      response.setHeader('Connection', 'close');
      return sendAnswer(response, toError(status, 'Unauthorized'));
    }
    if (!requests.take(from)) return sendAnswer(response, toError(429, 'Too many requests.'));
    const parsed = parseAgentRequest(request.method ?? '', request.url ?? '', config);
    if ('kind' in parsed) {
      refused(from, `${request.method} ${toKind(request.url ?? '')}`);
      response.setHeader('Connection', 'close');
      return sendAnswer(response, toError(parsed.statusCode, parsed.message));
    }
    await answer(parsed.apiVersion, parsed.request, response);
  }

  async function answer(apiVersion: string | null, asked: AgentRequest, response: ServerResponse) {
    const prefix = apiVersion === null ? '' : `/v${apiVersion}`;
    if (asked.kind === 'events')
      return stream(response, () => streamEvents(link, `${prefix}/events`, asked.since, response));
    if (asked.kind === 'log') return stream(response, () => streamLog(prefix, asked, response));
    sendAnswer(response, await answerRequest(link, apiVersion, asked));
  }

  async function streamLog(
    prefix: string,
    { id, query }: Extract<AgentRequest, { kind: 'log' }>,
    response: ServerResponse,
  ) {
    if (!(await isTaskContainer(link, id)))
      return sendAnswer(response, toError(404, `No such container: ${id}`));
    const { tail, since, until, follow, stdout, stderr } = query;
    const asked: Record<string, string> = {
      tail: String(tail),
      timestamps: '1',
      follow: follow ? '1' : '0',
      stdout: stdout ? '1' : '0',
      stderr: stderr ? '1' : '0',
    };
    if (since !== null) asked.since = since;
    if (until !== null) asked.until = until;
    const path = `${prefix}/containers/${id}/logs`;
    await pipeEngine({ link, path, query: asked, response, type: null, zips: false }, (send) => send);
  }

  async function stream(response: ServerResponse, run: () => Promise<void>): Promise<void> {
    if (streams >= MAX_STREAMS) return sendAnswer(response, toError(503, 'Too many streams.'));
    streams += 1;
    try {
      await run();
    } finally {
      streams -= 1;
    }
  }

  const server = makeServer(config, onRequest);
  return {
    listen: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(config.port, config.host, () => {
          server.off('error', reject);
          const bound = server.address();
          resolve(bound !== null && typeof bound === 'object' ? bound.port : config.port);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        link.close();
      }),
  };
}

function makeServer(config: AgentConfig, onRequest: RequestListener): Server {
  const limits = {
    maxHeaderSize: 8_192,
    headersTimeout: 5_000,
    requestTimeout: 10_000,
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: 5_000,
  };
  const server = config.tls
    ? loadHttps().createServer({ ...limits, ...config.tls, minVersion: 'TLSv1.2' }, onRequest)
    : http.createServer(limits, onRequest);
  server.maxConnections = MAX_CONNECTIONS;
  server.on('clientError', (_error, socket) => socket.destroy());
  server.on('upgrade', (_request, socket) => socket.destroy());
  server.on('connect', (_request, socket) => socket.destroy());
  return server;
}

/** A target for the log: no ids and no query, so that one kind is told once and nothing secret is told. */
function toKind(target: string): string {
  const path = target.split('?', 1)[0] ?? '';
  return path
    .replaceAll(/[a-f0-9]{12,64}/g, '{id}')
    .replaceAll(/[^\w/{}.~-]/g, '?')
    .slice(0, 120);
}
