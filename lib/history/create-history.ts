import { Worker } from 'node:worker_threads';
import type { HistoryState } from '#lib/model/contract/history.ts';
import type { Answer, Ask, QuestionKind } from './question.ts';
import type { HistoryRecord } from './record.ts';
import type { FromThread, ThreadSettings, ToThread } from './thread-message.ts';

/** Records wait at most so long before they are sent to be written: what a kill -9 may lose. */
const BATCH_MS = 250;
/** Without anything to write, that we live is noted this often: what a kill -9 leaves unknown. */
const ALIVE_MS = 2_000;
/** Records that wait for a slow disk; beyond them the newest are lost. */
const WAITING_MAX = 100_000;
const ANSWER_WITHIN_MS = 10_000;
const RESTART_MS = 5_000;

/** The history: takes records at once and keeps them in the background, on a thread of its own. */
export interface History {
  record(record: HistoryRecord): void;
  /** `null`: it cannot be read now, or not within this time (10 s). */
  ask<K extends QuestionKind>(question: Ask<K>, withinMs?: number): Promise<Answer<K> | null>;
  state(): HistoryState;
  /** Writes what waits. */
  close(): Promise<void>;
}

export interface HistoryOptions extends ThreadSettings {
  /** The file `thread.ts`: a bundler does not move it. */
  threadFile: string;
  nowMs(): number;
  /** It was lost for a while and is kept again, or begun anew: what lasts must be told once more. */
  onResumed(): void;
  log(level: 'info' | 'warn', text: string): void;
}

export function createHistory(options: HistoryOptions): History {
  const { threadFile, nowMs, onResumed, log, ...settings } = options;
  const asked = new Map<number, (answer: unknown) => void>();
  let nextId = 1;
  let waiting: HistoryRecord[] = [];
  let writing = false;
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
    if (next.kind === 'broken') wasBroken = true;
    else if (wasBroken) {
      wasBroken = false;
      onResumed();
    }
  }

  function send(message: ToThread): void {
    thread?.postMessage(message);
  }

  function hear(message: FromThread): void {
    switch (message.kind) {
      case 'state':
        setState(message.state, message.note);
        return;
      case 'answer':
        asked.get(message.id)?.(message.answer);
        return;
      case 'wrote':
        writing = false;
        if (message.kept && lost > 0) {
          log('warn', `The disk was too slow for the history: ${lost} records were lost.`);
          lost = 0;
          onResumed();
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
    writing = false;
    started.unref();
    started.on('message', hear);
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
    if (writing || !thread) return;
    const atMs = nowMs();
    if (waiting.length === 0 && atMs - sentAtMs < ALIVE_MS) return;
    writing = true;
    sentAtMs = atMs;
    send({ kind: 'write', atMs, records: waiting });
    waiting = [];
  }

  start();
  const timer = setInterval(flush, BATCH_MS);
  timer.unref();

  return {
    record(record) {
      if (closed) return;
      if (waiting.length < WAITING_MAX) waiting.push(record);
      else lost += 1;
    },
    ask(question, withinMs = ANSWER_WITHIN_MS) {
      if (!thread) return Promise.resolve(null);
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
    close() {
      if (closed) return Promise.resolve();
      closed = true;
      clearInterval(timer);
      if (!thread) return Promise.resolve();
      const ended = new Promise<void>((resolve) => {
        onClosed = resolve;
      });
      // From here on the process waits for it, if for nothing else.
      thread.ref();
      send({ kind: 'write', atMs: nowMs(), records: waiting });
      send({ kind: 'close' });
      return ended;
    },
  };
}
