import type { AnsiSegment } from '#lib/view/terminal/parse-ansi.ts';

export type { LogSource } from '#lib/wire/log-message.ts';

/** One row of a log on the page. */
export type LogEntry = {
  /** Unique in this log. */
  id: number;
  atMs: number;
  taskId: string;
  /** Of the replica. */
  key: string;
} & (
  | {
      kind: 'line';
      stream: 'stdout' | 'stderr';
      segments: AnsiSegment[];
      /** The text alone, for the search. */
      plain: string;
      truncated: boolean;
    }
  /** Lines are missing here, or something happened to the container. */
  | { kind: 'note'; text: string }
);

/** Rows that are drawn and measured together. Never changed: what changes is another block. */
export interface LogBlock {
  /** Of its first entry. */
  id: number;
  entries: readonly LogEntry[];
}
