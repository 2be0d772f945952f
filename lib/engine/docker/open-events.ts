import { toEvent } from '#lib/engine/docker/decode/to-event.ts';
import type { OpenBody } from '#lib/engine/docker/transport/open-body.ts';
import { splitLines } from '#lib/engine/docker/transport/split-lines.ts';
import { EngineError, type EventStream, type OpenEventsOptions } from '#lib/engine/port.ts';

/** Labels travel in events: 100 kB happens, more than this is not worth keeping. */
const MAX_LINE_CHARS = 1_000_000;

export interface EventSource {
  /** Display form of the endpoint. */
  endpoint: string;
  /** Aborts, with an EngineError, when the client is closed. */
  closed: AbortSignal;
  /** The accepted stream; ended by the signal. */
  open(signal: AbortSignal): Promise<OpenBody>;
  /** The engine's clock minus ours, as known now. */
  skewMs(): number;
  onWarning(message: string): void;
}

/** Reads an event stream to its end. `onClose` comes exactly once, and after `close()` nothing comes. */
export function openEvents(source: EventSource, options: OpenEventsOptions): EventStream {
  const controller = new AbortController();
  let open = true;

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
  const garbled = (what: string) =>
    finish(new EngineError('garbled', `The event stream of ${source.endpoint} ${what}.`));

  const onLine = (line: string) => {
    if (!open) return;
    const raw = parseOrNull(line);
    if (raw === null) return garbled('sent something that is not an event');
    const event = toEvent(raw, source.skewMs());
    if (event !== null) options.onEvent(event);
  };
  const onDropped = () =>
    source.onWarning(
      `An event of ${source.endpoint} was dropped: it is longer than ${MAX_LINE_CHARS} characters.`,
    );

  const onOpen = ({ body, count }: OpenBody) => {
    if (!open) return void body.destroy();
    const lines = splitLines({ maxChars: MAX_LINE_CHARS, onLine, onDropped });
    body.on('data', (chunk: Buffer) => {
      count(chunk);
      if (open) lines.write(chunk);
    });
    body.on('end', () => finish(null));
    // An engine that stops breaks the stream off; `end` is not sent then, and `error` not always.
    const broken = () =>
      finish(new EngineError('unreachable', `The event stream of ${source.endpoint} broke off.`));
    body.on('error', broken);
    body.on('close', broken);
    return options.onOpen();
  };

  if (source.closed.aborted) queueMicrotask(onClosed);
  else source.closed.addEventListener('abort', onClosed);
  // A callback that throws must not be taken for a failure of the stream.
  source.open(controller.signal).then(onOpen, (error: EngineError) => finish(error));

  return { close: end };
}

function parseOrNull(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
