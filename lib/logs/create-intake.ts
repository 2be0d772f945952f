import type { Timer, Timers } from '#lib/flow/timers.ts';
import type { LogLine } from '#lib/model/docker/log-line.ts';
import type { LogLimits } from './limits.ts';
import { openWindow, type ReadWindow, type Resume, selectNew, takeWithin } from './read-window.ts';

/** How much of one container's log is taken in, and where it goes on after a gap. */
export interface Intake {
  /** A stream was opened: the first of all, or one that goes on after the last line that is known. */
  begin(): void;
  /** So much came. @returns whether that is more than may be read in this second, whatever it is */
  takeBytes(bytes: number): boolean;
  /** @returns those that are new and may be read now; `isOver`: there were more than may be read in this second */
  take(received: LogLine[]): { lines: LogLine[]; isOver: boolean };
  /** When the last line that was taken was written; `null`: none was. */
  lastAtMs(): number | null;
  /** There is no stream now. */
  end(): void;
}

export interface IntakeOptions {
  timers: Timers;
  limits: LogLimits;
  /** How many lines the first stream begins with. */
  firstTail: number;
  /** Lines were written in between of which nothing is known. */
  onGap(atMs: number): void;
  /** A second is over. @returns whether the stream is still read: then the next one begins */
  onSecond(): boolean;
}

export function createIntake(options: IntakeOptions): Intake {
  const { timers, limits, firstTail } = options;
  let last: number | null = null;
  /** Lines up to the last one seen are being told again; whether some are missing shows when a newer one comes. */
  let resume: Resume | null = null;
  let window: ReadWindow = { lines: 0, chars: 0, bytes: 0 };
  let second: Timer | null = null;

  function stop(): void {
    second?.cancel();
    second = null;
  }

  function start(lines: number): void {
    stop();
    window = openWindow(lines, limits);
    second = timers.setTimer(1_000, () => {
      second = null;
      if (options.onSecond()) start(limits.linesPerSecond);
    });
  }

  /** What is told again after a resume is left out; when nothing is, more was written in between than was asked for. */
  function dropKnown(received: LogLine[]): LogLine[] {
    if (resume === null) return received;
    const { lines, isDone, isGap } = selectNew(resume, received, last ?? 0);
    if (isGap) options.onGap(lines[0]?.atMs ?? last ?? 0);
    if (isDone) resume = null;
    return lines;
  }

  return {
    begin() {
      resume = last === null ? null : { overlapped: false };
      start(last === null ? firstTail + limits.linesPerSecond : limits.linesPerSecond);
    },
    takeBytes(bytes) {
      window.bytes -= bytes;
      return window.bytes < 0;
    },
    take(received) {
      const fresh = dropKnown(received);
      const lines = takeWithin(window, fresh);
      last = lines.at(-1)?.atMs ?? last;
      return { lines, isOver: lines.length < fresh.length };
    },
    lastAtMs: () => last,
    end: stop,
  };
}
