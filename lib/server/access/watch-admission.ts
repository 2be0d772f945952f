import { getGate } from './get-gate.ts';
import { toVisitor } from './to-visitor.ts';

const CHECK_MS = 10_000;

/**
 * A signal for a stream that outlives one answer: it ends with the request, and within 10 s of the end of what let it
 * in (signed out, token revoked, password changed).
 */
export function watchAdmission(request: Request, path: string): AbortSignal {
  const gate = getGate();
  if (gate === null || gate.config.mode.kind === 'none') return request.signal;
  const visitor = toVisitor(request, path);
  const ended = new AbortController();
  const timer = setInterval(() => {
    gate.isStillAdmitted(visitor).then(
      (admitted) => {
        if (!admitted) ended.abort();
      },
      () => ended.abort(),
    );
  }, CHECK_MS);
  const signal = AbortSignal.any([request.signal, ended.signal]);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  return signal;
}
