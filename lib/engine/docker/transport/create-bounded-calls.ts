import type { Readable } from 'node:stream';
import type { Endpoint } from '#lib/engine/endpoint.ts';
import { EngineError } from '#lib/engine/port.ts';
import { setFairTimer } from '#lib/flow/set-fair-timer.ts';
import { createBreaker } from './create-breaker.ts';
import type { DockerPath } from './paths.ts';
import { toNetworkError } from './to-network-error.ts';

export interface Call {
  path: DockerPath;
  apiVersion: string | null;
  query?: Record<string, string>;
  /** For everything together: waiting in line, connecting, and the whole body. Our own work is not counted. */
  timeoutMs: number;
}

/** All that is under way with one endpoint: each call ends in its time, and all of them at once where it has to be. */
export interface BoundedCalls {
  /** Runs the work until it settles, its time is up, or it is aborted; then its requests are ended, come what may. */
  run<T>(call: Call, controller: AbortController, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Ends this with the rest, for as long as it is open. */
  holdStream(body: Readable): void;
  /** Ends those under way that are of these paths, as if their time were up. */
  end(paths: ReadonlySet<DockerPath>): void;
  /** Nothing more is read, for a while, of an endpoint that answers beyond all limits. */
  trip(error: EngineError): void;
  /** Ends all calls under way, and every later one, with this error; streams have a signal of their own. */
  close(reason: EngineError): void;
}

export function createBoundedCalls(endpoint: Endpoint): BoundedCalls {
  const underWay = new Map<AbortController, { call: Call; fromMs: number }>();
  const streams = new Set<Readable>();
  const breaker = createBreaker(() => performance.now());
  let closed: EngineError | null = null;

  function trip(error: EngineError): void {
    breaker.trip(error);
    for (const controller of underWay.keys()) controller.abort(error);
    for (const body of streams) body.destroy(error);
  }

  return {
    async run(call, controller, work) {
      const refusal = closed ?? (call.path === '/_ping' ? null : breaker.reason());
      if (refusal) throw refusal;
      const { signal } = controller;
      const timer = setFairTimer(call.timeoutMs, () => controller.abort(toTimeout(call, endpoint)));
      const aborted = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
      underWay.set(controller, { call, fromMs: performance.now() });
      try {
        return await Promise.race([work(signal), aborted]);
      } catch (error) {
        const reason = signal.aborted ? signal.reason : error;
        // What is left of the answer must not keep its socket.
        controller.abort(reason);
        if (isExcess(reason)) trip(reason);
        throw reason instanceof EngineError ? reason : toNetworkError(reason, endpoint);
      } finally {
        timer.cancel();
        underWay.delete(controller);
      }
    },
    holdStream(body) {
      streams.add(body);
      body.once('close', () => streams.delete(body));
    },
    end(paths) {
      for (const [controller, { call, fromMs }] of underWay) {
        const timeoutMs = performance.now() - fromMs;
        if (paths.has(call.path)) controller.abort(toTimeout({ ...call, timeoutMs }, endpoint));
      }
    },
    trip,
    close(reason) {
      closed ??= reason;
      for (const controller of underWay.keys()) controller.abort(closed);
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

export function isExcess(error: unknown): error is EngineError {
  return error instanceof EngineError && error.kind === 'excess';
}
