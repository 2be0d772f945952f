import type { Timer, Timers } from '#lib/flow/timers.ts';
import type { LogLine } from '#lib/model/docker/log-line.ts';
import { encodeLogMessage } from '#lib/wire/encode-message.ts';
import { createLineRing } from './create-line-ring.ts';
import type { LogLimits } from './limits.ts';

export interface LineListener {
  /** A `lines` or `skipped` message, encoded once for all viewers. */
  onBytes(bytes: Uint8Array, lineCount: number): void;
}

/** One container's lines, gathered for a moment, kept, and sent to all viewers. */
export interface LineFan {
  push(lines: readonly LogLine[]): void;
  /** Sends what was gathered. */
  flush(): void;
  /** Says that lines are missing here. */
  skip(atMs: number): void;
  newest(count: number): LogLine[];
  /** Stops gathering. */
  close(): void;
}

export function createLineFan(
  taskId: string,
  listeners: ReadonlySet<LineListener>,
  timers: Timers,
  limits: LogLimits,
): LineFan {
  const ring = createLineRing({ maxLines: limits.keptLines, maxChars: limits.keptChars });
  let pending: LogLine[] = [];
  let batch: Timer | null = null;

  function send(bytes: Uint8Array, lineCount: number): void {
    for (const listener of [...listeners]) listener.onBytes(bytes, lineCount);
  }

  function flush(): void {
    batch?.cancel();
    batch = null;
    if (pending.length === 0) return;
    const lines = pending;
    pending = [];
    ring.push(lines);
    send(encodeLogMessage({ kind: 'lines', taskId, lines }), lines.length);
  }

  return {
    push(lines) {
      pending.push(...lines);
      batch ??= timers.setTimer(limits.batchMs, flush);
    },
    flush,
    skip(atMs) {
      flush();
      send(encodeLogMessage({ kind: 'skipped', taskId, atMs, count: null }), 0);
    },
    newest: (count) => ring.newest(count),
    close() {
      batch?.cancel();
    },
  };
}
