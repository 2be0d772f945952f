import { parseAnsi } from '#lib/view/terminal/parse-ansi.ts';
import type { LogMessage, LogSource } from '#lib/wire/log-message.ts';
import * as words from '#words/pages/log.ts';
import { addLogEntries } from './add-log-entries.ts';
import type { LogBlock, LogEntry } from './log-entry.ts';

export interface LogState {
  blocks: readonly LogBlock[];
  sources: readonly LogSource[];
  /** Replicas that are not read because there are too many. */
  leftOut: number;
  /** Lines that ever came. */
  received: number;
}

/** The log on a page: bounded, in the order of time, published to the page at most ten times a second. */
export interface LogStore {
  take(message: LogMessage): void;
  /** The stream was opened anew: what is known already is sent again. */
  reopened(): void;
  state(): LogState;
  subscribe(onChange: () => void): () => void;
}

const MAX_ENTRIES = 5_000;
const EMIT_EVERY_MS = 100;

/** @param tail how many lines the server sends of each container when the stream is opened */
export function createLogStore(tail: number, maxEntries = MAX_ENTRIES): LogStore {
  const listeners = new Set<() => void>();
  const lastAtMs = new Map<string, number>();
  /** Tasks whose first lines since the stream was opened anew are still to come. */
  const catchingUp = new Set<string>();
  let state: LogState = { blocks: [], sources: [], leftOut: 0, received: 0 };
  let pending: LogEntry[] = [];
  let ids = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const keyOf = (taskId: string) => state.sources.find((one) => one.taskId === taskId)?.key ?? '';
  const nextId = () => {
    ids += 1;
    return ids;
  };
  const emit = () => {
    timer = undefined;
    if (pending.length > 0) {
      const lines = pending.filter(({ kind }) => kind === 'line').length;
      const blocks = addLogEntries(state.blocks, pending, maxEntries);
      pending = [];
      state = { ...state, blocks, received: state.received + lines };
    }
    for (const listener of listeners) listener();
  };
  const changed = () => {
    timer ??= setTimeout(emit, EMIT_EVERY_MS);
  };
  const note = (taskId: string, atMs: number, text: string) => {
    pending.push({ kind: 'note', id: nextId(), atMs, taskId, key: keyOf(taskId), text });
  };

  function takeLines({ taskId, lines }: Extract<LogMessage, { kind: 'lines' }>): void {
    const last = lastAtMs.get(taskId);
    let fresh = lines;
    if (last !== undefined && catchingUp.delete(taskId)) {
      fresh = lines.filter(({ atMs }) => atMs > last);
      const [first] = lines;
      if (first && first.atMs > last && lines.length >= tail) {
        note(taskId, first.atMs, words.gap);
      }
    }
    for (const { atMs, stream, text, truncated } of fresh) {
      const segments = parseAnsi(text);
      const plain = segments.map((segment) => segment.text).join('');
      const key = keyOf(taskId);
      pending.push({ kind: 'line', id: nextId(), atMs, taskId, key, stream, segments, plain, truncated });
    }
    const newest = fresh.at(-1)?.atMs;
    if (newest !== undefined) lastAtMs.set(taskId, Math.max(newest, last ?? 0));
  }

  function takeSources({ sources, leftOut }: Extract<LogMessage, { kind: 'sources' }>): void {
    const before = new Map(state.sources.map((source) => [source.taskId, source]));
    const isFirst = before.size === 0;
    state = { ...state, sources, leftOut };
    // By the server's clock, which may not be this browser's.
    const newestMs = Math.max(...lastAtMs.values(), 0) || Date.now();
    for (const source of sources) {
      const known = before.get(source.taskId);
      if (!known && !isFirst) note(source.taskId, newestMs, toArrival(source));
      if (known && known.state !== 'ended' && source.state === 'ended') {
        note(source.taskId, lastAtMs.get(source.taskId) ?? newestMs, words.containerStopped);
      }
    }
  }

  return {
    take(message) {
      if (message.kind === 'beat') return;
      if (message.kind === 'lines') takeLines(message);
      else if (message.kind === 'sources') takeSources(message);
      else note(message.taskId, message.atMs, toSkipped(message.count));
      changed();
    },
    reopened() {
      for (const taskId of lastAtMs.keys()) catchingUp.add(taskId);
    },
    state: () => state,
    subscribe(onChange) {
      listeners.add(onChange);
      return () => {
        listeners.delete(onChange);
        if (listeners.size > 0) return;
        clearTimeout(timer);
        timer = undefined;
      };
    },
  };
}

function toArrival({ taskId, hostname }: LogSource): string {
  return words.newTask(taskId.slice(0, 12), hostname);
}

function toSkipped(count: number | null): string {
  return count === null ? words.linesDropped : words.linesLeftOut(count.toLocaleString('en'));
}
