import type { Masker } from '#lib/engine/docker/decode/create-masker.ts';
import type { Call } from '#lib/engine/docker/transport/create-bounded-calls.ts';
import type { OpenBody } from '#lib/engine/docker/transport/open-body.ts';
import { toLogsPath } from '#lib/engine/docker/transport/paths.ts';
import { type EngineClient, EngineError, type LogStream, type OpenLogOptions } from '#lib/engine/port.ts';
import { createSemaphore, type Semaphore } from '#lib/flow/create-semaphore.ts';
import { openLog } from './open-log.ts';
import { readLog } from './read-log.ts';
import { type LogRange, toLogQuery } from './to-log-query.ts';

/** The logs of one engine's containers: so many at a time are followed, so many read to their end. */
export function createContainerLogs(options: {
  display: string;
  limits: { maxLogs: number; maxLogReads: number; engineMs: number };
  mask: Masker;
  /** What the engine's clock is ahead of ours by. */
  skewMs(): number;
  nowMs(): number;
  /** Ends all of them. */
  closed: AbortSignal;
  /** In the version that was agreed on. */
  open(call: Pick<Call, 'path' | 'query'>, signal: AbortSignal): Promise<OpenBody>;
}): Pick<EngineClient, 'readLog' | 'openLog'> {
  const { display, limits, mask, skewMs, nowMs, closed } = options;
  // A log that comes slowly, or never, keeps nothing else waiting.
  const reads = createSemaphore(limits.maxLogReads);
  let followed = 0;

  /** @returns gives the place back */
  function takePlace(): () => void {
    if (followed >= limits.maxLogs)
      throw new EngineError('http', `${limits.maxLogs} logs of ${display} are read already.`);
    followed += 1;
    return () => {
      followed -= 1;
    };
  }

  /** Times of the range are on our clock. Given a line to wait in, it keeps its place there to its end. */
  function openContainerLog(
    containerId: string,
    range: LogRange,
    listener: Pick<OpenLogOptions, 'onOpen' | 'onLines' | 'onClose'>,
    { line, maskLine }: { line: Semaphore | null; maskLine(text: string): string },
  ): LogStream {
    const onEngine = (ms: number | null) => (ms === null ? null : ms + skewMs());
    const open = async (signal: AbortSignal) => {
      const path = toLogsPath(containerId);
      const leave = line === null ? takePlace() : await line.acquireUnless(signal);
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
      const [sinceMs, untilMs] = [onEngine(range.sinceMs), onEngine(range.untilMs)];
      const query = toLogQuery({ ...range, sinceMs, untilMs });
      return options.open({ path, query }, signal);
    };
    return openLog({ endpoint: display, closed, open, skewMs, nowMs, maskLine }, listener);
  }

  return {
    readLog(containerId, { maxLineChars = null, ...range }) {
      const how = { line: reads, maskLine: (text: string) => text };
      const open: Parameters<typeof readLog>[0] = (listener) =>
        openContainerLog(containerId, { ...range, follow: false }, listener, how);
      return readLog(open, { timeoutMs: limits.engineMs, display, mask, maxLineChars });
    },
    openLog: (containerId, { tail, sinceMs, follow, ...listener }) =>
      openContainerLog(containerId, { tail, sinceMs, untilMs: null, follow }, listener, {
        line: null,
        maskLine: mask.line,
      }),
  };
}
