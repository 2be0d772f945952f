import { ClockTime } from '#components/live/times.tsx';
import { StatusWord } from '#components/status/status-word.tsx';
import type { TaskSegment } from '#lib/model/contract/history.ts';
import { keepTogether } from '#lib/view/format/keep-together.ts';
import { formatSpan } from '#lib/view/format/times.ts';
import { nameCause } from '#words/causes.ts';
import { describeExit } from '#words/exit.ts';
import * as words from '#words/pages/history.ts';
import { onNode } from '#words/pages/pieces.ts';

/** One task of a history: where and when it ran, how it ended and why. */
export function TaskEnd({ segment, nowMs }: { segment: TaskSegment; nowMs: number }) {
  const { end, fromMs, untilMs, hostname } = segment;
  const cause = end === null ? null : end.cause;
  const isBad = cause !== null;
  const word =
    end === null
      ? untilMs === null
        ? words.up
        : words.endNotSeen
      : isBad
        ? nameCause(cause)
        : words.endedAsExpected;
  const className =
    end === null ? (untilMs === null ? 's-running' : 's-unknown') : isBad ? 's-failed' : 's-complete';
  const atMs = end?.atMs ?? untilMs;
  return (
    <>
      <p>
        <StatusWord look={{ word, className }} />{' '}
        <span className="text-muted">
          {atMs !== null && (
            <>
              <span className="font-mono text-[12.5px]">
                <ClockTime atMs={atMs} nearMs={nowMs} />
              </span>{' '}
            </>
          )}
          {words.after(formatSpan((atMs ?? nowMs) - fromMs))}
          {hostname !== null && ` ${onNode(hostname)}`}
          {end?.exitCode != null && `, ${describeExit(end.exitCode)}`}
          {end?.oomKilled && words.outOfMemory}
        </span>
      </p>
      {end !== null && end.sentence !== '' && (
        <p className="readout-sentence">{keepTogether(end.sentence)}</p>
      )}
    </>
  );
}
