import { Readable } from 'node:stream';
import type { Timer, Timers } from '#lib/flow/timers.ts';
import type { SourceProblem } from '#lib/model/contract/statement.ts';
import type { Message } from '#lib/wire/message.ts';
import { readEvents } from '#lib/wire/read-events.ts';
import { retryDelay } from '#lib/wire/retry-delay.ts';
import type { SourceLink } from './create-source-link.ts';
import { parseSourceMessage } from './parse-source-message.ts';
import { findStatusProblem, SourceError, toSourceProblem } from './source.ts';

/**
 * Without a word for so long, nothing is known any more. It says one every 2 s, and a restart, or a proxy that starts anew,
 * takes no longer: what is back within it was not away.
 */
export const SILENT_MS = 6_000;
const LOOK_MS = 500;
/** A picture of some ten thousand replicas has 15 MB. */
const MAX_EVENT_BYTES = 64 * 1024 * 1024;
/** A large picture over a slow line may take so long, as long as it comes. */
const MAX_EVENT_MS = 60_000;

/** As a header takes it: with another one no request could be sent any more. */
const RESUME_ID = /^[\x21-\x7e]{1,100}$/;

export interface SourceListener {
  /** In order, each once, from a snapshot on; `epoch` is of the life of the source that it belongs to. */
  onMessage(message: Message): void;
  /** It cannot be read; said again where the reason changes. The next message says that it can. */
  onProblem(problem: SourceProblem): void;
}

/** Follows another server's stream until closed: opened anew when it ends, fails or falls silent, and resumed where it stood. */
export function createSourceStream(
  link: Pick<SourceLink, 'get'>,
  listener: SourceListener,
  clock: Timers & { steadyMs(): number; random(): number },
): { close(): void } {
  let attempt: AbortController | null = null;
  let timer: Timer | null = null;
  let failures = 0;
  /** When anything was heard last; `null`: never, or it is said already that nothing is. */
  let heardMs: number | null = null;
  let startedMs = clock.steadyMs();
  /** When the last bytes came, also of what is not whole yet. */
  let movedMs = startedMs;
  let resumeId: string | null = null;
  let revision: number | null = null;
  /** Why the last attempt failed, while it is not said yet. */
  let unsaid: SourceProblem | null = null;
  let isClosed = false;

  function take(message: Message, id: string | null): void {
    const step = decideStep(message, revision);
    if (step === 'missed') {
      restart();
      return;
    }
    hear();
    if (step === 'known') return;
    if (message.kind === 'snapshot') revision = message.picture.revision;
    else if (message.kind === 'changes') revision = message.to;
    if (id !== null) resumeId = RESUME_ID.test(id) ? id : null;
    hand(listener, message);
  }

  function hear(): void {
    heardMs = clock.steadyMs();
    unsaid = null;
    failures = 0;
  }

  /** Something was missed: asks for a snapshot. */
  function restart(): void {
    resumeId = null;
    revision = null;
    attempt?.abort();
    attempt = null;
    retry(retryDelay(failures++, clock.random()));
  }

  const onMoved = () => {
    movedMs = clock.steadyMs();
  };

  async function open(): Promise<void> {
    const own = new AbortController();
    attempt = own;
    startedMs = clock.steadyMs();
    let problem: SourceProblem = { kind: 'cut' };
    try {
      const body = await openBody(link, resumeId, own.signal);
      await readEvents(boundEvents(body, onMoved), ({ event, id, data }) => {
        const message = attempt === own ? parseSourceMessage(event, data) : null;
        if (message !== null && attempt === own) take(message, id);
      });
    } catch (error) {
      problem = toSourceProblem(error);
    }
    own.abort();
    if (attempt === own) fail(problem);
  }

  function fail(problem: SourceProblem): void {
    attempt?.abort();
    attempt = null;
    // What cannot be understood is not asked for again from the middle.
    if (isCertain(problem)) {
      resumeId = null;
      revision = null;
    }
    unsaid = problem;
    if (heardMs === null || isCertain(problem)) say();
    retry(retryDelay(failures++, clock.random()));
  }

  function say(): void {
    heardMs = null;
    listener.onProblem(unsaid ?? { kind: 'silent' });
    unsaid = null;
  }

  function retry(delayMs: number): void {
    timer?.cancel();
    if (!isClosed) timer = clock.setTimer(delayMs, open);
  }

  let look = clock.setTimer(LOOK_MS, function again() {
    look = clock.setTimer(LOOK_MS, again);
    const nowMs = clock.steadyMs();
    if (heardMs !== null && nowMs - heardMs >= SILENT_MS) say();
    // Of an attempt that gets no answer, or of a stream that says nothing more, the next one may get one.
    const wholeMs = Math.max(startedMs, heardMs ?? 0);
    if (attempt === null) return;
    if (nowMs - Math.max(wholeMs, movedMs) >= SILENT_MS || nowMs - wholeMs >= MAX_EVENT_MS)
      fail({ kind: 'silent' });
  });

  void open();
  return {
    close() {
      isClosed = true;
      look.cancel();
      timer?.cancel();
      attempt?.abort();
      attempt = null;
    },
  };
}

/** @throws SourceError where what answers is no stream of ours */
async function openBody(
  link: Pick<SourceLink, 'get'>,
  resumeId: string | null,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const headers = { accept: 'text/event-stream', ...(resumeId && { 'last-event-id': resumeId }) };
  const response = await link.get('/api/stream', headers, signal);
  const refused = findStatusProblem(response.statusCode ?? 0);
  if (refused !== null) throw new SourceError(refused);
  if (!/^text\/event-stream\b/.test(response.headers['content-type'] ?? ''))
    throw new SourceError({ kind: 'stranger' });
  return Readable.toWeb(response) as ReadableStream<Uint8Array>;
}

/** Where it cannot be taken in what is shown is not what was said: going on from there would keep it wrong. */
function hand(listener: SourceListener, message: Message): void {
  try {
    listener.onMessage(message);
  } catch {
    throw new SourceError({ kind: 'not-understood', at: message.kind });
  }
}

/**
 * What a message is to who stands at a revision. What is known already is harmless; before a snapshot, and after something
 * that was missed, nothing can be changed.
 */
function decideStep(message: Message, revision: number | null): 'new' | 'known' | 'missed' {
  if (message.kind === 'beat') return revision === null || message.revision > revision ? 'missed' : 'new';
  if (message.kind !== 'changes') return 'new';
  if (revision === null || message.from > revision) return 'missed';
  return message.to <= revision ? 'known' : 'new';
}

/** It was said on purpose, and will be said again: nothing is waited for. */
function isCertain({ kind }: SourceProblem): boolean {
  return kind !== 'no-answer' && kind !== 'cut' && kind !== 'silent' && kind !== 'status';
}

/** Fails where an event has no end: one longer than any of ours would fill the memory. */
function boundEvents(body: ReadableStream<Uint8Array>, onMoved: () => void): ReadableStream<Uint8Array> {
  let bytes = 0;
  let last = 0;
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        onMoved();
        // An event ends with an empty line.
        const isAfterBreak = last === BREAK && chunk[0] === BREAK;
        const end = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).lastIndexOf('\n\n');
        bytes = end < 0 ? (isAfterBreak ? 0 : bytes) + chunk.byteLength : chunk.byteLength - end;
        last = chunk.at(-1) ?? last;
        if (bytes > MAX_EVENT_BYTES) controller.error(new SourceError({ kind: 'too-large' }));
        else controller.enqueue(chunk);
      },
    }),
  );
}

const BREAK = 10;
