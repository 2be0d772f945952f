import type { Readable } from 'node:stream';
import type { OpenBody } from '#lib/engine/docker/transport/open-body.ts';
import { EngineError, type LogStream, type OpenLogOptions } from '#lib/engine/port.ts';
import { createLogDecoder, LogDecodeError } from './create-log-decoder.ts';

export interface LogSource {
  /** Display form of the endpoint. */
  endpoint: string;
  /** Aborts, with an EngineError, when the client is closed. */
  closed: AbortSignal;
  /** The accepted stream; ended by the signal. */
  open(signal: AbortSignal): Promise<OpenBody>;
  skewMs(): number;
  nowMs(): number;
  /** Takes the secrets out of a line. */
  maskLine(text: string): string;
}

/** Reads a container's log to its end. `onClose` comes exactly once, and after `close()` nothing comes. */
export function openLog(
  source: LogSource,
  options: Pick<OpenLogOptions, 'onOpen' | 'onBytes' | 'onLines' | 'onClose'>,
): LogStream {
  const controller = new AbortController();
  const decoder = createLogDecoder(source.skewMs, source.nowMs, source.maskLine);
  let open = true;
  let paused = false;
  let body: Readable | null = null;

  const onClosed = () => finish(source.closed.reason);
  const end = () => {
    open = false;
    source.closed.removeEventListener('abort', onClosed);
    controller.abort();
  };
  const finish = (error: EngineError | null) => {
    if (!open) return;
    end();
    options.onClose(error);
  };
  const emit = (lines: ReturnType<typeof decoder.end>) => {
    if (open && lines.length > 0) options.onLines(lines);
  };
  const onData = (chunk: Buffer) => {
    if (!open) return;
    options.onBytes?.(chunk.length);
    if (!open) return;
    let lines: ReturnType<typeof decoder.write>;
    try {
      lines = decoder.write(chunk);
    } catch (error) {
      return finish(toLogError(error, source.endpoint));
    }
    emit(lines);
  };

  const onOpen = (opened: OpenBody) => {
    if (!open) return void opened.body.destroy();
    body = opened.body;
    body.on('data', (chunk: Buffer) => {
      opened.count(chunk);
      onData(chunk);
    });
    if (paused) body.pause();
    body.on('end', () => {
      emit(decoder.end());
      finish(null);
    });
    // A body that is cut sends no `end`, and not always an `error`.
    const broken = () =>
      finish(new EngineError('unreachable', `The log that ${source.endpoint} sent broke off.`));
    body.on('error', broken);
    body.on('close', broken);
    options.onOpen?.();
  };

  if (source.closed.aborted) queueMicrotask(onClosed);
  else source.closed.addEventListener('abort', onClosed);
  source.open(controller.signal).then(onOpen, (error: EngineError) => finish(error));

  return {
    pause() {
      paused = true;
      body?.pause();
    },
    resume() {
      paused = false;
      body?.resume();
    },
    close: end,
  };
}

function toLogError(error: unknown, endpoint: string): EngineError {
  if (error instanceof LogDecodeError && error.kind === 'engine') {
    return new EngineError('http', `${endpoint} cannot go on reading this log: ${error.message}`);
  }
  return new EngineError('garbled', `${endpoint} answers, but not with a container's log.`);
}
