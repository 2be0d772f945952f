import type { HistoryState } from '#lib/model/contract/history.ts';
import type { Lead } from './postgres/lead.ts';
import type { PostgresSettings } from './postgres/message.ts';
import type { Ask } from './question.ts';

/** How the thread is started. */
export interface ThreadSettings {
  path: string | null;
  maxAgeDays: number;
  maxBytes: number;
  /** See `StoreOptions`. */
  holds?: boolean;
  /** The history is kept there, and what waits for it in `path`. */
  postgres: PostgresSettings | null;
}

/** Records that are written together, all or none. */
export interface Batch {
  /** The process that they are from, and their place in it, from 1 on: none is written twice. */
  source: string;
  seq: number;
  atMs: number;
  /** JSON of `HistoryRecord[]`: encoded once, for the pending file and for the thread. */
  records: string;
}

/** To the thread that keeps the history. */
export type ToThread =
  | { kind: 'write'; atMs: number; batches: Batch[] }
  | { kind: 'lead'; lead: Lead }
  | { kind: 'take-past'; file: string }
  | { kind: 'ask'; id: number; question: Ask }
  | { kind: 'close' };

/** From it. Every `write` gets its `wrote`, every `take-past` its `past-taken`, every `ask` its `answer` (`null`: cannot be read now). */
export type FromThread =
  | { kind: 'wrote'; kept: boolean }
  | { kind: 'past-taken' }
  /** What lasts is to be recorded again. */
  | { kind: 'resume' }
  | { kind: 'answer'; id: number; answer: unknown }
  | { kind: 'state'; state: HistoryState; note: string | null };
