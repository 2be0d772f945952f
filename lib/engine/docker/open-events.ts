import { readProbeEnd } from '#lib/engine/docker/decode/read-probe-end.ts';
import { scanJson } from '#lib/engine/docker/decode/scan-json.ts';
import { toEvent } from '#lib/engine/docker/decode/to-event.ts';
import { MAX_DEPTH } from '#lib/engine/docker/transport/answer-limits.ts';
import { createFlow } from '#lib/engine/docker/transport/create-flow.ts';
import type { OpenBody } from '#lib/engine/docker/transport/open-body.ts';
import { splitLines } from '#lib/engine/docker/transport/split-lines.ts';
import { EngineError, type EventStream, type OpenEventsOptions } from '#lib/engine/port.ts';
import { createStreamEnd } from './create-stream-end.ts';

/** Labels travel in events: 100 kB happens, more than this is not worth keeping. */
const MAX_LINE_CHARS = 1_000_000;
/** An event that goes on for longer has no end. */
const MAX_DROPPED_CHARS = 16_000_000;
const MAX_ELEMENTS = 5_000;
/** What so few characters can be costs next to nothing to parse. */
const HARMLESS_CHARS = 8_192;
/**
 * Five hundred containers that probe each second make 500 events of half a kB a second, and their start on one engine
 * some thousands at once.
 */
const EVENTS = { perSecond: 1_000, burst: 20_000 };
const CHARS_AS_ONE_EVENT = 1_000;
/** Docker sends none; some may come of a proxy. */
const EMPTY_LINE_AS_EVENTS = 1 / 20;
/** Whatever it is: events that are dropped cost time, too. Two 16 MB events at once are no storm yet. */
const BYTES = { perSecond: 2_000_000, burst: 40_000_000 };

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
  /** The stream brought more than any engine has to say (`excess`); it is over. */
  onExcess?(error: EngineError): void;
}

/** Reads an event stream to its end. `onClose` comes exactly once, and after `close()` nothing comes. */
export function openEvents(source: EventSource, options: OpenEventsOptions): EventStream {
  const end = createStreamEnd(source.closed, (error) => options.onClose(error));
  const flow = createFlow(EVENTS, () => performance.now());
  const bytes = createFlow(BYTES, () => performance.now());
  const garbled = (what: string) =>
    end.finish(new EngineError('garbled', `The event stream of ${source.endpoint} ${what}.`));
  const excess = (what: string) => {
    if (!end.isOpen()) return;
    const error = new EngineError('excess', `The event stream of ${source.endpoint} ${what}.`);
    end.finish(error);
    source.onExcess?.(error);
  };

  const tooMany = () =>
    excess(`brings more than ${EVENTS.perSecond} events a second, which no engine has to tell`);
  const onEmpty = () => {
    if (end.isOpen() && !flow.take(EMPTY_LINE_AS_EVENTS)) tooMany();
  };
  const onLine = (line: string) => {
    if (!end.isOpen()) return;
    if (!flow.take(1 + line.length / CHARS_AS_ONE_EVENT)) return tooMany();
    if (isHeavy(line)) return excess('brings an event that is no event of Docker: it holds too much');
    const raw = readProbeEnd(line) ?? parseOrNull(line);
    if (raw === null) return garbled('sent something that is not an event');
    const event = toEvent(raw, source.skewMs());
    if (event !== null) options.onEvent(event);
  };
  const onDropped = () =>
    source.onWarning(
      `An event of ${source.endpoint} was dropped: it is longer than ${MAX_LINE_CHARS} characters.`,
    );
  const onEndless = () => excess('brings an event that does not end');

  const onOpen = ({ body, listen }: OpenBody) => {
    if (!end.isOpen()) return void body.destroy();
    const lines = splitLines({
      maxChars: MAX_LINE_CHARS,
      maxDroppedChars: MAX_DROPPED_CHARS,
      onLine,
      onDropped,
      onEndless,
      onEmpty,
    });
    const onPiece = (piece: Buffer) => {
      if (!end.isOpen()) return;
      if (bytes.take(piece.length)) lines.write(piece);
      else excess('brings megabytes a second, which no engine has to tell');
    };
    listen(onPiece, () => end.finish(null));
    // An engine that stops breaks the stream off; `end` is not sent then, and `error` not always.
    const broken = (error?: unknown) =>
      end.finish(
        error instanceof EngineError
          ? error
          : new EngineError('unreachable', `The event stream of ${source.endpoint} broke off.`),
      );
    body.on('error', broken);
    body.on('close', () => broken());
    return options.onOpen();
  };

  // A callback that throws must not be taken for a failure of the stream.
  source.open(end.signal).then(onOpen, (error: EngineError) => end.finish(error));

  return { close: end.close };
}

/** Would it cost more to parse than an event may? */
function isHeavy(line: string): boolean {
  if (line.length <= HARMLESS_CHARS) return false;
  const bytes = Buffer.from(line);
  const limits = { maxDepth: MAX_DEPTH, maxElements: MAX_ELEMENTS };
  return scanJson(bytes, 0, bytes.length, limits).excess !== null;
}

function parseOrNull(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
