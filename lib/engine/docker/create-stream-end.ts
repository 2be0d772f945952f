import type { EngineError } from '#lib/engine/port.ts';

export interface StreamEnd {
  /** Aborts when the stream is over, for whatever reason. */
  readonly signal: AbortSignal;
  isOpen(): boolean;
  /** It is over by itself: `null`, or what broke it. Counts once. */
  finish(error: EngineError | null): void;
  /** Nobody wants it any more: nothing is reported. */
  close(): void;
}

/**
 * How each stream of an engine ends: `onClose` comes exactly once, and never after `close()`.
 * @param closed aborts, with an EngineError, when the client is closed
 */
export function createStreamEnd(
  closed: AbortSignal,
  onClose: (error: EngineError | null) => void,
): StreamEnd {
  const controller = new AbortController();
  let open = true;

  const onClosed = () => finish(closed.reason);

  function close(): void {
    open = false;
    closed.removeEventListener('abort', onClosed);
    controller.abort();
  }

  function finish(error: EngineError | null): void {
    if (!open) return;
    close();
    onClose(error);
  }

  if (closed.aborted) queueMicrotask(onClosed);
  else closed.addEventListener('abort', onClosed);
  return { signal: controller.signal, isOpen: () => open, finish, close };
}
