import type { IncomingMessage } from 'node:http';
import type Docker from 'dockerode';
import type { Endpoint } from '#lib/engine/endpoint.ts';
import { EngineError, type EngineTraffic } from '#lib/engine/port.ts';
import type { Limiter } from './create-limiter.ts';
import { get } from './get.ts';
import { type OpenBody, openBody } from './open-body.ts';
import type { DockerPath } from './paths.ts';
import { BodyError, readBody } from './read-body.ts';
import { toHttpError } from './to-http-error.ts';
import { toNetworkError } from './to-network-error.ts';
import { unzip } from './unzip.ts';

export interface Call {
  path: DockerPath;
  apiVersion: string | null;
  query?: Record<string, string>;
  /** For everything together: waiting in line, connecting, and the whole body. */
  timeoutMs: number;
}

export interface Caller {
  /** The body of a 2xx answer. Always settles within the call's time, and rejects only with an EngineError. */
  call(docker: Docker, call: Call, limiter: Limiter | null): Promise<Buffer>;
  /** A 2xx answer as it comes, for a stream. Until its head comes `timeoutMs` holds; then only `signal` ends it. */
  open(docker: Docker, call: Call, signal: AbortSignal): Promise<OpenBody>;
  traffic(): EngineTraffic;
  /** Ends all calls under way, and every later one, with this error. */
  close(reason: EngineError): void;
}

export interface CallerOptions {
  maxBytes: number;
}

const MAX_ERROR_BYTES = 64 * 1024;

/** Makes calls that end: each has its own clock, and a body is read by us, not by docker-modem, which may wait for ever. */
export function createCaller(endpoint: Endpoint, { maxBytes }: CallerOptions): Caller {
  const traffic: EngineTraffic = { requests: 0, bytesRead: 0 };
  const underWay = new Set<AbortController>();
  let closed: EngineError | null = null;

  const countBytes = (bytes: number) => {
    traffic.bytesRead += bytes;
  };

  async function ask(docker: Docker, call: Call, signal: AbortSignal): Promise<IncomingMessage> {
    const request = { path: call.path, apiVersion: call.apiVersion, query: call.query ?? {}, signal };
    const send = () => {
      traffic.requests += 1;
      return get(docker, request);
    };
    try {
      const response = await send().catch((error) => {
        // A kept-alive socket may be closed by the other side just as we write to it: asking again is harmless.
        if (isReset(error) && !signal.aborted) return send();
        throw error;
      });
      countBytes(headBytes(response));
      return response;
    } catch (error) {
      throw toNetworkError(error, endpoint);
    }
  }

  async function read(response: IncomingMessage, call: Call, limit: number): Promise<Buffer> {
    try {
      const body = await readBody(response, { maxBytes: limit, onBytes: countBytes });
      return response.headers['content-encoding'] === 'gzip' ? unzip(body, limit) : body;
    } catch (error) {
      if (!(error instanceof BodyError)) throw toNetworkError(error, endpoint);
      const what = {
        cut: 'was cut off',
        'too-large': `is larger than ${Math.round(limit / 1e6)} MB`,
        garbled: 'is no gzip, though it says so',
      }[error.reason];
      throw new EngineError('garbled', `The answer of ${endpoint.display} to ${call.path} ${what}.`);
    }
  }

  async function expectOk(response: IncomingMessage, call: Call): Promise<void> {
    const statusCode = response.statusCode ?? 0;
    if (statusCode >= 200 && statusCode < 300) return;
    const body = await read(response, call, MAX_ERROR_BYTES).catch(() => Buffer.alloc(0));
    throw toHttpError({ path: call.path, statusCode, body: body.toString() }, endpoint.display);
  }

  /** Runs the work until it settles, its time is up, or it is aborted; then its requests are ended, come what may. */
  async function bounded<T>(
    call: Call,
    controller: AbortController,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    if (closed) throw closed;
    const { signal } = controller;
    let last: NodeJS.Immediate | undefined;
    const timer = setTimeout(() => {
      // Where we were busy ourselves the answer may be here, unread: it is looked for before anybody is called late.
      last = setImmediate(() => controller.abort(toTimeout(call, endpoint)));
    }, call.timeoutMs);
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    underWay.add(controller);
    try {
      return await Promise.race([work(signal), aborted]);
    } catch (error) {
      const reason = signal.aborted ? signal.reason : error;
      // What is left of the answer must not keep its socket.
      controller.abort(reason);
      throw reason instanceof EngineError ? reason : toNetworkError(reason, endpoint);
    } finally {
      clearTimeout(timer);
      clearImmediate(last);
      underWay.delete(controller);
    }
  }

  return {
    call(docker, call, limiter) {
      return bounded(call, new AbortController(), async (signal) => {
        const leave = await limiter?.enter(signal);
        try {
          const response = await ask(docker, call, signal);
          await expectOk(response, call);
          return await read(response, call, maxBytes);
        } finally {
          leave?.();
        }
      });
    },
    open(docker, call, outer) {
      const controller = new AbortController();
      const end = () => controller.abort(outer.reason);
      if (outer.aborted) end();
      outer.addEventListener('abort', end, { once: true });
      return bounded(call, controller, async (signal) => {
        const response = await ask(docker, call, signal);
        await expectOk(response, call);
        return openBody(response, countBytes);
      });
    },
    traffic: () => ({ ...traffic }),
    close(reason) {
      closed ??= reason;
      for (const controller of underWay) controller.abort(closed);
    },
  };
}

function toTimeout({ path, timeoutMs }: Call, endpoint: Endpoint): EngineError {
  const seconds = Math.round(timeoutMs / 100) / 10;
  const hint = /^\/(nodes|services|tasks)$/.test(path) ? ' A manager without quorum does this.' : '';
  return new EngineError(
    'timeout',
    `${endpoint.display} did not answer ${path} in full within ${seconds} s.${hint}`,
  );
}

function isReset(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ECONNRESET' || code === 'EPIPE';
}

/** What the head took on the wire, nearly. */
function headBytes(response: IncomingMessage): number {
  return response.rawHeaders.reduce((sum, text) => sum + text.length + 2, 17);
}
