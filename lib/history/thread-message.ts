import type { HistoryState } from '#lib/model/contract/history.ts';
import type { Ask } from './question.ts';
import type { HistoryRecord } from './record.ts';

/** How the thread is started. */
export interface ThreadSettings {
  path: string | null;
  maxAgeDays: number;
  maxBytes: number;
}

/** To the thread that keeps the history. */
export type ToThread =
  | { kind: 'write'; atMs: number; records: HistoryRecord[] }
  | { kind: 'ask'; id: number; question: Ask }
  | { kind: 'close' };

/** From it. Every `write` gets its `wrote`, every `ask` its `answer` (`null`: cannot be read now). */
export type FromThread =
  | { kind: 'wrote'; kept: boolean }
  | { kind: 'answer'; id: number; answer: unknown }
  | { kind: 'state'; state: HistoryState; note: string | null };
