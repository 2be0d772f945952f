import type { FactListener } from '#lib/facts/create-facts.ts';
import type { ContainerChange } from '#lib/facts/fact-change.ts';
import type { HistoryRecord } from '#lib/history/record.ts';
import type { LastLine } from '#lib/model/contract/history.ts';
import { type Container, isDeadContainer } from '#lib/model/docker/container.ts';
import { findLastWords, type LastWords } from '#lib/model/docker/last-words.ts';

const LINES = 50;
/** Kept of each line. */
export const LINE_CHARS = 2_000;
const AT_ONCE = 4;
const WAITING_MAX = 500;

/** A container that was dead for longer when we came: whoever was there then has its last words. */
const DIED_LATELY_MS = 60_000;

/** What was written so long before the last line tells nothing of the end. */
const SAID_AT_END_MS = 60_000;

/** Reads the end of a dying container's log, while it is there. */
export interface LastLogReader {
  observe: FactListener;
  /** @param aliveMs when the process before us ended; `null`: there was none, or nobody knows */
  begin(aliveMs: number | null): void;
}

/**
 * Once when a container turns unhealthy, so that there is something if it is removed at once, and again at its end.
 * Few at a time: a hundred containers that die together must not cost a hundred calls at once.
 */
export function createLastLogReader(options: {
  nowMs(): number;
  record(record: HistoryRecord): void;
  /** The newest lines, oldest first; rejects with a sentence for people. */
  readLines(container: Container, limit: number): Promise<LastLine[]>;
  /** Its last lines say why it ended. */
  report(container: Container, words: LastWords): void;
}): LastLogReader {
  const waiting: { container: Container; final: boolean }[] = [];
  /** Of unhealthy containers, by id, until their end; `null` until they are read. */
  const early = new Map<string, LastLine[] | null>();
  const startedAtMs = options.nowMs();
  let knownUntilMs = startedAtMs;
  let running = 0;

  function next(): void {
    const job = running < AT_ONCE ? waiting.shift() : undefined;
    if (!job) return;
    running += 1;
    void run(job).finally(() => {
      running -= 1;
      next();
    });
  }

  async function run({ container, final }: { container: Container; final: boolean }): Promise<void> {
    const { id, taskId } = container;
    if (taskId === null) return;
    const before = early.get(id) ?? null;
    if (final) early.delete(id);
    try {
      const lines = (await options.readLines(container, LINES)).slice(-LINES).map(trimLine);
      if (!final && early.has(id)) early.set(id, lines);
      options.record({ kind: 'lines', taskId, lines, problem: null });
      const words = final ? findLastWords(selectLast(lines)) : null;
      if (words !== null) options.report(container, words);
    } catch (error) {
      if (!final) return;
      const why = error instanceof Error ? error.message : String(error);
      const problem = before
        ? `Read while it was unhealthy; at its end its log could not be read: ${why}`
        : `Its log could not be read: ${why}`;
      options.record({ kind: 'lines', taskId, lines: before ?? [], problem });
    }
  }

  /** @param final it is dead: this is all that will ever be in its log */
  function read(container: Container, final: boolean): void {
    if (!final) early.set(container.id, null);
    if (waiting.length < WAITING_MAX) waiting.push({ container, final });
    else if (final && container.taskId !== null) {
      const problem = 'Too many containers died at once: its log was not read.';
      options.record({ kind: 'lines', taskId: container.taskId, lines: [], problem });
    }
    next();
  }

  function see({ container, before, lastSeen }: ContainerChange): void {
    if (isDeadContainer(container)) {
      if (lastSeen !== null && isDeadContainer(lastSeen)) return;
      if ((container.finishedAtMs ?? 0) > knownUntilMs - DIED_LATELY_MS) read(container, true);
    } else if (!isDying(container)) early.delete(container.id);
    else if (before?.id !== container.id || !isDying(before)) read(container, false);
  }

  return {
    observe(changes) {
      for (const change of changes) {
        if (change.kind === 'container') see(change);
        // It went without an end: what was read of it is kept here no longer.
        else if (change.kind === 'container-gone' && !isDeadContainer(change.container))
          early.delete(change.container.id);
      }
    },
    begin(aliveMs) {
      knownUntilMs = aliveMs ?? startedAtMs;
    },
  };
}

/** Unhealthy and not dead yet: its log will be gone soon. */
function isDying(container: Container): boolean {
  return container.health?.status === 'unhealthy' && !isDeadContainer(container);
}

/** What it wrote last, as far as that is known: of what it wrote before it went on for long it did not end. */
function selectLast(lines: readonly LastLine[]): string[] {
  const times = lines.flatMap(({ atMs }) => (atMs === null ? [] : [atMs]));
  const fromMs = Math.max(...times) - SAID_AT_END_MS;
  return lines.flatMap(({ atMs, text }) => (atMs === null || atMs >= fromMs ? [text] : []));
}

function trimLine({ atMs, stream, text }: LastLine): LastLine {
  return { atMs: atMs === null ? null : Math.round(atMs), stream, text: text.slice(0, LINE_CHARS) };
}
