import { ClockTime } from '#components/live/times.tsx';
import { StatusWord } from '#components/status/status-word.tsx';
import { Output } from '#components/ui/output.tsx';
import { type Bar, describeBar } from '#lib/view/history/bars.ts';
import { until } from '#words/pages/pieces.ts';

interface BarReadoutProps {
  bar: Bar;
  outputs: readonly string[];
  timeoutMs: number | null;
  nowMs: number;
}

/** A bar's exact values and what its probe printed. */
export function BarReadout({ bar, outputs, timeoutMs, nowMs }: BarReadoutProps) {
  const { result, failed, took, output } = describeBar(bar, outputs, timeoutMs);
  return (
    <>
      <p>
        <span className="font-mono text-[12.5px] text-muted">
          <ClockTime atMs={bar.fromMs} nearMs={nowMs} />
          {bar.probe === null && (
            <>
              {` ${until} `}
              <ClockTime atMs={bar.untilMs} nearMs={nowMs} />
            </>
          )}
        </span>{' '}
        <StatusWord look={{ word: result, className: failed ? 's-unhealthy' : 's-healthy' }} />{' '}
        <span className="text-muted">{took}</span>
      </p>
      {output !== null && <Output text={output} />}
    </>
  );
}
