import { ClockTime } from '#components/live/times.tsx';
import { STATUS_LOOKS } from '#components/status/looks.ts';
import { StatusWord } from '#components/status/status-word.tsx';
import { formatSpan } from '#lib/view/format/times.ts';
import * as words from '#words/pages/history.ts';
import * as pieces from '#words/pages/pieces.ts';
import type { BandPoint } from './status-band.tsx';
import { TaskEnd } from './task-end.tsx';

function Times({ fromMs, untilMs, nowMs }: { fromMs: number; untilMs: number | null; nowMs: number }) {
  return (
    <span className="text-muted">
      <span className="font-mono text-[12.5px]">
        <ClockTime atMs={fromMs} nearMs={nowMs} />
        {` ${pieces.until} `}
        {untilMs === null ? pieces.now : <ClockTime atMs={untilMs} nearMs={nowMs} />}
      </span>
      , {formatSpan((untilMs ?? nowMs) - fromMs)}
    </span>
  );
}

/** What the band says where the pointer is. */
export function BandReadout({ point, nowMs }: { point: BandPoint; nowMs: number }) {
  if (point.kind === 'gap') {
    return (
      <p>
        <StatusWord look={{ word: words.notKnown, className: 's-unknown' }} />{' '}
        <Times {...point.gap} nowMs={nowMs} />
      </p>
    );
  }
  if (point.kind === 'task') return <TaskEnd segment={point.segment} nowMs={nowMs} />;
  const { span } = point;
  return (
    <>
      <p>
        <StatusWord look={STATUS_LOOKS[span.status]} />{' '}
        <Times fromMs={span.fromMs} untilMs={span.untilMs} nowMs={nowMs} />
      </p>
      {span.sentence !== null && <p>{span.sentence}</p>}
    </>
  );
}
