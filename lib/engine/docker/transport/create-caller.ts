import type Docker from 'dockerode';
import type { Endpoint } from '#lib/engine/endpoint.ts';
import { EngineError, type EngineTraffic } from '#lib/engine/port.ts';
import type { Semaphore } from '#lib/flow/create-semaphore.ts';
import { type Answer, createPause, type NodeAnswer, toAnswer } from './answer.ts';
import {
  type AnswerKind,
  type AnswerLimits,
  findAnswerLimits,
  formatLimit,
  toAnswerKind,
} from './answer-limits.ts';
import { BodyError, toBodyError } from './body-error.ts';
import { type Call, createBoundedCalls, isExcess } from './create-bounded-calls.ts';
import type { ByteBudgets } from './create-byte-budget.ts';
import { createFlow } from './create-flow.ts';
import type { Way } from './create-sockets.ts';
import { createWireGuard } from './create-wire-guard.ts';
import { UnusualAnswer } from './direct-body.ts';
import { type GetRequest, get } from './get.ts';
import { type OpenBody, openBody } from './open-body.ts';
import type { DockerPath } from './paths.ts';
import { toHttpError } from './to-http-error.ts';
import { toNetworkError } from './to-network-error.ts';

export interface Caller {
  /**
   * What `decode` makes of the body of a 2xx answer, which is within its limits. Always settles within the call's time,
   * and rejects only with an EngineError.
   */
  call<T>(way: Way, call: Call, limiter: Semaphore | null, decode: Decode<T>): Promise<T>;
  /** A 2xx answer as it comes, for a stream. Until its head comes `timeoutMs` holds; then only `signal` ends it. */
  open(docker: Docker, call: Call, signal: AbortSignal): Promise<OpenBody>;
  /** What came over a stream is beyond all limits (`excess`): as with an answer. */
  giveUp(error: EngineError): void;
  traffic(): EngineTraffic;
  /** Ends the calls under way that list what a swarm has, as if their time were up. */
  endSwarmLists(): void;
  /** Ends all calls under way, and every later one, with this error. */
  close(reason: EngineError): void;
}

type SendTo<A extends Answer> = (request: GetRequest) => Promise<A>;

/** May throw a BodyError. */
export type Decode<T> = (body: Buffer, limits: AnswerLimits, signal: AbortSignal) => T | Promise<T>;

export interface CallerOptions {
  budgets: ByteBudgets;
  /** All that came over this endpoint's sockets, be it an answer or not. */
  wireBytes(): number;
  /** Instead of the limits of a kind of answer; for tests. */
  answers?: Partial<AnswerLimits>;
  /** The head of an answer came: its `Date`, and our clock when it was asked for. */
  onHead?: (date: string | undefined, askedAtMs: number) => void;
}

const OF_SWARM: ReadonlySet<AnswerKind> = new Set(['nodes', 'services', 'tasks']);

const SWARM_LISTS: ReadonlySet<DockerPath> = new Set(['/nodes', '/services', '/tasks', '/networks']);

/**
 * What an engine tells of its containers: reading a thousand after a gap is 10 MB at once, five hundred whose probes all
 * fail each second are 5 MB a second. What came of it is to be parsed: 10 MB take a tenth of a second.
 */
const ENGINE_BYTES = { perSecond: 10_000_000, burst: 100_000_000 };

/**
 * Makes calls that end: each has its own clock, and a body is read by us, not by docker-modem, which may wait for ever.
 * An answer beyond its limits ends all that is under way with this endpoint, and it is left alone for a while.
 */
export function createCaller(
  endpoint: Endpoint,
  { budgets, wireBytes, answers = {}, onHead }: CallerOptions,
): Caller {
  const traffic: EngineTraffic = { requests: 0, bytesRead: 0 };
  const calls = createBoundedCalls(endpoint);
  const flow = createFlow(ENGINE_BYTES, () => performance.now());
  const wire = createWireGuard({
    display: endpoint.display,
    count: () => ({ wireBytes: wireBytes(), bytesRead: traffic.bytesRead }),
    onExcess: calls.trip,
  });

  const countBytes = (bytes: number) => {
    traffic.bytesRead += bytes;
  };

  async function ask<A extends Answer>(call: Call, signal: AbortSignal, sendTo: SendTo<A>): Promise<A> {
    const request = { path: call.path, apiVersion: call.apiVersion, query: call.query ?? {}, signal };
    let askedAtMs = 0;
    const send = () => {
      traffic.requests += 1;
      askedAtMs = Date.now();
      return sendTo(request);
    };
    try {
      const answer = await sendAgain(send, signal);
      countBytes(answer.headBytes);
      onHead?.(answer.date, askedAtMs);
      return answer;
    } catch (error) {
      throw toCallError(error, endpoint);
    }
  }

  async function read<T>(
    answer: Answer,
    call: Call,
    kind: AnswerKind,
    decode: (body: Buffer, limits: AnswerLimits) => T | Promise<T>,
  ): Promise<T> {
    const limits = { ...findAnswerLimits(kind), ...answers };
    const isOfSwarm = OF_SWARM.has(kind);
    const budget = isOfSwarm ? budgets.swarm : budgets.engines;
    try {
      const { body, release } = await answer.read({ limits, budget, onBytes: countBytes });
      try {
        if (!isOfSwarm && !flow.take(body.length)) throw toTooMuch(endpoint);
        return await decode(body, limits);
      } finally {
        release();
      }
    } catch (error) {
      throw toReadError(error, call, endpoint, limits);
    }
  }

  async function expectOk(answer: Answer, call: Call): Promise<void> {
    const { statusCode } = answer;
    if (statusCode >= 200 && statusCode < 300) return;
    const body = await read(answer, call, 'error', (bytes) => bytes.toString()).catch(toNoText);
    throw toHttpError({ path: call.path, statusCode, body }, endpoint.display);
  }

  async function askFor<T>(
    call: Call,
    signal: AbortSignal,
    decode: Decode<T>,
    sendTo: SendTo<Answer>,
  ): Promise<T> {
    const answer = await ask(call, signal, sendTo);
    await expectOk(answer, call);
    return read(answer, call, toAnswerKind(call.path), (body, limits) => decode(body, limits, signal));
  }

  return {
    call({ docker, direct }, call, limiter, decode) {
      return calls.run(call, new AbortController(), async (signal) => {
        const leave = await limiter?.acquireUnless(signal);
        const askBy = (sendTo: SendTo<Answer>) => askFor(call, signal, decode, sendTo);
        try {
          return await askDirectly(direct, askBy, () => askBy(sendBy(docker())));
        } finally {
          leave?.();
        }
      });
    },
    open(docker, call, outer) {
      return calls.run(call, endWith(outer), async (signal) => {
        const answer = await ask(call, signal, sendBy(docker));
        await expectOk(answer, call);
        const opened = openCounted(answer, countBytes);
        calls.holdStream(opened.body);
        return opened;
      });
    },
    giveUp: calls.trip,
    traffic: () => ({ ...traffic }),
    endSwarmLists: () => calls.end(SWARM_LISTS),
    close(reason) {
      wire.close();
      calls.close(reason);
    },
  };
}

function toTooMuch({ display }: Endpoint): EngineError {
  const perSecond = formatLimit(ENGINE_BYTES.perSecond);
  return new EngineError(
    'excess',
    `${display} answers with more than ${perSecond} a second for long: Docker's answers are a hundredth of it.`,
  );
}

/** A kept-alive socket may be closed by the other side just as we write to it: asking again is harmless. */
function sendAgain<A>(send: () => Promise<A>, signal: AbortSignal): Promise<A> {
  return send().catch((error) => {
    if (isReset(error) && !signal.aborted) return send();
    throw error;
  });
}

/** Over the socket itself, for as long as what is answered there is usual; else over dockerode. */
async function askDirectly<T>(
  direct: Way['direct'],
  askBy: (sendTo: SendTo<Answer>) => Promise<T>,
  ask: () => Promise<T>,
): Promise<T> {
  if (!direct?.isUsual()) return ask();
  try {
    return await askBy(direct.ask);
  } catch (error) {
    if (!(error instanceof UnusualAnswer)) throw error;
    direct.leave();
  }
  return ask();
}

/** As it comes, and not faster than it is taken. */
function openCounted({ response }: NodeAnswer, count: (bytes: number) => void): OpenBody {
  const onPiece = createPause(response.socket);
  return openBody(response, (bytes) => {
    count(bytes);
    onPiece();
  });
}

/** What an error says that cannot be read. */
function toNoText(error: unknown): string {
  if (isExcess(error) || error instanceof UnusualAnswer) throw error;
  return '';
}

/** Ends when another one does. */
function endWith(outer: AbortSignal): AbortController {
  const controller = new AbortController();
  const end = () => controller.abort(outer.reason);
  if (outer.aborted) end();
  outer.addEventListener('abort', end, { once: true });
  return controller;
}

function toReadError(error: unknown, { path }: Call, endpoint: Endpoint, limits: AnswerLimits): Error {
  return error instanceof BodyError
    ? toBodyError(error, { path, display: endpoint.display, limits })
    : toCallError(error, endpoint);
}

const sendBy =
  (docker: Docker): SendTo<NodeAnswer> =>
  async (request) =>
    toAnswer(await get(docker, request));

function toCallError(error: unknown, endpoint: Endpoint): Error {
  return error instanceof UnusualAnswer ? error : toNetworkError(error, endpoint);
}

function isReset(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ECONNRESET' || code === 'EPIPE';
}
