import { createSemaphore } from '#lib/flow/create-semaphore.ts';
import type { Answer, Ask, QuestionKind, SlotPlace } from '#lib/history/question.ts';
import type { FindingCause } from '#lib/model/contract/finding.ts';
import type { Moment, MomentAnswer, MomentReplica } from '#lib/model/contract/moment.ts';

/** So many parts at most: fifteen thousand slots that ever were. */
const PIECES = 250;
/** So many moments are read at the same time; so many more wait. */
const READ_AT_ONCE = 2;
const WAITING_MAX = 16;
/** Whoever asks for the same moment meanwhile gets the same. */
const KEPT_MS = 5_000;
const ANSWERS_KEPT = 4;
const RECENT_MS = 5_000;
/** Of those that lasted at a moment so many are looked through. */
const INCIDENTS = 500;
/** While one of these lasts nobody lists what Swarm wants. */
const UNREAD: ReadonlySet<FindingCause> = new Set<FindingCause>([
  ...(['managers-unreachable', 'swarm-error', 'no-quorum', 'none-leads', 'source-lost'] as const),
]);

/** What pages may ask of a moment of the past. */
export interface MomentAnswers {
  /** All replicas, or those of one service by its id. */
  read(atMs: number, serviceId: string | null): Promise<MomentAnswer>;
  /** Did anybody look then? `null`: the history cannot be read. */
  isSeen(atMs: number): Promise<boolean | null>;
}

export interface MomentAnswersParts {
  ask<K extends QuestionKind>(question: Ask<K>): Promise<Answer<K> | null>;
  nowMs(): number;
}

/**
 * Reads a moment a part at a time: between two of them whoever else asks the history, or writes to it, has their turn. A few
 * moments are read at once, and those who ask for the same share it: no crowd of links into the past holds the rest up.
 */
export function createMomentAnswers({ ask, nowMs }: MomentAnswersParts): MomentAnswers {
  const reading = createSemaphore(READ_AT_ONCE);
  const kept = new Map<string, { atMs: number; answer: Promise<MomentAnswer> }>();
  let asked = 0;

  async function isSeen(atMs: number): Promise<boolean | null> {
    // What was seen last is written down some moments later.
    const fromMs = nowMs() - atMs < RECENT_MS ? atMs - RECENT_MS : atMs;
    const seen = await ask({ kind: 'runs', fromMs, untilMs: atMs });
    return seen === null ? null : seen.runs.length > 0;
  }

  async function read(atMs: number, serviceId: string | null): Promise<Moment | null> {
    const seen = await isSeen(atMs);
    if (seen === null) return null;
    if (!seen) return { atMs, isSeen: false, unreadSinceMs: null, replicas: [], isCut: false };
    const unreadSinceMs = await findUnreadSince(atMs);
    const replicas: MomentReplica[] = [];
    let after: SlotPlace | null = null;
    for (let piece = 0; piece < PIECES; piece++) {
      const question: Ask<'moment'> = { kind: 'moment', atMs, serviceId, after };
      const found: Answer<'moment'> | null = await ask(question);
      if (found === null) return null;
      replicas.push(...found.replicas);
      after = found.rest;
      if (after === null) break;
    }
    replicas.sort(compare);
    return { atMs, isSeen: true, unreadSinceMs, replicas, isCut: after !== null };
  }

  async function findUnreadSince(atMs: number): Promise<number | null> {
    const found = await ask({
      ...{ kind: 'incidents', state: null, sinceMs: atMs, untilMs: atMs },
      ...{ before: null, limit: INCIDENTS, service: null, node: null, stack: null },
    });
    const unread = found?.incidents.find(
      ({ kind, reason }) => kind === 'swarm' && reason.cause !== null && UNREAD.has(reason.cause),
    );
    return unread?.startedAtMs ?? null;
  }

  async function readInTurn(atMs: number, serviceId: string | null): Promise<MomentAnswer> {
    if (asked >= READ_AT_ONCE + WAITING_MAX) return 'busy';
    asked += 1;
    const permit = reading.acquire();
    try {
      await permit.ready;
      return await read(atMs, serviceId);
    } finally {
      permit.release();
      asked -= 1;
    }
  }

  return {
    isSeen,
    read(atMs, serviceId) {
      const key = `${atMs} ${serviceId ?? ''}`;
      const startMs = nowMs();
      const known = kept.get(key);
      if (known !== undefined && Math.abs(startMs - known.atMs) < KEPT_MS) return known.answer;
      const answer = readInTurn(atMs, serviceId);
      kept.delete(key);
      kept.set(key, { atMs: startMs, answer });
      for (const oldest of kept.keys()) if (kept.size > ANSWERS_KEPT) kept.delete(oldest);
      // What could not be read now may be read the next time.
      const forget = () => {
        if (kept.get(key)?.answer === answer) kept.delete(key);
      };
      answer.then((moment) => (moment === null || moment === 'busy') && forget(), forget);
      return answer;
    },
  };
}

function compare(a: MomentReplica, b: MomentReplica): number {
  return (
    compareTexts(a.stack ?? '\uffff', b.stack ?? '\uffff') ||
    compareTexts(a.serviceName, b.serviceName) ||
    (a.slot ?? 0) - (b.slot ?? 0) ||
    compareTexts(a.hostname ?? '', b.hostname ?? '') ||
    compareTexts(a.key, b.key)
  );
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
