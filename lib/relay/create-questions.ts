import { createSemaphore } from '#lib/flow/create-semaphore.ts';
import { readAnswer, type SourceLink } from './create-source-link.ts';
import { parseJson } from './parse-json.ts';
import {
  QUESTIONS,
  type QuestionAnswer,
  type QuestionName,
  type QuestionWith,
  RELAY_PATH,
} from './question.ts';
import { findStatusProblem, SourceError, toSourceProblem } from './source.ts';

const ANSWER_WITHIN_MS = 10_000;
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;
/** However many viewers ask for the same within it, the source is asked once. */
const FRESH_MS = 1_000;
const MAX_KEPT = 200;
const MAX_KEPT_BYTES = 64 * 1024 * 1024;
/** With the stream and logs less than half of what a source gives to one token at a time: two relays have room. */
const AT_ONCE = { present: 3, past: 5 };
const MAX_WAITING = 128;
/** Answered from memory, at once: whoever reads a lot of the past keeps nobody from how something is. */
const PRESENT: ReadonlySet<QuestionName> = new Set<QuestionName>([
  'service',
  'replica',
  'node',
  'node-labels',
  'places',
  'history-state',
  'recent-events',
  'open-incidents',
  'service-usage',
  'node-usage',
]);

/** What is asked of the source when somebody wants it, and is not in its stream. */
export interface Questions {
  /** @throws SourceError it cannot be asked, or answers what is none of its answers */
  ask<Q extends QuestionName>(question: Q, ...asked: QuestionWith<Q>): Promise<QuestionAnswer<Q>>;
}

interface Kept {
  /** When it was answered; `null`: it is on its way. */
  atMs: number | null;
  bytes: number;
  answer: Promise<unknown>;
}

/** @param isThere while the source is known to be away, nobody waits for it */
export function createQuestions(
  link: Pick<SourceLink, 'get'>,
  { isThere, steadyMs }: { isThere(): boolean; steadyMs(): number },
): Questions {
  const present = { turns: createSemaphore(AT_ONCE.present), waiting: 0 };
  const past = { turns: createSemaphore(AT_ONCE.past), waiting: 0 };
  const kept = new Map<string, Kept>();

  async function fetchText(question: QuestionName, path: string): Promise<string> {
    const line = PRESENT.has(question) ? present : past;
    if (line.waiting >= MAX_WAITING) throw new SourceError({ kind: 'busy' });
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    line.waiting += 1;
    try {
      const release = await line.turns.acquireUnless(signal);
      try {
        const response = await link.get(path, { accept: 'application/json' }, signal);
        const problem = findStatusProblem(response.statusCode ?? 0);
        if (problem === null) return await readAnswer(response, MAX_ANSWER_BYTES);
        response.destroy();
        throw new SourceError(problem);
      } finally {
        release();
      }
    } catch (error) {
      throw new SourceError(signal.aborted ? { kind: 'silent' } : toSourceProblem(error));
    } finally {
      line.waiting -= 1;
    }
  }

  async function fetchAnswer(question: QuestionName, path: string, entry: Kept): Promise<unknown> {
    const text = await fetchText(question, path);
    entry.bytes = text.length;
    return parseAnswer(question, text);
  }

  function isOld({ atMs }: Kept): boolean {
    return atMs !== null && steadyMs() - atMs >= FRESH_MS;
  }

  /** What is asked for last is kept: of what is under way those who come share it. */
  function forget(): void {
    let bytes = 0;
    let count = 0;
    for (const [key, entry] of [...kept].reverse()) {
      bytes += entry.bytes;
      count += 1;
      if (isOld(entry) || bytes > MAX_KEPT_BYTES || count > MAX_KEPT) kept.delete(key);
    }
  }

  return {
    ask<Q extends QuestionName>(question: Q, ...asked: QuestionWith<Q>) {
      if (!isThere()) return Promise.reject(new SourceError({ kind: 'silent' }));
      const query = new URLSearchParams({ ask: question, with: JSON.stringify(asked) });
      const path = `${RELAY_PATH}?${query}`;
      const known = kept.get(path);
      if (known !== undefined && !isOld(known)) return known.answer as Promise<QuestionAnswer<Q>>;
      forget();
      const entry: Kept = { atMs: null, bytes: 0, answer: Promise.resolve(null) };
      entry.answer = fetchAnswer(question, path, entry);
      kept.set(path, entry);
      entry.answer.then(
        () => (entry.atMs = steadyMs()),
        () => {
          if (kept.get(path) === entry) kept.delete(path);
        },
      );
      return entry.answer as Promise<QuestionAnswer<Q>>;
    },
  };
}

function parseAnswer(question: QuestionName, text: string): unknown {
  const parsed = QUESTIONS[question].answer.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const at = [question, ...(parsed.error.issues[0]?.path ?? []).map(String)].join('.').slice(0, 200);
  throw new SourceError({ kind: 'not-understood', at });
}
