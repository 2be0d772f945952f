import { ClockTime } from '#components/live/times.tsx';
import { STATUS_LOOKS } from '#components/status/looks.ts';
import { StatusWord } from '#components/status/status-word.tsx';
import { Output } from '#components/ui/output.tsx';
import type { ReplicaHistory } from '#lib/model/contract/history.ts';
import { formatSpan } from '#lib/view/format/times.ts';
import { type Bar, describeBar } from '#lib/view/history/bars.ts';
import { countFailed, countProbes } from '#words/counts.ts';
import * as words from '#words/pages/history.ts';
import { TaskEnd } from './task-end.tsx';

const MAX_ROWS = 300;

/** Everything that the chart draws, as tables: for those who do not see it, and for copying. */
export function HistoryList({
  history,
  bars,
  outputs,
}: {
  history: ReplicaHistory;
  bars: readonly Bar[];
  outputs: readonly string[];
}) {
  const nowMs = history.untilMs;
  const failed = bars.filter((bar) => bar.failed > 0);
  const shown = bars.toReversed().slice(0, MAX_ROWS);
  return (
    <div className="history-list">
      <h3>{words.status}</h3>
      <ul>
        {history.spans
          .toReversed()
          .slice(0, MAX_ROWS)
          .map((span) => (
            <li key={`${span.fromMs}-${span.status}-${span.taskId}`}>
              <span className="font-mono text-[12.5px] text-muted">
                <ClockTime atMs={span.fromMs} nearMs={nowMs} />
              </span>{' '}
              <StatusWord look={STATUS_LOOKS[span.status]} />{' '}
              <span className="text-muted">
                {words.lasted(formatSpan((span.untilMs ?? nowMs) - span.fromMs))}
                {span.sentence !== null && `: ${span.sentence}`}
              </span>
            </li>
          ))}
      </ul>
      <h3>{words.tasks}</h3>
      <ul>
        {history.tasks
          .toReversed()
          .slice(0, MAX_ROWS)
          .map((segment) => (
            <li key={segment.taskId}>
              <TaskEnd segment={segment} nowMs={nowMs} />
            </li>
          ))}
      </ul>
      <h3>
        {countProbes(bars.reduce((sum, bar) => sum + bar.count, 0))}
        {failed.length > 0 && `, ${countFailed(failed.reduce((sum, bar) => sum + bar.failed, 0))}`}
        {bars.length > MAX_ROWS && words.newestRows(MAX_ROWS)}
      </h3>
      <table className="w-full" aria-label={words.heartbeat}>
        <thead className="sr-only">
          <tr>
            <th scope="col">{words.time}</th>
            <th scope="col">{words.result}</th>
            <th scope="col">{words.duration}</th>
            <th scope="col">{words.output}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((bar) => {
            const { result, failed, took, output } = describeBar(bar, outputs, history.timeoutMs);
            return (
              <tr key={bar.fromMs}>
                <td className="font-mono text-[12.5px] whitespace-nowrap">
                  <ClockTime atMs={bar.fromMs} nearMs={nowMs} />
                </td>
                <td>
                  <StatusWord look={{ word: result, className: failed ? 's-unhealthy' : 's-healthy' }} />
                </td>
                <td className="text-muted">{took}</td>
                <td>{output !== null && output !== '' && <Output text={output} />}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
