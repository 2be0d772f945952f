import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { HistoryState } from '#lib/model/contract/history.ts';
import { createPendingFile, type PendingFile, toPendingPath } from './pending-file.ts';
import type { Answer, Ask, QuestionKind } from './question.ts';
import type { HistoryRecord } from './record.ts';
import type { Batch, FromThread, ThreadSettings, ToThread } from './thread-message.ts';

/** Records wait so long before they are on their way into the pending file: what a kill -9 may lose. */
const PENDING_MS = 50;
/** And so long before they are sent to be put into the database. */
const BATCH_MS = 250;
/** Without anything to write, that we live is noted this often: what a kill -9 leaves unknown. */
const ALIVE_MS = 2_000;
/** Records that wait for a slow disk; beyond either the newest are lost. */
const WAITING_MAX = 100_000;
const WAITING_CHARS_MAX = 64_000_000;
/** Questions that wait for the thread, asked by people who may have left: a disk that hangs must not gather them. */
const WAITING_QUESTIONS_MAX = 256;
const ANSWER_WITHIN_MS = 10_000;
const RESTART_MS = 5_000;

/** The history: takes records at once and keeps them in the background, on a thread of its own. */
export interface History {
  record(record: HistoryRecord): void;
  /** `null`: it cannot be read now, or not within this time (10 s). */
  ask<K extends QuestionKind>(question: Ask<K>, withinMs?: number): Promise<Answer<K> | null>;
  state(): HistoryState;
  /** Calls `listener` when it was lost for a while and is kept again, or begun anew: what lasts must be recorded again. */
  onResumed(listener: () => void): void;
  /** Writes what waits. */
  close(): Promise<void>;
}

export interface HistoryOptions extends ThreadSettings {
  /** The file `thread.ts`: a bundler does not move it. */
  threadFile: string;
  nowMs(): number;
  log(level: 'info' | 'warn', text: string): void;
}

export function createHistory(options: HistoryOptions): History {
  const { threadFile, nowMs, log, ...settings } = options;
  const listeners: (() => void)[] = [];
  const asked = new Map<number, (answer: unknown) => void>();
  let nextId = 1;
  const source = randomUUID();
  let lastSeq = 0;
  let fresh: HistoryRecord[] = [];
  let freshTimer: NodeJS.Timeout | null = null;
  let batches: Batch[] = [];
  let waiting = 0;
  let waitingChars = 0;
  /** Sent to the thread that is, and not answered by it. */
  let unanswered = 0;
  let pending: PendingFile | null = null;
  /** The last batch of the write that is under way; `null`: none is. */
  let writingSeq: number | null = null;
  let lost = 0;
  let sentAtMs = 0;
  let closed = false;
  let thread: Worker | null = null;
  let onClosed: (() => void) | null = null;
  let state: HistoryState = { kind: 'broken', sentence: 'The history is being opened.' };
  let wasBroken = false;

  function setState(next: HistoryState, note: string | null): void {
    if (note !== null) log('warn', note);
    if (next.sentence !== state.sentence) log(next.kind === 'broken' ? 'warn' : 'info', next.sentence);
    state = next;
    setPending(next.kind === 'disk');
    if (next.kind === 'broken') wasBroken = true;
    else if (wasBroken) {
      wasBroken = false;
      resume();
    }
  }

  function resume(): void {
    for (const listener of listeners) listener();
  }

  /** Only while the database is ours: another server's may lie there. */
  function setPending(isOurs: boolean): void {
    if (!isOurs || settings.path === null) {
      pending?.close();
      pending = null;
      return;
    }
    if (pending !== null) return;
    const onError = (error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      log('warn', `A kill of this process may lose the last seconds of the history (${why}).`);
    };
    try {
      pending = createPendingFile(toPendingPath(settings.path), onError);
      for (const batch of batches) pending.append(batch);
    } catch (error) {
      onError(error);
    }
  }

  function encode(): void {
    if (freshTimer !== null) clearTimeout(freshTimer);
    freshTimer = null;
    if (fresh.length === 0) return;
    lastSeq += 1;
    const batch = { source, seq: lastSeq, atMs: nowMs(), records: JSON.stringify(fresh) };
    fresh = [];
    batches.push(batch);
    waitingChars += batch.records.length;
    pending?.append(batch);
  }

  function send(message: ToThread): void {
    thread?.postMessage(message);
  }

  function receive(message: FromThread): void {
    switch (message.kind) {
      case 'state':
        setState(message.state, message.note);
        return;
      case 'answer':
        unanswered -= 1;
        asked.get(message.id)?.(message.answer);
        return;
      case 'wrote':
        if (message.kept && writingSeq !== null) pending?.settle(writingSeq);
        writingSeq = null;
        if (message.kept && lost > 0) {
          log('warn', `The disk was too slow for the history: ${lost} records were lost.`);
          lost = 0;
          resume();
        }
    }
  }

  function start(): void {
    if (closed) return;
    const started = new Worker(threadFile, {
      workerData: settings,
      // node:sqlite says of itself that it is experimental, once per start.
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: {},
    });
    thread = started;
    unanswered = 0;
    writingSeq = null;
    started.unref();
    started.on('message', receive);
    started.on('error', (error) => end(error.message));
    started.on('exit', () => end('it ended'));
    function end(why: string): void {
      if (thread !== started) return;
      thread = null;
      onClosed?.();
      for (const settle of [...asked.values()]) settle(null);
      if (closed) return;
      setState(
        { kind: 'broken', sentence: `The history is not kept now: its thread failed (${why}).` },
        null,
      );
      setTimeout(start, RESTART_MS).unref();
    }
  }

  function flush(): void {
    if (writingSeq !== null || !thread) return;
    if (waiting === 0 && Math.abs(nowMs() - sentAtMs) < ALIVE_MS) return;
    write();
  }

  function write(): void {
    encode();
    sentAtMs = nowMs();
    writingSeq = lastSeq;
    send({ kind: 'write', atMs: sentAtMs, batches });
    batches = [];
    waiting = 0;
    waitingChars = 0;
  }

  start();
  const timer = setInterval(flush, BATCH_MS);
  timer.unref();

  return {
    record(record) {
      if (closed) return;
      if (waiting >= WAITING_MAX || waitingChars >= WAITING_CHARS_MAX) {
        lost += 1;
        return;
      }
      waiting += 1;
      fresh.push(record);
      freshTimer ??= setTimeout(encode, PENDING_MS).unref();
    },
    ask(question, withinMs = ANSWER_WITHIN_MS) {
      if (!thread || unanswered >= WAITING_QUESTIONS_MAX) return Promise.resolve(null);
      unanswered += 1;
      const id = nextId++;
      return new Promise((resolve) => {
        const settle = (answer: unknown) => {
          clearTimeout(late);
          asked.delete(id);
          resolve(answer as never);
        };
        const late = setTimeout(() => settle(null), withinMs);
        late.unref();
        asked.set(id, settle);
        send({ kind: 'ask', id, question: question as Ask });
      });
    },
    state: () => state,
    onResumed: (listener) => listeners.push(listener),
    close() {
      if (closed) return Promise.resolve();
      closed = true;
      clearInterval(timer);
      encode();
      if (!thread) return Promise.resolve();
      const ended = new Promise<void>((resolve) => {
        onClosed = resolve;
      });
      // From here on the process waits for it, if for nothing else.
      thread.ref();
      write();
      send({ kind: 'close' });
      return ended;
    },
  };
}
