import type { Readable } from 'node:stream';
import { createStreamEnd } from '#lib/engine/docker/create-stream-end.ts';
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
  const end = createStreamEnd(source.closed, (error) => options.onClose(error));
  const decoder = createLogDecoder(source.skewMs, source.nowMs, source.maskLine);
  let paused = false;
  let body: Readable | null = null;

  const emit = (lines: ReturnType<typeof decoder.end>) => {
    if (end.isOpen() && lines.length > 0) options.onLines(lines);
  };
  const onData = (chunk: Buffer) => {
    if (!end.isOpen()) return;
    options.onBytes?.(chunk.length);
    if (!end.isOpen()) return;
    let lines: ReturnType<typeof decoder.write>;
    try {
      lines = decoder.write(chunk);
    } catch (error) {
      return end.finish(toLogError(error, source.endpoint));
    }
    emit(lines);
  };

  const onOpen = (opened: OpenBody) => {
    if (!end.isOpen()) return void opened.body.destroy();
    body = opened.body;
    body.on('data', (chunk: Buffer) => {
      opened.count(chunk);
      onData(chunk);
    });
    if (paused) body.pause();
    body.on('end', () => {
      emit(decoder.end());
      end.finish(null);
    });
    // A body that is cut sends no `end`, and not always an `error`.
    const broken = () =>
      end.finish(new EngineError('unreachable', `The log that ${source.endpoint} sent broke off.`));
    body.on('error', broken);
    body.on('close', broken);
    options.onOpen?.();
  };

  source.open(end.signal).then(onOpen, (error: EngineError) => end.finish(error));

  return {
    pause() {
      paused = true;
      body?.pause();
    },
    resume() {
      paused = false;
      body?.resume();
    },
    close: end.close,
  };
}

function toLogError(error: unknown, endpoint: string): EngineError {
  if (error instanceof LogDecodeError && error.kind === 'engine') {
    return new EngineError('http', `${endpoint} cannot go on reading this log: ${error.message}`);
  }
  return new EngineError('garbled', `${endpoint} answers, but not with a container's log.`);
}
