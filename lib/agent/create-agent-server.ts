import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { createRateLimit } from '#lib/flow/create-rate-limit.ts';
import type { AgentRequest } from './agent-request.ts';
import { type Answer, AnswerError, answerRequest, isTaskContainer, toError } from './answer-request.ts';
import { createEngineLink, type EngineLink, LinkError } from './create-engine-link.ts';
import { createPortChecks } from './create-port-checks.ts';
import { createRefusalLog } from './create-refusal-log.ts';
import { createSecureServer } from './create-secure-server.ts';
import { createStatsGate } from './create-stats-gate.ts';
import { createUnsentLimit } from './create-unsent-limit.ts';
import { isAuthorized } from './is-authorized.ts';
import type { AgentConfig } from './parse-agent-config.ts';
import { parseAgentRequest } from './parse-agent-request.ts';
import { pipeEngine } from './pipe-engine.ts';
import { sendAnswer } from './send-answer.ts';
import { streamEvents } from './stream-events.ts';

export interface AgentServer {
  /** Starts to listen. Rejects when it cannot. @returns the port */
  listen(): Promise<number>;
  /** Connections now. */
  counts(): { strangers: number; proven: number };
  close(): Promise<void>;
}

/** Each kind of stream has a cap of its own: none keeps another kind out. */
const MAX_STREAMS = { events: 16, followed: 64, read: 16 };
/** One server asks some 20 times a second for a node of a hundred containers; two of them, and room for a burst. */
const REQUESTS = { perSecond: 500, burst: 3_000 };
/** A list of the containers of a full engine is under a MB; an agent has 128. */
const UNSENT = { maxBytes: 16_000_000, withinMs: 30_000 };
/** What a connection may have waiting to leave when it asks again: whoever reads its answers has nothing. */
const MAX_BEHIND_BYTES = 256_000;
const WRONG_SECRETS = { perSecond: 1, burst: 10 };

/**
 * The agent: a window on one engine. Answers GET on the few paths that Swarm Vitals needs, to whoever has the secret,
 * and leaves out of each answer everything but the fields in `shapes.ts`.
 */
export function createAgentServer(
  config: AgentConfig,
  { log, nowMs }: { nowMs(): number; log(text: string): void },
): AgentServer {
  const link = createEngineLink(config.engine, log);
  // Each has a share of the log that the other cannot use up.
  const refused = createRefusalLog(log, nowMs);
  const shutOut = createRefusalLog(log, nowMs);
  const requests = createRateLimit({ ...REQUESTS, nowMs });
  const wrongSecrets = createRateLimit({ ...WRONG_SECRETS, nowMs });
  const streams = createStreamCaps();
  const unsent = createUnsentLimit(UNSENT);
  const stats = createStatsGate(() => performance.now());
  const ports = createPortChecks({ link, nowMs });
  /** The answer that is under way on each connection. */
  const underWay = new WeakMap<Socket, ServerResponse>();

  const onRequest: RequestListener = (request, response) => {
    response.setHeader('Cache-Control', 'no-store');
    response.on('error', () => {});
    const { socket } = request;
    // Our server asks again when it has the answer. A thousand requests in one piece would all be answered at once.
    if (underWay.get(socket)?.writableEnded === false || socket.writableLength > MAX_BEHIND_BYTES) {
      refused(socket.remoteAddress ?? 'unknown', 'it asks again before it has read the answer');
      return void socket.destroy();
    }
    underWay.set(socket, response);
    serve(request, response).catch((error) => {
      const message = 'The engine does not answer the agent as Docker does.';
      const isExplained = error instanceof AnswerError || error instanceof LinkError;
      sendAnswer(response, toError(502, isExplained ? error.message : message));
    });
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const from = request.socket.remoteAddress ?? 'unknown';
    if (config.tls !== null && !isAuthorized(request.headers.authorization, config.secret)) {
      shutOut(from, request.headers.authorization === undefined ? 'no secret' : 'a wrong secret');
      const status = wrongSecrets.take(from) ? 401 : 429;
      return refuse(response, status, 'Unauthorized');
    }
    if (!server.prove(request.socket)) return void request.socket.destroy();
    if (!requests.take(from)) return sendAnswer(response, toError(429, 'Too many requests.'));
    if (hasBody(request)) return refuse(response, 413, 'The agent takes no bodies.');
    const parsed = parseAgentRequest(request.method ?? '', request.url ?? '', config);
    if ('kind' in parsed) {
      refused(from, `${request.method} ${toKind(request.url ?? '')}`);
      return refuse(response, parsed.statusCode, parsed.message);
    }
    await answer(parsed.apiVersion, parsed.request, response);
  }

  async function answer(apiVersion: string | null, asked: AgentRequest, response: ServerResponse) {
    const prefix = apiVersion === null ? '' : `/v${apiVersion}`;
    if (asked.kind === 'events')
      return streams.run('events', response, () =>
        streamEvents(link, `${prefix}/events`, asked.since, response),
      );
    if (asked.kind === 'log')
      return streams.run(asked.query.follow ? 'followed' : 'read', response, () =>
        streamLog(link, prefix, asked, response),
      );
    // What nobody waits for any more shall not keep the engine busy.
    const left = new AbortController();
    response.once('close', () => left.abort());
    const whole =
      asked.kind === 'stats'
        ? await answerStats(apiVersion, asked, left.signal)
        : asked.kind === 'ports'
          ? await ports.answer(asked.places, left.signal)
          : await answerRequest(link, apiVersion, asked, left.signal, config);
    if (unsent.take(response, whole.body.length)) return sendAnswer(response, whole);
    return refuse(response, 503, 'Too many answers of this agent wait to be read.');
  }

  /** Of Swarm's containers alone, and no more than the engine may spend on it. */
  async function answerStats(
    apiVersion: string | null,
    asked: Extract<AgentRequest, { kind: 'stats' }>,
    left: AbortSignal,
  ): Promise<Answer> {
    const answered = await stats.pass(left, async () =>
      (await stats.isTask(asked.id, () => isTaskContainer(link, asked.id)))
        ? answerRequest(link, apiVersion, asked, left, config)
        : toError(404, `No such container: ${asked.id}`),
    );
    return answered ?? toError(429, 'This agent has asked its engine what containers use often enough.');
  }

  const server = createSecureServer(config, { nowMs, refused: shutOut }, onRequest);
  return {
    listen: server.listen,
    counts: server.counts,
    async close() {
      await server.close();
      link.close();
    },
  };
}

/** Whoever guesses shall not do so thousands of times on one connection. */
function refuse(response: ServerResponse, statusCode: number, message: string): void {
  response.setHeader('Connection', 'close');
  sendAnswer(response, toError(statusCode, message));
}

/** So many streams of each kind at a time: one more is told that there is no room. */
function createStreamCaps() {
  const open = { events: 0, followed: 0, read: 0 };
  return {
    async run(
      kind: keyof typeof MAX_STREAMS,
      response: ServerResponse,
      stream: () => Promise<void>,
    ): Promise<void> {
      if (open[kind] >= MAX_STREAMS[kind])
        return sendAnswer(response, toError(503, toFull(kind, MAX_STREAMS[kind])));
      open[kind] += 1;
      try {
        await stream();
      } finally {
        open[kind] -= 1;
      }
    },
  };
}

function toFull(kind: keyof typeof MAX_STREAMS, max: number): string {
  if (kind === 'followed') return `This agent follows ${max} logs already.`;
  return kind === 'read'
    ? `This agent reads ${max} logs out already.`
    : `This agent has ${max} streams of events open already.`;
}

/** Node takes no request that has both of these. */
const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

/** A target for the log: no ids and no query, so that one kind is logged once and nothing secret is logged. */
function toKind(target: string): string {
  const path = target.split('?', 1)[0] ?? '';
  return path
    .replaceAll(/[a-f0-9]{12,64}/g, '{id}')
    .replaceAll(/[^\w/{}.~-]/g, '?')
    .slice(0, 120);
}

/** A container's log as the engine sends it. */
async function streamLog(
  link: EngineLink,
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
  await pipeEngine(
    { link, path, query: asked, response, type: null, zips: false, waits: true },
    (send) => send,
  );
}
