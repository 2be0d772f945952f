import type { LogLine } from '#lib/model/docker/log-line.ts';
import type { LogLimits } from './limits.ts';

/** What may still be read of a log in this second. */
export interface ReadWindow {
  lines: number;
  chars: number;
  bytes: number;
}

/** Docker cuts a longer line into messages of 16 kB, each with its time. */
const MAX_MESSAGE_BYTES = 16 * 1024 + 64;

/** A new second: what may be read in it. With more lines than usual, as many characters as are kept. */
export function openWindow(lines: number, limits: LogLimits): ReadWindow {
  const isFirst = lines > limits.linesPerSecond;
  return {
    lines,
    chars: Math.max(limits.charsPerSecond, isFirst ? limits.keptChars : 0),
    bytes: Math.max(limits.bytesPerSecond, isFirst ? lines * MAX_MESSAGE_BYTES : 0),
  };
}

/** The first of these lines, as many as may be read; the window has so much less then. */
export function takeWithin(window: Omit<ReadWindow, 'bytes'>, lines: LogLine[]): LogLine[] {
  let taken = 0;
  while (taken < lines.length && window.lines > 0 && window.chars > 0) {
    window.chars -= lines[taken]?.text.length ?? 0;
    window.lines -= 1;
    taken += 1;
  }
  return taken === lines.length ? lines : lines.slice(0, taken);
}

/** A log that is read again from its last known line on. */
export interface Resume {
  /** A line that was known came again: nothing is missing in between. */
  overlapped: boolean;
}

/**
 * Of lines that are read again after a resume those that are new.
 *
 * @param lastAtMs when the last known one was written
 * @returns `isDone`: a new one came; `isGap`: more was written in between than was asked for
 */
export function selectNew(
  resume: Resume,
  received: LogLine[],
  lastAtMs: number,
): { lines: LogLine[]; isDone: boolean; isGap: boolean } {
  const first = received.findIndex(({ atMs }) => atMs > lastAtMs);
  const isGap = first === 0 && !resume.overlapped;
  resume.overlapped = true;
  return { lines: first === -1 ? [] : received.slice(first), isDone: first !== -1, isGap };
}
