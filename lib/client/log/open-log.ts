import type { LogMessage } from '#lib/wire/log-message.ts';
import { retryDelay } from '#lib/wire/retry-delay.ts';
import * as connectionWords from '#words/pages/connection.ts';
import * as logWords from '#words/pages/log.ts';

export type LogConnection =
  | { state: 'connecting' }
  | { state: 'open' }
  /** It is tried again. */
  | { state: 'down'; reason: string }
  /** The server says no; it is not asked again. */
  | { state: 'refused'; reason: string };

export interface LogListener {
  onOpen(): void;
  onMessage(message: LogMessage): void;
  onConnection(connection: LogConnection): void;
}

/** The server beats every 5 s. */
const SILENT_MS = 12_000;
const ANSWER_WITHIN_MS = 8_000;
const NO_ANSWER = logWords.noAnswerTooMany;

/** Follows the log at `url` until it is closed; opened anew, after a growing pause, when it breaks off. */
export function openLog(url: string, listener: LogListener): { close(): void } {
  let failures = 0;
  let attempt: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  const later = (reason: string) => {
    if (closed) return;
    listener.onConnection({ state: 'down', reason });
    timer = setTimeout(open, retryDelay(failures, Math.random()));
    failures += 1;
  };

  async function open(): Promise<void> {
    const own = new AbortController();
    attempt = own;
    let reason = connectionWords.connectionClosed;
    let deadline: ReturnType<typeof setTimeout> | undefined;
    const expectWithin = (ms: number, otherwise: string) => {
      clearTimeout(deadline);
      deadline = setTimeout(() => {
        reason = otherwise;
        own.abort();
      }, ms);
    };
    if (failures === 0) listener.onConnection({ state: 'connecting' });
    expectWithin(ANSWER_WITHIN_MS, NO_ANSWER);
    try {
      const response = await fetch(url, { cache: 'no-store', signal: own.signal });
      if (response.status === 403 || response.status === 404) {
        const refusal = await toReason(response);
        if (!closed) listener.onConnection({ state: 'refused', reason: refusal });
        return;
      }
      if (!response.ok || response.body === null) reason = await toReason(response);
      else {
        listener.onOpen();
        listener.onConnection({ state: 'open' });
        failures = 0;
        expectWithin(SILENT_MS, connectionWords.serverSilent);
        await readNdjson(response.body, (value) => {
          if (closed) return;
          expectWithin(SILENT_MS, connectionWords.serverSilent);
          listener.onMessage(value as LogMessage);
        });
      }
    } catch {
      if (!own.signal.aborted) reason = connectionWords.noAnswer;
    } finally {
      clearTimeout(deadline);
    }
    if (!closed) later(reason);
  }

  open();
  return {
    close() {
      closed = true;
      clearTimeout(timer);
      attempt?.abort();
    },
  };
}

async function toReason(response: Response): Promise<string> {
  const answer: unknown = await response.json().catch(() => null);
  const error = typeof answer === 'object' && answer !== null && 'error' in answer ? answer.error : null;
  return typeof error === 'string' ? error : connectionWords.badStatus(response.status);
}

/** Newline-separated JSON to its end: hands on each line's value. A line that is no JSON is left out. */
async function readNdjson(
  body: ReadableStream<Uint8Array>,
  onValue: (value: unknown) => void,
): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const lines = (rest + value).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const parsed = parseOrNull(line);
      if (parsed !== null) onValue(parsed);
    }
  }
}

function parseOrNull(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
