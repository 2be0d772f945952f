import type { Answer, Ask, QuestionKind } from './question.ts';

/** Questions that wait for the thread, asked by people who may have left: a disk that hangs must not gather them. */
const WAITING_MAX = 256;

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
  /** Sent to the thread that is, and not answered by it. */
  let unanswered = 0;
  let nextId = 1;

  return {
    ask(question, withinMs) {
      if (unanswered >= WAITING_MAX) return Promise.resolve(null);
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
        send(id, question as Ask);
      });
    },
    settle(id, answer) {
      unanswered -= 1;
      asked.get(id)?.(answer);
    },
    abandon() {
      unanswered = 0;
      for (const settle of [...asked.values()]) settle(null);
    },
  };
}
