import type { HistoryState } from '#lib/model/contract/history.ts';
import { createFlushTimer } from './create-flush-timer.ts';
import { createOutbox } from './create-outbox.ts';
import { createQuestions } from './create-questions.ts';
import { createThread, type Thread } from './create-thread.ts';
import { type Lead, NOT_KNOWN } from './postgres/lead.ts';
import type { Answer, Ask, QuestionKind } from './question.ts';
import type { HistoryRecord } from './record.ts';
import type { FromThread, ThreadSettings } from './thread-message.ts';

/** Without anything to write, that we live is noted, at the latest after 2 s, by looks each second: what a kill -9 leaves unknown. */
const ALIVE_MS = 1_050;
const ANSWER_WITHIN_MS = 10_000;
/** What is said with `holds` until what was before is there. */
const HELD =
  'What was before is still being put together: until it is here, which it will be by itself, nothing of the past is known.';

/** The history: takes records at once and keeps them in the background, on a thread of its own. */
export interface History {
  record(record: HistoryRecord): void;
  /** Whether what waits leaves room for more than what happens now. */
  hasRoom(): boolean;
  /** `null`: it cannot be read now, or not within this time (10 s). */
  ask<K extends QuestionKind>(question: Ask<K>, withinMs?: number): Promise<Answer<K> | null>;
  state(): HistoryState;
  /** Of one that several servers share: whether this one writes it. */
  lead(lead: Lead): void;
  /**
   * Of a history that was begun with `holds`: takes what a database holds, where nothing was kept before, and from then on
   * writes. `null`: there is none.
   */
  takePast(file: string | null): Promise<void>;
  /** Calls `listener` when it was lost for a while and is kept again, or begun anew: what lasts must be recorded again. */
  onResumed(listener: () => void): void;
  /** Writes what waits. */
  close(): Promise<void>;
}

/** With `holds`, nothing is written before `takePast`: what was before comes first. */
export interface HistoryOptions extends ThreadSettings {
  /** The file `thread.ts`: a bundler does not move it. */
  threadFile: string;
  nowMs(): number;
  log(level: 'info' | 'warn', text: string): void;
}

export function createHistory(options: HistoryOptions): History {
  const { threadFile, nowMs, log, ...settings } = options;
  const listeners: (() => void)[] = [];
  const outbox = createOutbox(settings.path, nowMs, (error) => {
    const why = error instanceof Error ? error.message : String(error);
    log('warn', `A kill of this process may lose the last seconds of the history (${why}).`);
  });
  const questions = createQuestions((id, question) => thread.send({ kind: 'ask', id, question }));
  /** The last batch of the write that is under way; `null`: none is. */
  let writingSeq: number | null = null;
  let sentAtMs = 0;
  let closed = false;
  const hold = createHold(settings.holds === true);
  const lead = createLeadTeller(() => thread);
  const { state, setState } = createState({ log, setOurs: outbox.setOurs, onKeptAgain: resume });

  function resume(): void {
    for (const listener of listeners) listener();
  }

  function receive(message: FromThread): void {
    if (message.kind === 'state') setState(message.state, message.note);
    else if (message.kind === 'answer') questions.settle(message.id, message.answer);
    else if (message.kind === 'past-taken') hold.end();
    else if (message.kind === 'resume') resume();
    else settleWrite(message.kept);
  }

  function settleWrite(kept: boolean): void {
    if (kept && writingSeq !== null) outbox.settle(writingSeq);
    writingSeq = null;
    if (!outbox.isEmpty()) flushes.plan();
    const lost = kept ? outbox.takeLost() : 0;
    if (lost === 0) return;
    log('warn', `The disk was too slow for the history: ${lost} records were lost.`);
    resume();
  }

  function flush(): void {
    lead.tell();
    if (hold.isOn() || writingSeq !== null || !thread.isUp()) return;
    if (outbox.isEmpty() && Math.abs(nowMs() - sentAtMs) < ALIVE_MS) return;
    write();
  }

  function write(): void {
    const { batches, lastSeq } = outbox.take();
    sentAtMs = nowMs();
    writingSeq = lastSeq;
    thread.send({ kind: 'write', atMs: sentAtMs, batches });
  }

  const thread = createThread({
    file: threadFile,
    settings,
    onMessage: receive,
    onGone() {
      writingSeq = null;
      lead.forget();
      questions.abandon();
      hold.giveUp();
    },
    onFailure: (why) =>
      setState(
        { kind: 'broken', sentence: `The history is not kept now: its thread failed (${why}).` },
        null,
      ),
  });
  const flushes = createFlushTimer(flush);

  return {
    record(record) {
      if (closed) return;
      outbox.add(record);
      flushes.plan();
    },
    hasRoom: outbox.hasRoom,
    ask(question, withinMs = ANSWER_WITHIN_MS) {
      // What is late is not all there: a status that lasts in it may be over.
      // Before what was before is in it, nothing may be.
      const isHeldBack = hold.isOn() && question.kind === 'put-silence';
      const isReadable = thread.isUp() && state().kind !== 'late' && !isHeldBack;
      return isReadable ? questions.ask(question, withinMs) : Promise.resolve(null);
    },
    state() {
      const now = state();
      return hold.isOn() && now.kind !== 'broken' ? { ...now, sentence: HELD } : now;
    },
    lead: lead.set,
    takePast(file) {
      const taken = hold.whenOver();
      if (file === null || !thread.isUp()) hold.end();
      else thread.send({ kind: 'take-past', file });
      return taken;
    },
    onResumed: (listener) => listeners.push(listener),
    close() {
      if (closed) return Promise.resolve();
      closed = true;
      flushes.close();
      outbox.encode();
      const ended = thread.end();
      if (thread.isUp()) {
        if (!hold.isOn()) write();
        thread.send({ kind: 'close' });
      }
      return ended;
    },
  };
}

/** Nothing is written while what was before is still to come. */
function createHold(isHeld: boolean) {
  let isOn = isHeld;
  let onOver: (() => void) | null = null;
  function end(): void {
    isOn = false;
    onOver?.();
    onOver = null;
  }
  return {
    isOn: () => isOn,
    end,
    /** Whoever was to take it is gone: nobody waits for that any longer. */
    giveUp() {
      if (onOver !== null) end();
    },
    whenOver: () =>
      new Promise<void>((resolve) => {
        onOver = resolve;
      }),
  };
}

/** A thread that was started anew does not know who leads. */
function createLeadTeller(thread: () => Thread) {
  let lead = NOT_KNOWN;
  let told = NOT_KNOWN;
  function tell(): void {
    if (lead === told || !thread().isUp()) return;
    told = lead;
    thread().send({ kind: 'lead', lead });
  }
  return {
    tell,
    set(next: Lead) {
      lead = next;
      tell();
    },
    forget() {
      told = NOT_KNOWN;
    },
  };
}

function createState({
  log,
  setOurs,
  onKeptAgain,
}: Pick<HistoryOptions, 'log'> & { setOurs(isOurs: boolean): void; onKeptAgain(): void }) {
  let state: HistoryState = { kind: 'broken', sentence: 'The history is being opened.' };
  let wasBroken = false;
  return {
    state: () => state,
    setState(next: HistoryState, note: string | null) {
      if (note !== null) log('warn', note);
      if (next.sentence !== state.sentence) log(toLevel(next), next.sentence);
      state = next;
      setOurs(next.kind !== 'memory' && next.kind !== 'broken');
      const isKeptAgain = wasBroken && next.kind !== 'broken';
      wasBroken = next.kind === 'broken';
      if (isKeptAgain) onKeptAgain();
    },
  };
}

const toLevel = ({ kind }: HistoryState) => (kind === 'broken' || kind === 'late' ? 'warn' : 'info');
