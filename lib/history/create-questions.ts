import type { Answer, Ask, QuestionKind } from './question.ts';

/** Questions that are asked or wait to be, by people who may have left: a disk that hangs must not gather them. */
const WAITING_MAX = 256;
/**
 * So many are with the thread. It takes what it is sent in order: what is to be written comes after these few, and what
 * nobody waits for any more is not asked at all.
 */
const SENT_MAX = 4;

/** Questions to the history's thread, and who waits for their answers. */
export interface Questions {
  /** `null`: there is no answer within this time, or too many wait already. */
  ask<K extends QuestionKind>(question: Ask<K>, withinMs: number): Promise<Answer<K> | null>;
  /** The thread's answer, whether somebody still waits for it or not. */
  settle(id: number, answer: unknown): void;
  /** The thread is gone: none of them will be answered. */
  abandon(): void;
}

export function createQuestions(send: (id: number, question: Ask) => void): Questions {
  const asked = new Map<number, (answer: unknown) => void>();
  /** In the order in which they are sent. */
  const waiting = new Map<number, Ask>();
  /** Sent to the thread that is, and not answered by it. */
  let unanswered = 0;
  let nextId = 1;

  function sendNext(): void {
    for (const [id, question] of waiting) {
      if (unanswered >= SENT_MAX) return;
      waiting.delete(id);
      unanswered += 1;
      send(id, question);
    }
  }

  return {
    ask(question, withinMs) {
      if (unanswered + waiting.size >= WAITING_MAX) return Promise.resolve(null);
      const id = nextId++;
      return new Promise((resolve) => {
        const settle = (answer: unknown) => {
          clearTimeout(late);
          asked.delete(id);
          waiting.delete(id);
          resolve(answer as never);
        };
        const late = setTimeout(() => settle(null), withinMs);
        late.unref();
        asked.set(id, settle);
        waiting.set(id, question as Ask);
        sendNext();
      });
    },
    settle(id, answer) {
      unanswered -= 1;
      asked.get(id)?.(answer);
      sendNext();
    },
    abandon() {
      unanswered = 0;
      for (const settle of [...asked.values()]) settle(null);
    },
  };
}
